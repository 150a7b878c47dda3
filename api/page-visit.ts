import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { stringifySetCookie } from 'cookie';
import type { Request } from 'express';
import { Problem } from '../contract/problems.ts';
import { readPortal } from '../contract/routes/public/portals.ts';
import type { PortalInfo } from '../contract/schemas/portal.ts';
import { type Language, languageOf, languages, localeFor } from '../domain/language.ts';
import { kept as keptSchema } from '../portal-ui/kept.ts';
import { type Typed, textSizes, type Visit } from '../portal-ui/visit.ts';
import { databaseNow } from '../store/clock.ts';
import { subkey } from '../store/key-ring.ts';
import { cookieName } from './cookies.ts';
import { refuseCrossSite } from './cross-site.ts';
import type { Dependencies } from './dependencies.ts';
import { openKept, sealKept } from './kept-cookie.ts';

export type Cookies = Readonly<Record<string, string | undefined>>;

/** One visit as it came, and what the answer has to set in the browser besides the page. */
export interface ReadVisit {
  visit: Visit;
  /** The form came without proof that it is ours. */
  isUnproven: boolean;
  /** Only text size or language was asked for. */
  isOnlySetting: boolean;
  /** `Set-Cookie` texts; to be asked for when the page is done, for pages change what is kept. */
  setCookies(): string[];
}

const oneYearSeconds = 31_536_000;

/** Reads a visit of a portal's pages; undefined when there is no such portal. `call` is the API in this process. */
export async function readVisit(
  request: Request<{ portal: string }>,
  cookies: Cookies,
  call: Visit['call'],
  dependencies: Dependencies,
): Promise<ReadVisit | undefined> {
  const { settings, database } = dependencies;
  const isPost = request.method === 'POST';
  // What another site sends is neither done nor shown: the person could take its words for their own.
  const isForeign = isPost && !isOfOwnOrigin(request, dependencies);
  const typed = typedOf(isForeign ? undefined : request.body);
  const found = await portalOf(request, typed, cookies, call);
  if (!found) return undefined;
  const { portal, language } = found;
  const now = await databaseNow(database);
  const place = { portal: portal.portal, keys: settings.keys, isHttps: settings.isHttps, now };
  const kept = keptSchema.safeParse(openKept(cookies, place)).data ?? {};
  const keptBefore = JSON.stringify(kept);
  const isOnlySetting = isPost && typed.text('set') !== '';
  const formSecret = cookies[formCookieName(settings.isHttps)] ?? randomBytes(16).toString('base64url');
  const formToken = tokenOf(formSecret, portal.portal, cookies, settings);
  const isOwnForm = !isForeign && isSameText(formToken, typed.text('form'));
  const once = isOwnForm && /^[\w-]{1,64}$/.test(typed.text('once')) ? typed.text('once') : randomUUID();
  const askedSize = settingOf(typed, 'text') ?? cookies.gh_text;
  const textSize = textSizes.find((size) => size === askedSize) ?? 'normal';
  const visit: Visit = {
    portal,
    site: settings.publicOrigin,
    language,
    locale: localeFor(language, portal.locale),
    textSize,
    path: request.path,
    query: new URL(request.originalUrl, settings.publicOrigin).searchParams,
    typed,
    formKey: isOnlySetting ? once : randomUUID(),
    formToken,
    now,
    kept,
    hasAccountSession: cookies[cookieName({ kind: 'account', portal: portal.portal }, settings.isHttps)] !== undefined,
    call: (route, input) =>
      call(route, { ...input, ...(route.idempotent && { idempotencyKey: input.idempotencyKey ?? once }) }),
  };
  return {
    visit,
    isUnproven: isPost && !isOwnForm,
    isOnlySetting,
    setCookies: () => {
      if (isForeign) return [];
      return [
        ...(cookies[formCookieName(settings.isHttps)] === undefined ? [formCookie(formSecret, settings.isHttps)] : []),
        ...(isOnlySetting ? preferenceCookies({ gh_lang: language, gh_text: textSize }, settings.isHttps) : []),
        ...(JSON.stringify(visit.kept) === keptBefore ? [] : sealKept(visit.kept, cookies, place)),
      ];
    },
  };
}

