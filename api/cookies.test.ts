import { expect, it } from '@jest/globals';
import { cookieName, hasOurs, setCookieText } from './cookies.ts';

it('names end in the portal, and begin with __Host- under https', () => {
  expect(cookieName({ kind: 'staff' }, false)).toBe('gh_staff');
  expect(cookieName({ kind: 'account', portal: 'harborview' }, false)).toBe('gh_account_harborview');
  expect(cookieName({ kind: 'activation', portal: 'harborview' }, true)).toBe('__Host-gh_activation_harborview');
});

it('are httpOnly; the one of staff strict, the others lax; Secure under https', () => {
  expect(setCookieText({ kind: 'staff', value: 't' }, false)).toBe('gh_staff=t; Path=/; HttpOnly; SameSite=Strict');
  const account = setCookieText({ kind: 'account', portal: 'p', value: 't', maxAgeSeconds: 60 }, true);
  expect(account).toBe('__Host-gh_account_p=t; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax');
  expect(setCookieText({ kind: 'staff', value: undefined }, false)).toContain('Max-Age=0');
});

it('ours are told from others', () => {
  for (const name of ['gh_staff', '__Host-gh_staff', 'gh_account_x', '__Host-gh_activation_x', 'gh_registration_x']) {
    expect([name, hasOurs({ [name]: '' })]).toEqual([name, true]);
  }
  for (const name of ['session', 'gh_theme', 'xgh_staff', 'gh_staffing'])
    expect([name, hasOurs({ [name]: '' })]).toEqual([name, false]);
});
