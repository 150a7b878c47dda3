import { describe, expect, it } from '@jest/globals';
import { parseBody, parseParams } from './parse.ts';
import { Problem } from './problems.ts';
import { completeActivation, sendMailboxCode } from './routes/public/activations.ts';
import { answerQuestions, apply, readApplicationStatus } from './routes/public/applications.ts';
import { actOnAccount } from './routes/staff/accounts.ts';
import { actOnCase, createCase, previewCaseAction, readCase } from './routes/staff/cases.ts';

const ada = {
  firstName: ' Ada ',
  lastName: 'Ferris',
  dateOfBirth: '1984-02-29',
  email: ' ada.ferris@mail.example ',
  postalCode: '02139',
};
const id = '018f0000-0000-7000-8000-000000000001';

function errorsOf(read: () => unknown): Readonly<Record<string, string>> | undefined {
  try {
    read();
  } catch (error) {
    if (error instanceof Problem && error.code === 'validation_failed') return error.errors;
    throw error;
  }
  return undefined;
}
const wrongFields = (change: object) => Object.keys(errorsOf(() => parseBody(apply, { ...ada, ...change })) ?? {});

describe('an application', () => {
  it('is cleaned, and what was left empty is left out', () => {
    const read = parseBody(apply, {
      ...ada,
      lastName: 'Nun\u0303ez  Ros',
      phone: '',
      city: '  ',
      message: 'One.\r\nTwo.',
    });
    expect(read).toMatchObject({
      firstName: 'Ada',
      lastName: 'Nu\u00f1ez Ros',
      email: 'ada.ferris@mail.example',
      message: 'One.\nTwo.',
    });
    expect(read.phone).toBeUndefined();
    expect(read.city).toBeUndefined();
  });

  it.each([
    ['a name of 101 letters', { firstName: 'a'.repeat(101) }, ['firstName']],
    ['an empty name', { firstName: '   ' }, ['firstName']],
    ['a name without letters', { lastName: '1234' }, ['lastName']],
    ['a control character', { firstName: 'A\u0000da' }, ['firstName']],
    ['a line end in a name', { firstName: 'Ada\nBcc' }, ['firstName']],
    ['a bidirectional override', { lastName: 'Ferris\u202egnp' }, ['lastName']],
    ['a lone surrogate', { lastName: 'F\ud800' }, ['lastName']],
    ['31 February', { dateOfBirth: '1984-02-31' }, ['dateOfBirth']],
    ['29 February of a common year', { dateOfBirth: '1983-02-29' }, ['dateOfBirth']],
    ['a date of another form', { dateOfBirth: '02/29/1984' }, ['dateOfBirth']],
    ['CRLF in an address', { email: 'ada@mail.example\r\nBcc: x@y.example' }, ['email']],
    ['CRLF at the end of an address', { email: 'ada@mail.example\r\n' }, ['email']],
    ['two addresses', { email: 'a@mail.example, b@mail.example' }, ['email']],
    ['a quoted local part', { email: '"a b"@mail.example' }, ['email']],
    ['an address literal', { email: 'a@[127.0.0.1]' }, ['email']],
    ['a ZIP code of signs', { postalCode: '<b>' }, ['postalCode']],
    ['a telephone number of words', { phone: 'call me' }, ['phone']],
    ['2,001 letters of message', { message: 'a'.repeat(2001) }, ['message']],
    ['a language that is none', { language: '../../etc' }, ['language']],
    ['an unknown key', { role: 'admin' }, ['role']],
    ['a key of another source', { source: 'office' }, ['source']],
    ['a number for a name', { firstName: 7 }, ['firstName']],
    ['null for an address', { email: null }, ['email']],
    ['an object for a name', { lastName: { contains: '' } }, ['lastName']],
    ['a list for a date', { dateOfBirth: ['1984-02-29'] }, ['dateOfBirth']],
  ])('%s is refused at its field alone', (_, change, fields) => {
    expect(wrongFields(change)).toEqual(fields);
  });

  it('says in words what is missing, all of it at once', () => {
    expect(errorsOf(() => parseBody(apply, {}))).toEqual({
      firstName: 'This is needed.',
      lastName: 'This is needed.',
      dateOfBirth: 'This is needed.',
      email: 'This is needed.',
      postalCode: 'This is needed.',
    });
    expect(errorsOf(() => parseBody(apply, { ...ada, message: 'a'.repeat(2005) }))).toEqual({
      message: 'Too long by 5 letters.',
    });
  });

  it('a body that is no object is refused, whatever it is', () => {
    for (const body of [undefined, null, 7, 'x', [], [ada]])
      expect(errorsOf(() => parseBody(apply, body))).toBeDefined();
  });

  it('the honeypot takes anything', () => {
    expect(wrongFields({ website: 'https://spam.example/\u0000' })).toEqual([]);
  });

  it('keyed in at the office it is named by its path, and only the office is its source', () => {
    const body = { kind: 'application', portal: 'harborview', subject: { ...ada, dateOfBirth: '2023-02-30', x: 1 } };
    expect(Object.keys(errorsOf(() => parseBody(createCase, body)) ?? {})).toEqual([
      'subject.dateOfBirth',
      'subject.x',
    ]);
    const online = { kind: 'application', portal: 'harborview', subject: ada, source: 'online' };
    expect(Object.keys(errorsOf(() => parseBody(createCase, online)) ?? {})).toEqual(['source']);
  });
});

