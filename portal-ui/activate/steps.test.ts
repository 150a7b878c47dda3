import { describe, expect, it } from '@jest/globals';
import { Problem, type ProblemCode } from '../../contract/problems.ts';
import type { Kept } from '../kept.ts';
import type { Visit } from '../visit.ts';
import { duePath, showStep, stepNumber, takeStep, type Walk } from './steps.tsx';

const walk = (step: Walk['step']): Walk => ({
  step,
  steps: ['identity', 'email', 'credentials', 'notifications', 'terms'],
  expiresAt: '2026-11-22T20:31:00.000Z',
  emailHint: 'a•••••s@mail.example',
  needsMailboxCode: false,
});

function visitWith({ once = 'form-1', kept = {} as Kept, call }: { once?: string; kept?: Kept; call?: () => unknown }) {
  const text = (name: string) => (name === 'once' ? once : '');
  const support = { email: '', phone: '+1 617 555 0147', hours: 'always' };
  const portal = { portal: 'harborview', name: 'Harborview', support };
  return { portal, language: 'en', kept, typed: { text }, call } as unknown as Visit;
}

const refused = (code: ProblemCode, extra = {}) => new Problem(code, { extra });

describe('the steps', () => {
  it('are six with the code, each at an address of its own', () => {
    expect(['code' as const, ...walk('terms').steps].map(stepNumber)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(duePath(walk('credentials'))).toBe('/activate/credentials');
    expect(duePath(walk('email'))).toBe('/activate/email');
    expect(duePath({ step: 'email', needsMailboxCode: true })).toBe('/activate/email-code');
  });

  it('are shown while they are due, and lead to the due one otherwise', async () => {
    const visit = visitWith({ call: async () => walk('email') });
    const shown = { title: 'Shown', body: null };
    expect(await showStep(visit, 'email', () => shown)).toBe(shown);
    expect(await showStep(visit, 'terms', () => shown)).toEqual({ to: '/p/harborview/activate/email' });
  });

  it('that are no longer due lead to the start, which knows what is', async () => {
    const taken = takeStep(visitWith({}), () => Promise.reject(refused('wrong_step', { step: 'terms' })));
    expect(await taken).toEqual({ to: '/p/harborview/activate' });
  });

  it('that are over say so; after the last one they lead to the end, after too many wrong dates to what helps', async () => {
    const over = () => Promise.reject(refused('activation_ended'));
    await expect(takeStep(visitWith({}), over)).rejects.toMatchObject({ code: 'activation_ended' });
    expect(await takeStep(visitWith({ kept: { opened: 'ada' } }), over)).toEqual({ to: '/p/harborview/activate/done' });
    expect(await takeStep(visitWith({ kept: { activation: { isLocked: true } } }), over)).toMatchObject({
      shown: { title: 'Your access code is locked' },
    });
    const twice = () => Promise.reject(refused('activation_ended', { reason: 'person_has_account' }));
    expect(await takeStep(visitWith({}), twice)).toMatchObject({ shown: { title: 'You have an account already' } });
  });
});
