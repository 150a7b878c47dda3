import { expect, it } from '@jest/globals';
import { makeKeyRingText, parseKeyRing } from '../store/key-ring.ts';
import { type KeptPlace, openKept, sealKept } from './kept-cookie.ts';

const keys = parseKeyRing(makeKeyRingText('one'));
const now = new Date('2026-11-22T12:00:00Z');
const place: KeptPlace = { portal: 'harborview', keys, isHttps: false, now };
const draft = { apply: { firstName: 'Zephyrine', message: 'two\nlines' } };

type Cookies = Readonly<Record<string, string | undefined>>;

/** What the browser holds after these. */
function held(setCookies: readonly string[], before: Cookies = {}): Cookies {
  const cookies: Record<string, string | undefined> = { ...before };
  for (const text of setCookies) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
    if (text.includes('Max-Age=0')) delete cookies[name];
    else cookies[name] = value;
  }
  return cookies;
}

const sealed = (value: Record<string, unknown>, at = place) => held(sealKept(value, {}, at));

/** Letters that do not compress: the least favourable text. */
function letters(count: number): string {
  let state = 7;
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCodePoint(0x4e00 + (state % 20_000));
  }).join('');
}

it('gives back what was kept, and shows nothing of it', () => {
  const cookies = sealed(draft);
  expect(openKept(cookies, place)).toEqual(draft);
  expect(Object.keys(cookies)).toEqual(['gh_pages_harborview_0']);
  const bytes = Buffer.from(Object.values(cookies).join('').split('.')[1] ?? '', 'base64url').toString('latin1');
  expect(bytes).not.toMatch(/Zephyrine|firstName/);
  expect(sealed(draft)).not.toEqual(cookies); // a nonce of its own each time
});

it('the longest answers fit into cookies that browsers take, and shorter ones take the rest away', () => {
  const long = {
    apply: {
      firstName: letters(100),
      lastName: letters(100),
      addressLine: letters(200),
      city: letters(100),
      message: letters(2_000),
    },
  };
  const setCookies = sealKept(long, {}, place);
  for (const text of setCookies) expect(text.length).toBeLessThan(4_096);
  const cookies = held(setCookies);
  expect(openKept(cookies, place)).toEqual(long);
  expect(Object.values(cookies).join('').length).toBeLessThan(12_000); // with all others below Node's 16 KiB of headers

  const shorter = held(sealKept(draft, cookies, place), cookies);
  expect(Object.keys(shorter)).toEqual(['gh_pages_harborview_0']);
  expect(openKept(shorter, place)).toEqual(draft);
  expect(held(sealKept({}, shorter, place), shorter)).toEqual({});
  expect(sealKept({}, {}, place)).toEqual([]);
});

it('throws rather than keep half', () => {
  expect(() => sealKept({ message: letters(6_000) }, {}, place)).toThrow(/does not fit/);
});

it('of another portal, of other keys, forged, cut short or missing: as if there were none', () => {
  const cookies = sealed(draft);
  const text = cookies.gh_pages_harborview_0 ?? '';
  const other = { ...place, keys: parseKeyRing(makeKeyRingText('one')) };
  expect(openKept(cookies, other)).toBeUndefined();
  expect(openKept({ gh_pages_bayside_0: text }, { ...place, portal: 'bayside' })).toBeUndefined();
  const turned = text.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')).replace('.', '.A');
  for (const value of [
    turned,
    text.slice(0, 60),
    text.replace('one.', 'two.'),
    'one.',
    'one',
    '',
    '.',
    'x'.repeat(9_000),
  ]) {
    expect([value.slice(0, 8), openKept({ gh_pages_harborview_0: value }, place)]).toEqual([
      value.slice(0, 8),
      undefined,
    ]);
  }
  expect(openKept({}, place)).toBeUndefined();
});

it('is opened with the key it was made with, after a new one was added', () => {
  const added = parseKeyRing(`${makeKeyRingText('two')},one:${keys.byId.get('one')?.toString('base64')}`);
  expect(openKept(sealed(draft), { ...place, keys: added })).toEqual(draft);
  expect(sealed(draft, { ...place, keys: added }).gh_pages_harborview_0).toMatch(/^two\./);
});

it('a text that unpacks to a flood is left alone', () => {
  const cookies = sealed({ message: 'a'.repeat(1_000_000) });
  expect(openKept(cookies, place)).toBeUndefined();
});

it('is for the pages of its portal alone, unread by scripts, and gone with the browser', () => {
  expect(sealKept(draft, {}, place)[0]).toMatch(
    /^gh_pages_harborview_0=[^;]+; Path=\/p\/harborview; HttpOnly; SameSite=Lax$/,
  );
  expect(sealKept(draft, {}, { ...place, isHttps: true })[0]).toMatch(
    /^__Host-gh_pages_harborview_0=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
});

it('is not opened after four hours, though the browser still has it', () => {
  const cookies = sealed(draft);
  const after = (hours: number) => ({ ...place, now: new Date(now.getTime() + hours * 3_600_000) });
  expect(openKept(cookies, after(4))).toEqual(draft);
  expect(openKept(cookies, after(4.01))).toBeUndefined();
});
