import { describe, expect, it } from '@jest/globals';
import { overrideReasons } from '../../contract/rules.ts';
import type { AllowedAction, Candidate, Case } from './case.ts';
import { bodyOf, emptyDraft, isComplete, likelyRecord, mistakesIn, reasonOf, reasonsFor, typedIn } from './draft.ts';

const candidate = (recordId: string, isWholeMatch: boolean, ...differing: string[]) =>
  ({
    recordId,
    isWholeMatch,
    fields: differing.map((field) => ({ field, verdict: 'differs' })),
  }) as unknown as Candidate;
const anId = '01999999-0000-7000-8000-000000000001';
const approve = { name: 'approve' } as AllowedAction;

describe('the reasons one has to choose from', () => {
  it('of an approval are demanded only against a record that differs', () => {
    expect(reasonsFor(approve, undefined)).toEqual([]);
    expect(reasonsFor(approve, candidate('r1', true))).toEqual([]);
    expect(reasonsFor(approve, candidate('r1', false))).toEqual(overrideReasons);
  });

  it('of all else are those the server offers', () => {
    expect(reasonsFor({ name: 'reject', reasons: ['deceased', 'other'] } as AllowedAction, undefined)).toEqual([
      'deceased',
      'other',
    ]);
    expect(reasonsFor({ name: 'claim' } as AllowedAction, undefined)).toEqual([]);
  });

  it('are not asked for when there is one, and one that is offered no more does not count', () => {
    expect(reasonOf(emptyDraft, ['by_applicant'])).toBe('by_applicant');
    expect(reasonOf({ ...emptyDraft, reason: 'deceased' }, ['deceased', 'other'])).toBe('deceased');
    expect(reasonOf({ ...emptyDraft, reason: 'override_moved' }, ['deceased', 'other'])).toBeUndefined();
  });
});

describe('the body of a move', () => {
  const typed = {
    ...emptyDraft,
    reason: 'deceased',
    message: 'Hello',
    note: 'For us',
    questions: [' When? ', ' ', 'Where?'],
    email: ' ada@example.com ',
    checkMethod: ' call-back ',
    checkDocuments: ' passport ',
    until: '2026-12-24T12:00',
    assignee: 'm1',
    text: 'Called her.',
  };

  it('holds what its action takes and nothing else', () => {
    expect(bodyOf('claim', typed, [], 'r1')).toEqual({ note: 'For us' });
    expect(bodyOf('approve', typed, [], 'r1')).toEqual({ note: 'For us', message: 'Hello', patientRecordId: 'r1' });
    expect(bodyOf('approve', typed, [], null)).toEqual({ note: 'For us', message: 'Hello' });
    expect(bodyOf('reject', typed, ['deceased', 'other'], 'r1')).toEqual({
      reason: 'deceased',
      note: 'For us',
      message: 'Hello',
    });
    expect(bodyOf('assign', typed, [], null)).toEqual({ note: 'For us', assignee: 'm1' });
    expect(bodyOf('note', typed, [], null)).toEqual({ note: 'For us', text: 'Called her.' });
  });

  it('leaves away what is blank', () => {
    const blank = { ...emptyDraft, note: '  ', message: '\n', checkMethod: ' ' };
    expect(bodyOf('reject', blank, ['deceased', 'other'], null)).toEqual({});
    expect(bodyOf('correctAddress', blank, [], null)).toEqual({ email: '' });
  });

  it('trims what is no text of a person, and asks no empty question', () => {
    expect(bodyOf('requestInformation', typed, [], null)).toMatchObject({ questions: ['When?', 'Where?'] });
    expect(bodyOf('correctAddress', typed, [], null)).toEqual({
      note: 'For us',
      email: 'ada@example.com',
      identityCheck: { method: 'call-back', documentsSeen: 'passport' },
    });
  });

  it('sends an instant for the local time that was typed', () => {
    expect(bodyOf('extend', typed, [], null).until).toBe(new Date(2026, 11, 24, 12).toISOString());
  });
});

describe('a draft', () => {
  it('is complete when the server would not miss anything', () => {
    const can = (action: Partial<AllowedAction>, body: object, reasons: readonly string[] = []) =>
      isComplete(action as AllowedAction, body, reasons);
    expect(can(approve, {})).toBe(true);
    expect(can(approve, {}, overrideReasons)).toBe(false);
    expect(can(approve, { reason: 'override_moved' }, overrideReasons)).toBe(true);
    expect(can({ ...approve, needsRecord: true }, {})).toBe(false);
    expect(can({ ...approve, needsRecord: true }, { patientRecordId: anId })).toBe(true);
    expect(can({ name: 'requestInformation' }, { questions: [] })).toBe(false);
    expect(can({ name: 'requestInformation' }, { questions: ['When?'] })).toBe(true);
    expect(can({ name: 'correctAddress' }, { email: 'ada' })).toBe(false);
    expect(can({ name: 'correctAddress' }, { email: 'ada@example.com' })).toBe(true);
    expect(can({ name: 'extend' }, {})).toBe(false);
    expect(can({ name: 'assign' }, { assignee: '' })).toBe(false);
    expect(can({ name: 'note' }, { text: 'x' })).toBe(true);
    expect(can({ name: 'juggle' }, {})).toBe(false);
  });

  it('is told what cannot be so before the server has to', () => {
    const of = { subject: { email: 'Ada@example.com' } } as Case;
    const now = new Date('2026-11-25T12:00:00Z');
    const latest = '2026-12-01T00:00:00.000Z';
    expect(mistakesIn(of, { latest }, {}, now)).toEqual({});
    expect(mistakesIn(of, {}, { email: 'bo@example.com' }, now)).toEqual({});
    expect(mistakesIn(of, {}, { email: 'ada@EXAMPLE.com' }, now)).toEqual({ email: 'case.sameEmail' });
    expect(mistakesIn(of, { latest }, { until: latest }, now)).toEqual({});
    expect(mistakesIn(of, { latest }, { until: now.toISOString() }, now)).toEqual({ until: 'case.untilPast' });
    expect(mistakesIn(of, { latest }, { until: '2026-12-01T00:00:00.001Z' }, now)).toEqual({
      until: 'case.untilTooFar',
    });
  });

  it('can be kept as a note: all its words, none of its choices', () => {
    const draft = { ...emptyDraft, reason: 'other', message: 'Hello', questions: ['When?', ''], note: 'For us' };
    expect(typedIn(draft)).toBe('Hello\nWhen?\nFor us');
    expect(typedIn()).toBe('');
  });
});

describe('the record chosen before anybody chose', () => {
  const of = (patientRecordId: string | null, ...matches: Candidate[]) => ({ patientRecordId, matches }) as Case;

  it('is the bound one, else the one that matches wholly, else the likeliest', () => {
    const near = candidate('near', false);
    const whole = candidate('whole', true);
    expect(likelyRecord(of('bound', near, whole))).toBe('bound');
    expect(likelyRecord(of(null, near, whole))).toBe('whole');
    expect(likelyRecord(of(null, near))).toBe('near');
    expect(likelyRecord(of(null))).toBeNull();
  });

  it('is none whose first and last name both differ', () => {
    const stranger = candidate('stranger', false, 'firstName', 'lastName');
    const renamed = candidate('renamed', false, 'lastName');
    expect(likelyRecord(of(null, stranger))).toBeNull();
    expect(likelyRecord(of(null, stranger, renamed))).toBe('renamed');
    expect(likelyRecord(of('stranger', stranger))).toBe('stranger');
  });
});
