import { describe, expect, it } from '@jest/globals';
import { Problem } from '../../contract/problems.ts';
import type { PortalInfo } from '../../contract/schemas/portal.ts';
import type { Kept } from '../kept.ts';
import type { Shown, Told } from '../page.ts';
import type { Typed, Visit } from '../visit.ts';
import { ofAccount, placeAfterSignIn } from './session-over.ts';

function typed(texts: Readonly<Record<string, string>> = {}): Typed {
  const text = (name: string) => texts[name] ?? '';
  return { text, raw: text, all: (name) => [text(name)], names: () => Object.keys(texts) };
}

function visitWith(kept: Kept, texts?: Readonly<Record<string, string>>): Visit {
  const portal = { portal: 'harborview' } as PortalInfo;
  const now = new Date('2026-11-21T20:31:00Z');
  return { portal, now, kept, typed: typed(texts), path: '/account/email', hasAccountSession: true } as Visit;
}

const nothingTold: Told = { typed: typed(), errors: [] };
const page = ofAccount({
  path: '/account/email',
  keeps: ['email'],
  show: (_visit, told): Shown => ({ title: told.typed.text('email'), body: null }),
  take: () => {
    throw new Problem('not_signed_in');
  },
});

describe('a session that is over in the middle', () => {
  it('leads to sign-in, and back with what was typed, but no password', async () => {
    const kept: Kept = { account: { username: 'ada' } };
    const visit = visitWith(kept, { email: 'new@mail.example', password: 'secret' });
    expect(await page.take?.(visit)).toEqual({ to: '/p/harborview/sign-in' });
    expect(kept).toMatchObject({
      notice: 'session_over',
      after: { path: '/account/email', username: 'ada', typed: { email: 'new@mail.example' } },
    });
    expect(JSON.stringify(kept)).not.toContain('secret');
    expect(placeAfterSignIn({ kept }, 'ada')).toBe('/account/email');
    expect(await page.show(visitWith(kept), nothingTold)).toMatchObject({ title: 'new@mail.example' });
    expect(await page.show(visitWith(kept), nothingTold)).toMatchObject({ title: '' });
  });

  it('gives nothing to another account', () => {
    const kept: Kept = {
      account: { username: 'ada', newEmail: { address: 'new@mail.example', endsAt: '' } },
      after: { path: '/account/email', username: 'ada', typed: { email: 'new@mail.example' } },
    };
    expect(placeAfterSignIn({ kept }, 'bob')).toBe('/account');
    expect(kept).toEqual({ account: { username: 'bob' } });
  });

  it('remembers nothing typed when nobody knows whose it is', async () => {
    const kept: Kept = {};
    await page.take?.(visitWith(kept, { email: 'new@mail.example' }));
    expect(placeAfterSignIn({ kept }, 'ada')).toBe('/account/email');
    expect(kept.after).toBeUndefined();
  });

  it('ends after half an hour without a sign of life', async () => {
    const shown = await page.show(visitWith({}), nothingTold);
    expect(shown).toMatchObject({ endsAt: new Date('2026-11-21T21:01:00Z') });
  });
});