describe('what only looks wrong', () => {
  it('an unreadable reference is let through, to be answered like an unknown one', () => {
    const proof = { reference: 'not a reference', dateOfBirth: '1984-02-29' };
    expect(parseBody(readApplicationStatus, proof)).toEqual(proof);
  });

  it('answers are texts, one to ten, none empty', () => {
    const proof = { reference: 'GH-7K3Q-M2XP', dateOfBirth: '1984-02-29' };
    for (const answers of [[], [''], Array(11).fill('a'), 'a']) {
      expect(errorsOf(() => parseBody(answerQuestions, { ...proof, answers }))).toBeDefined();
    }
  });

  it('terms are accepted by true alone', () => {
    for (const acceptTerms of [false, 'true', 1, undefined]) {
      expect(errorsOf(() => parseBody(completeActivation, { acceptTerms, termsVersion: '1' }))).toHaveProperty(
        'acceptTerms',
      );
    }
  });

  it('a call without a body takes an empty one and nothing else', () => {
    expect(parseBody(sendMailboxCode, undefined)).toBeUndefined();
    expect(parseBody(sendMailboxCode, {})).toBeUndefined();
    expect(errorsOf(() => parseBody(sendMailboxCode, { to: 'x@y.example' }))).toHaveProperty('to');
  });
});

describe('a path', () => {
  it('that cannot be is not found', () => {
    expect(parseParams(readCase, { caseId: id })).toEqual({ caseId: id });
    expect(() => parseParams(readCase, { caseId: "1' OR 1=1" })).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    );
    for (const action of ['delete', 'constructor', '__proto__', '']) {
      expect(() => parseParams(actOnCase, { caseId: id, action })).toThrow(
        expect.objectContaining({ code: 'not_found' }),
      );
      expect(actOnCase.permission({ action })).toBeUndefined();
    }
    expect(actOnCase.permission({ action: 'approve' })).toBe('case.approve');
    expect(actOnAccount.permission({ action: 'unlock' })).toBe('account.unlock');
  });
});

describe('an action on a case', () => {
  const act = (
    action: 'claim' | 'reject' | 'requestInformation' | 'extend' | 'correctAddress' | 'note',
    body: object,
  ) => parseBody(actOnCase, body, { caseId: id, action });

  it('takes a missing reason, so that its own refusal can be told, and an empty one as missing', () => {
    expect(act('reject', { version: 1 })).toEqual({ version: 1 });
    expect(act('reject', { version: 1, reason: '', note: '' }).reason).toBeUndefined();
  });

  it.each([
    ['claim', { version: 1, email: 'a@mail.example' }, ['email']],
    ['claim', {}, ['version']],
    ['claim', { version: 0 }, ['version']],
    ['claim', { version: '1' }, ['version']],
    ['claim', { version: 1.5 }, ['version']],
    ['reject', { version: 1, reason: 'Not; allowed' }, ['reason']],
    ['requestInformation', { version: 1, reason: 'need_document' }, ['questions']],
    ['requestInformation', { version: 1, questions: [] }, ['questions']],
    ['requestInformation', { version: 1, questions: ['Which?', ' '] }, ['questions.1']],
    ['extend', { version: 1, until: '2026-02-31T00:00:00Z' }, ['until']],
    ['extend', { version: 1, until: '2026-02-01' }, ['until']],
    ['correctAddress', { version: 1, email: 'nobody' }, ['email']],
    [
      'correctAddress',
      { version: 1, email: 'a@mail.example', identityCheck: { method: '' } },
      ['identityCheck.method', 'identityCheck.documentsSeen'],
    ],
    ['note', { version: 1, text: ' ' }, ['text']],
  ] as const)('%s with %j is refused', (action, body, fields) => {
    expect(Object.keys(errorsOf(() => act(action, body)) ?? {})).toEqual([...fields]);
  });

  it('gives instants as Date and documents seen as a list', () => {
    expect(act('extend', { version: 1, until: '2027-01-15T10:14:00Z' }).until).toEqual(
      new Date('2027-01-15T10:14:00Z'),
    );
    const identityCheck = { method: 'call_back', documentsSeen: 'passport' };
    expect(act('correctAddress', { version: 1, email: 'a@mail.example', identityCheck }).identityCheck).toEqual({
      method: 'call_back',
      documentsSeen: ['passport'],
    });
  });

  it('is previewed with the same body, without a version', () => {
    const preview = (body: object) => parseBody(previewCaseAction, body, { caseId: id, action: 'reject' });
    expect(preview({ reason: 'deceased' })).toEqual({ reason: 'deceased' });
    expect(errorsOf(() => preview({ questions: ['Which?'] }))).toHaveProperty('questions');
  });

  it('on an account, an address belongs to changeEmail alone', () => {
    const body = { version: 1, reason: 'other', email: 'a@mail.example' };
    expect(parseBody(actOnAccount, body, { accountId: id, action: 'changeEmail' })).toEqual(body);
    expect(errorsOf(() => parseBody(actOnAccount, body, { accountId: id, action: 'close' }))).toHaveProperty('email');
  });
});
