import { describe, expect, it } from '@jest/globals';
import { Problem, type ProblemCode, problemCodes, problemFromJson, toProblemJson } from './problems.ts';

/** api.md "Problem codes". */
const fixed: Record<number, string> = {
  400: 'malformed idempotency_key_required bad_query',
  401: 'not_signed_in login_unsuccessful no_activation activation_ended no_registration registration_ended',
  403: 'not_allowed not_yours_to_do csrf_refused applications_closed',
  404: 'not_found no_such_application',
  409: 'not_allowed_now wrong_step username_taken terms_changed',
  412: 'stale_version',
  413: 'too_large',
  415: 'unsupported_media_type',
  422:
    'validation_failed reason_required idempotency_key_reused access_code_not_accepted identity_not_matched ' +
    'code_not_accepted username_not_allowed password_not_allowed link_not_accepted verification_failed',
  429: 'too_many_requests mailed_recently',
  500: 'internal_error',
  503: 'unavailable',
};

const codes = Object.keys(problemCodes) as ProblemCode[];

describe('problem codes', () => {
  it('are those of api.md, with their status', () => {
    const expected = Object.entries(fixed).flatMap(([status, names]) =>
      names.split(' ').map((code) => [code, Number(status)]),
    );
    expect(Object.fromEntries(codes.map((code) => [code, problemCodes[code].status]))).toEqual(
      Object.fromEntries(expected),
    );
  });

  it.each(codes)('%s says what happened and what to do next, in sentences', (code) => {
    const { title, detail, nextStep } = problemCodes[code];
    expect(title).toMatch(/^[A-Z].{5,60}[^.]$/);
    expect(detail).toMatch(/^[A-Z].{15,}\.$/);
    expect(nextStep).toMatch(/^[A-Z].{15,}\.$/);
  });

  it('an access code that did not work is told both usual causes and their ways out', () => {
    const { detail, nextStep } = problemCodes.access_code_not_accepted;
    expect(detail).toMatch(/run out.*used already/);
    expect(nextStep).toMatch(/new one.*call us.*sign in/);
  });

  it('a sign-in that did not work hints at Caps Lock, blanks, codes, and how to get an account', () => {
    expect(problemCodes.login_unsuccessful.nextStep).toMatch(/Caps Lock.*blank.*code.*Apply.*practice/);
  });
});

describe('problem+json', () => {
  it('carries the fixed members, and what the code says besides', () => {
    const problem = new Problem('identity_not_matched', {
      extra: { triesLeft: 2 },
      errors: { dateOfBirth: 'Not so.' },
    });
    expect(toProblemJson(problem, 'r-1')).toEqual({
      type: '/problems/identity_not_matched',
      title: 'This does not fit',
      status: 422,
      detail: problemCodes.identity_not_matched.detail,
      code: 'identity_not_matched',
      nextStep: problemCodes.identity_not_matched.nextStep,
      requestId: 'r-1',
      errors: { dateOfBirth: 'Not so.' },
      triesLeft: 2,
    });
  });

  it('never shows the cause, nor the seconds that belong into Retry-After', () => {
    const problem = new Problem('unavailable', { cause: new Error('password of the database'), retryAfterSeconds: 5 });
    expect(JSON.stringify(toProblemJson(problem, 'r'))).not.toMatch(/password|retryAfter/);
  });

  it('alike refusals are alike to the byte', () => {
    const told = () => JSON.stringify(toProblemJson(new Problem('no_such_application'), 'r'));
    expect(told()).toBe(told());
  });

  it('is read back as the same problem', () => {
    const sent = new Problem('stale_version', { detail: 'Bo was first.', extra: { current: { version: 3 } } });
    const read = problemFromJson(JSON.parse(JSON.stringify(toProblemJson(sent, 'r'))));
    expect(read).toMatchObject({
      code: 'stale_version',
      status: 412,
      detail: 'Bo was first.',
      extra: { current: { version: 3 } },
    });
    expect(problemFromJson({ code: 'toString' })).toBeUndefined();
    expect(problemFromJson('<html>')).toBeUndefined();
  });
});
