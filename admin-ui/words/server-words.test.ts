import { describe, expect, it } from '@jest/globals';
import { parseBody, parseWith } from '../../contract/parse.ts';
import { Problem } from '../../contract/problems.ts';
import { createCase } from '../../contract/routes/staff/cases.ts';
import { addMember } from '../../contract/routes/staff/members.ts';
import { caseActionBodies } from '../../contract/schemas/case-actions.ts';
import { problemInWords, serverWords } from './server-words.ts';

function refusalOf(act: () => unknown): Problem {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error('it was not refused');
}

const untranslated = ({ errors = {} }: Problem) =>
  Object.values(errors).filter((text) => serverWords(text, 'es') === text);

describe('what the server says', () => {
  it('is left alone in English', () => {
    const problem = new Problem('stale_version');
    expect(problemInWords(problem, 'en')).toBe(problem);
    expect(serverWords('Type the address', 'en')).toBe('Type the address');
  });

  it('is said in Spanish: the refusal, the next step, each field', () => {
    const problem = problemInWords(
      new Problem('validation_failed', {
        errors: { email: 'This is the address we have', until: 'Choose an instant until 2026-12-01T00:00:00.000Z' },
        extra: { current: { state: 'active', version: 3 } },
        retryAfterSeconds: 7,
      }),
      'es',
    );
    expect(problem).toMatchObject({
      code: 'validation_failed',
      detail: 'Algo falta o no está bien.',
      nextStep: 'Corrija los campos indicados y envíe de nuevo. Lo demás no se pierde.',
      errors: { email: 'Es la dirección que tenemos.', until: 'Elija un instante hasta 2026-12-01T00:00:00.000Z.' },
      extra: { current: { state: 'active', version: 3 } },
      retryAfterSeconds: 7,
    });
  });

  it('stays in English where the words are not known', () => {
    const problem = new Problem('not_allowed_now', { detail: 'Said nowhere else.', errors: { it: 'Nor this.' } });
    expect(problemInWords(problem, 'es')).toMatchObject({ detail: 'Said nowhere else.', errors: { it: 'Nor this.' } });
  });

  it('keeps figures and names in the sentences that hold them', () => {
    expect(serverWords('Write a whole number from 0 to 5.', 'es')).toBe('Escriba un número entero de 0 a 5.');
    expect(serverWords('Write a whole number from 1.', 'es')).toBe('Escriba un número entero desde 1.');
    expect(serverWords('Too long by 12 letters.', 'es')).toBe('Sobran 12 letras.');
    expect(serverWords('The column “$1” is not known. Known are: mrn, sex.', 'es')).toBe(
      'No se conoce la columna «$1». Se conocen: mrn, sex.',
    );
  });
});

describe('what is wrong with a form', () => {
  const subject = {
    firstName: '12',
    lastName: '\u202e',
    dateOfBirth: '2026-02-30',
    email: 'ada',
    postalCode: 'x'.repeat(20),
    phone: '12',
    sexAtBirth: 'none',
    language: '?',
    message: 'x'.repeat(3000),
  };

  it('is known in Spanish for an application keyed in', () => {
    const kind = 'application';
    for (const body of [
      {},
      { kind, portal: 'A', subject: {}, source: 'fax', other: 1 },
      { kind, portal: 1, subject },
    ]) {
      expect(untranslated(refusalOf(() => parseBody(createCase, body)))).toEqual([]);
    }
  });

  it('is known in Spanish for every action on a case', () => {
    const wrong = {
      version: 0,
      reason: '1',
      note: 'x'.repeat(3000),
      message: 7,
      assignee: 'me',
      patientRecordId: 'x',
      questions: ['', '\u202e'],
      email: 'a@[1]',
      identityCheck: { method: '' },
      until: 'soon',
      text: '',
      more: true,
    };
    for (const schema of Object.values(caseActionBodies)) {
      for (const body of [{}, wrong, { ...wrong, questions: [], email: '"a"@b.c' }]) {
        expect(untranslated(refusalOf(() => parseWith(schema, body)))).toEqual([]);
      }
    }
  });

  it('is known in Spanish for a member', () => {
    for (const body of [
      {},
      { name: '', email: '', roles: [], portals: ['?'], password: '' },
      { name: 1, roles: ['x'] },
    ]) {
      expect(untranslated(refusalOf(() => parseBody(addMember, body)))).toEqual([]);
    }
  });
});