/** The portal with its words in the reader's language; read once more when it does not offer the wanted one. */
async function portalOf(
  request: Request<{ portal: string }>,
  typed: Typed,
  cookies: Cookies,
  call: Visit['call'],
): Promise<{ portal: PortalInfo; language: Language } | undefined> {
  const params = { portal: request.params.portal };
  try {
    const wanted = readersLanguage(languages, typed, cookies, request);
    const portal = await call(readPortal, { params, query: { language: wanted } });
    const language = readersLanguage(portal.languages, typed, cookies, request);
    if (language === wanted) return { portal, language };
    return { portal: await call(readPortal, { params, query: { language } }), language };
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_found') return undefined;
    throw error;
  }
}

/** What was just asked for, what was chosen before, or what the browser prefers, among the offered languages. */
function readersLanguage(
  offered: readonly string[],
  typed: Typed,
  cookies: Cookies,
  request: Request<{ portal: string }>,
): Language {
  const ours = languages.filter((language) => offered.includes(language));
  const asked = settingOf(typed, 'lang') ?? cookies.gh_lang;
  const preferred = request.acceptsLanguages([...ours]);
  return (
    ours.find((language) => language === asked) ??
    ours.find((language) => language === preferred) ??
    languageOf(offered[0] ?? 'en')
  );
}

/** `larger` of a button `set=text:larger`. */
function settingOf(typed: Typed, kind: 'lang' | 'text'): string | undefined {
  const set = typed.text('set');
  return set.startsWith(`${kind}:`) ? set.slice(kind.length + 1) : undefined;
}

/** A urlencoded body as Express parsed it: text, or a list of texts. */
function typedOf(body: unknown): Typed {
  const values = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  const all = (name: string): string[] => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return [value].flat().filter((text) => typeof text === 'string');
  };
  const raw = (name: string) => all(name)[0] ?? '';
  return { all, raw, names: () => Object.keys(values), text: (name) => raw(name).replaceAll('\r\n', '\n').trim() };
}

/** Whether the browser says that the form stood on a page of ours; a program that says nothing at all is judged by the token alone. */
function isOfOwnOrigin({ headers }: Request<{ portal: string }>, { settings }: Dependencies): boolean {
  try {
    refuseCrossSite({ method: 'post' }, headers, false, settings);
    return true;
  } catch {
    return false;
  }
}

/**
 * Double submit: what a form carries is an HMAC of the browser's cookie, and of whose session it has at the portal. So a form from before
 * somebody else signed in here cannot act for them.
 */
function tokenOf(
  secret: string,
  portal: string,
  cookies: Cookies,
  { keys, isHttps }: Dependencies['settings'],
): string {
  const mac = createHmac('sha256', subkey(keys, keys.current, 'form'));
  const sessions = (['account', 'activation', 'registration'] as const).map(
    (kind) => cookies[cookieName({ kind, portal }, isHttps)] ?? '',
  );
  return mac.update(JSON.stringify([secret, ...sessions])).digest('base64url');
}

function isSameText(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const formCookieName = (isHttps: boolean) => (isHttps ? '__Host-gh_form' : 'gh_form');

function formCookie(secret: string, isHttps: boolean): string {
  return stringifySetCookie({
    name: formCookieName(isHttps),
    value: secret,
    path: '/',
    httpOnly: true,
    secure: isHttps,
    sameSite: 'lax',
  });
}

/** How somebody reads is no secret and is kept for a year, for all portals. */
function preferenceCookies(values: Readonly<Record<string, string>>, isHttps: boolean): string[] {
  return Object.entries(values).map(([name, value]) =>
    stringifySetCookie({
      name,
      value,
      path: '/',
      httpOnly: true,
      secure: isHttps,
      sameSite: 'lax',
      maxAge: oneYearSeconds,
    }),
  );
}
