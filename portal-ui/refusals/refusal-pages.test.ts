import { describe, expect, it } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
import { Problem, type ProblemCode } from '../../contract/problems.ts';
import { routes } from '../../contract/routes/index.ts';
import { typedOf, visitOf } from '../../test/support/visits.ts';
import type { Visit } from '../visit.ts';
import { pageOfProblem } from './refusal-pages.tsx';

/** Whatever a call of the pages can be refused with, besides what every call can. */
const met: readonly ProblemCode[] = [
  ...new Set([
    ...routes.filter(({ access }) => access !== 'staff').flatMap(({ problems }) => problems),
    ...(['not_found', 'not_signed_in', 'no_activation', 'activation_ended', 'too_many_requests'] as const),
    ...(['validation_failed', 'malformed', 'csrf_refused', 'idempotency_key_reused', 'too_large'] as const),
    ...(['unavailable', 'internal_error'] as const),
  ]),
];

const shownAs = (code: ProblemCode, visit: Visit, options = {}) => {
  const shown = pageOfProblem(visit, new Problem(code, options));
  return { ...shown, html: renderToStaticMarkup(shown.body) };
};

describe('a refusal', () => {
  it.each(met)('%s has a page with a heading and a next step, in both languages', (code) => {
    const [english, spanish] = (['en', 'es'] as const).map((language) => shownAs(code, visitOf({ language })));
    expect(english?.html).toContain(`<h1>${english?.title}</h1>`);
    expect(english?.html).toMatch(/<a |<form /);
    expect(spanish?.title).not.toBe(english?.title);
    expect(english?.status).toBe(new Problem(code).status);
    const isOurFault = code === 'unavailable' || code === 'internal_error';
    expect(english?.title === 'We cannot do this right now').toBe(isOurFault);
  });

  it('never repeats the words of the API, which are not for these pages', () => {
    const words = { detail: 'the detail', nextStep: 'the next step', errors: { email: 'the error' } };
    for (const code of met) expect(shownAs(code, visitOf(), words).html).not.toMatch(/the (detail|next step|error)/);
  });

  it('locks the code at the last wrong date of birth, and not before', () => {
    expect(shownAs('identity_not_matched', visitOf(), { extra: { triesLeft: 0 } }).title).toBe(
      'Your access code is locked',
    );
    expect(shownAs('identity_not_matched', visitOf(), { extra: { triesLeft: 2 } }).title).toBe(
      'Please check what you typed',
    );
  });

  it('says until when to wait, by the clock of the portal, never too early', () => {
    const visit = visitOf({ path: '/activate/code' });
    const { html, title, retryAfterSeconds } = shownAs('too_many_requests', visit, { retryAfterSeconds: 701 });
    expect(title).toBe('Please wait 12 minutes');
    expect(html).toContain('Try again at 3:43 pm');
    expect(html).toContain('Your code still works.');
    expect(retryAfterSeconds).toBe(701);
  });
});

describe('"Try again"', () => {
  const typed = typedOf({
    form: 'old',
    once: 'the-same-key',
    answer: ['Lindgren', '2011 "or so"'],
    password: 'three blue cups',
    currentPassword: 'three red cups',
  });

  it('sends again what was typed, in its order and under its key, but no password', () => {
    const visit = visitOf({ path: '/status/answers', query: new URLSearchParams('from=check'), typed });
    const { html } = shownAs('unavailable', visit);
    expect(html).toContain('action="/p/harborview/status/answers?from=check"');
    const fields = [...html.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => `${name}=${value}`);
    expect(fields).toEqual(['form=a-token', 'once=the-same-key', 'answer=Lindgren', 'answer=2011 &quot;or so&quot;']);
    expect(html).not.toContain('cups');
  });

  it('is a link where nothing was sent', () => {
    const { html } = shownAs('unavailable', visitOf({ path: '/account' }));
    expect(html).toContain('<a class="btn" href="/p/harborview/account">');
    expect(html).not.toContain('<form');
  });

  it('only shows the page again where a field was wrong', () => {
    const { html } = shownAs('validation_failed', visitOf({ path: '/status/answers', typed }));
    expect(html).toContain('type="submit" value="text:normal" name="set"');
  });
});
