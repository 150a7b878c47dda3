import { describe, expect, it } from '@jest/globals';
import { compareWithRecord, type RecordDemographics, rankCandidates } from './matching.ts';

const ada: RecordDemographics = {
  id: 'r1',
  firstName: 'Ada',
  lastName: 'Ferris',
  dateOfBirth: '1984-02-29',
  postalCode: '02139',
  email: 'ada.ferris@mail.example',
  sexAtBirth: 'female',
};
const { id: _id, ...claim } = ada;
const verdictOf = (changed: Partial<RecordDemographics>, field: string) =>
  compareWithRecord({ ...claim, ...changed }, ada).fields.find((found) => found.field === field)?.verdict;

describe('a claim that is wholly on file', () => {
  it('is a whole match with every point and no hint', () => {
    const match = compareWithRecord(claim, ada);
    expect(match).toMatchObject({ recordId: 'r1', isWholeMatch: true, score: 100, hints: [] });
    expect(match.fields.map(({ field, verdict }) => [field, verdict])).toEqual([
      ['firstName', 'match'],
      ['lastName', 'match'],
      ['dateOfBirth', 'match'],
      ['postalCode', 'match'],
      ['email', 'match'],
      ['sexAtBirth', 'match'],
    ]);
  });

  it.each([
    ['letter case and blanks', { firstName: ' ADA ', lastName: 'ferris' }],
    ['marks and punctuation', { lastName: 'Férris' }],
    ['ZIP+4', { postalCode: '02139-4307' }],
    ['another e-mail', { email: 'other@mail.example' }],
    ['no e-mail, no sex', { email: null, sexAtBirth: undefined }],
  ])('stays whole in spite of %s', (_, changed) => {
    expect(compareWithRecord({ ...claim, ...changed }, ada).isWholeMatch).toBe(true);
  });

  it.each([
    ['firstName', { firstName: 'Eda' }],
    ['lastName', { lastName: 'Feris' }],
    ['dateOfBirth', { dateOfBirth: '1984-02-28' }],
    ['postalCode', { postalCode: '02138' }],
  ])('is not whole when %s differs', (field, changed) => {
    expect(compareWithRecord({ ...claim, ...changed }, ada).isWholeMatch).toBe(false);
    expect(verdictOf(changed, field)).toBe('differs');
  });

  it.each([
    ['postalCode', { postalCode: null }],
    ['postalCode', { postalCode: ' ' }],
    ['firstName', { firstName: "-'" }],
  ])('is not whole when %s is missing', (field, changed) => {
    expect(compareWithRecord({ ...claim, ...changed }, ada).isWholeMatch).toBe(false);
    expect(verdictOf(changed, field)).toBe('missing');
  });

  it('two names of punctuation alone do not match each other', () => {
    expect(compareWithRecord({ ...claim, firstName: '-' }, { ...ada, firstName: '-' }).isWholeMatch).toBe(false);
  });
});

describe('hints', () => {
  it.each([
    ['nickname', { firstName: 'Bob' }, { firstName: 'Robert' }],
    ['nickname', { firstName: 'Pepe' }, { firstName: 'José' }],
    ['first_name_partly', { firstName: 'Ada Marie' }, { firstName: 'Ada' }],
    ['first_name_partly', { firstName: 'Ada M.' }, { firstName: 'Ada Marie' }],
    ['first_name_typo', { firstName: 'Micheal' }, { firstName: 'Michael' }],
    ['last_name_partly', { lastName: 'García' }, { lastName: 'Garcia López' }],
    ['last_name_typo', { lastName: 'Feris' }, { lastName: 'Ferris' }],
    ['names_swapped', { firstName: 'Ferris', lastName: 'Ada' }, {}],
    ['day_month_swapped', { dateOfBirth: '1984-05-03' }, { dateOfBirth: '1984-03-05' }],
    ['birth_date_one_digit', { dateOfBirth: '1984-02-28' }, {}],
    ['postal_code_one_digit', { postalCode: '02138' }, {}],
  ] as const)('%s', (hint, claimed, onFile) => {
    const match = compareWithRecord({ ...claim, ...claimed }, { ...ada, ...onFile });
    expect(match.hints).toEqual([hint]);
    expect(match.isWholeMatch).toBe(false);
    const bare = compareWithRecord(
      { ...claim, ...claimed, firstName: 'Zoe', lastName: 'Quill', dateOfBirth: '1950-10-10', postalCode: '99999' },
      ada,
    );
    expect(match.score).toBeGreaterThan(bare.score);
    expect(match.score).toBeLessThan(100);
  });

  it.each([
    ['short names differ for good reasons', { firstName: 'Ida' }, { firstName: 'Ada' }],
    ['a day and month that are alike', { dateOfBirth: '1984-03-03' }, { dateOfBirth: '1984-03-03' }],
    ['other names altogether', { firstName: 'Walter', lastName: 'Quill' }, {}],
    ['two digits off', { dateOfBirth: '1985-02-28' }, {}],
  ])('none: %s', (_, claimed, onFile) => {
    expect(compareWithRecord({ ...claim, ...claimed }, { ...ada, ...onFile }).hints).toEqual([]);
  });
});

describe('candidates', () => {
  const others: RecordDemographics[] = [
    {
      ...ada,
      id: 'far',
      firstName: 'Walter',
      lastName: 'Quill',
      dateOfBirth: '1950-10-10',
      postalCode: '99999',
      email: null,
    },
    { ...ada, id: 'near', firstName: 'Adda', postalCode: '02140' },
    { ...ada, id: 'b' },
    { ...ada, id: 'a' },
  ];

  it('come likeliest first, equal ones by id, strangers left out', () => {
    expect(rankCandidates(claim, others).map(({ recordId }) => recordId)).toEqual(['a', 'b', 'near']);
    expect(rankCandidates(claim, [...others].reverse()).map(({ recordId }) => recordId)).toEqual(['a', 'b', 'near']);
  });

  it('are as many as asked for', () => {
    expect(rankCandidates(claim, others, { limit: 1 }).map(({ recordId }) => recordId)).toEqual(['a']);
    expect(rankCandidates(claim, others, { minimumScore: 0 })).toHaveLength(4);
    expect(rankCandidates(claim, [])).toEqual([]);
  });
});
