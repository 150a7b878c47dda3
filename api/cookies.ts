import { parseCookie, stringifySetCookie } from 'cookie';
import { sessionCookies } from '../contract/route.ts';
import type { CookieToSet } from './answer.ts';

type Cookies = Readonly<Record<string, string | undefined>>;

/** The cookies of a request by name. */
export function readCookies(header: string | undefined): Cookies {
  return header === undefined ? {} : parseCookie(header);
}

/** Whether one of them is ours, of whatever portal, live or not. */
export function hasOurs(cookies: Cookies): boolean {
  return Object.keys(cookies).some((name) =>
    /^(?:__Host-)?gh_(?:staff$|(?:account|activation|registration)_)/.test(name),
  );
}

/** The name a kind of session travels under (api.md "Cookies"). */
export function cookieName({ kind, portal }: Pick<CookieToSet, 'kind' | 'portal'>, isHttps: boolean): string {
  return `${isHttps ? '__Host-' : ''}${sessionCookies[kind]}${kind === 'staff' ? '' : (portal ?? '')}`;
}

/** The `Set-Cookie` text. */
export function setCookieText(cookie: CookieToSet, isHttps: boolean): string {
  const isGone = cookie.value === undefined;
  return stringifySetCookie({
    name: cookieName(cookie, isHttps),
    value: cookie.value ?? '',
    path: '/',
    httpOnly: true,
    secure: isHttps,
    sameSite: cookie.kind === 'staff' ? 'strict' : 'lax',
    ...(isGone ? { maxAge: 0 } : cookie.maxAgeSeconds === undefined ? {} : { maxAge: cookie.maxAgeSeconds }),
  });
}
