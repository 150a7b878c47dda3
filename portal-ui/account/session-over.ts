import { Problem } from '../../contract/problems.ts';
import { figures } from '../../contract/rules.ts';
import type { Page, Told } from '../page.ts';
import { pageAddress, type Typed, type Visit } from '../visit.ts';

/** A page of somebody who is signed in. */
export interface AccountPage extends Page {
  /** Fields that are given back after signing in again; never passwords. */
  keeps?: readonly string[];
}

/**
 * A page that only signed-in people see: whose session is over signs in again and comes back to it, with what was typed. It says
 * when the session ends, unless the person does something.
 */
export function ofAccount({ path, keeps = [], show, take }: AccountPage): Page {
  return {
    path,
    show: (visit, told) =>
      signedIn(visit, keeps, async () => {
        const shown = await show(visit, withKept(visit, told));
        return 'to' in shown ? shown : { ...shown, endsAt: idleEnd(visit.now) };
      }),
    ...(take && { take: (visit) => signedIn(visit, keeps, async () => take(visit)) }),
  };
}

function idleEnd(now: Date): Date {
  return new Date(now.getTime() + figures.accountSession.idleMinutes * 60_000);
}

async function signedIn<Result>(
  visit: Visit,
  keeps: readonly string[],
  go: () => Promise<Result>,
): Promise<Result | { to: string }> {
  try {
    return await go();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'not_signed_in') throw error;
    rememberPlace(visit, keeps);
    return { to: pageAddress(visit, '/sign-in') };
  }
}

/** Longer texts fit no field of an account, and would not fit into the cookie either. */
const mostLetters = 320;

/** What was typed is kept only where it is known whose it is. */
function rememberPlace(visit: Visit, keeps: readonly string[]): void {
  const { kept, path, typed } = visit;
  const texts = keeps
    .map((name) => [name, typed.text(name)] as const)
    .filter(([, text]) => text !== '' && text.length <= mostLetters);
  const { username } = kept.account ?? {};
  kept.after = {
    path,
    ...(username !== undefined && { username, ...(texts.length > 0 && { typed: Object.fromEntries(texts) }) }),
  };
  kept.notice = visit.hasAccountSession || texts.length > 0 ? 'session_over' : 'sign_in_first';
}

/** Where somebody goes who has just signed in. What another account's owner typed is forgotten. */
export function placeAfterSignIn({ kept }: Pick<Visit, 'kept'>, username: string): string {
  if (kept.account?.username !== username) kept.account = { username };
  const { after } = kept;
  if (!after || (after.username !== undefined && after.username !== username)) {
    delete kept.after;
    return '/account';
  }
  if (after.typed === undefined) delete kept.after;
  return after.path;
}

/** What was typed before the session was over, once. */
function withKept({ kept, path }: Visit, told: Told): Told {
  const { after } = kept;
  if (after?.path !== path || !after.typed) return told;
  delete kept.after;
  return { ...told, typed: typedFrom(after.typed, told.typed) };
}

function typedFrom(texts: Readonly<Record<string, string>>, otherwise: Typed): Typed {
  const textOf = (name: string) => otherwise.text(name) || (Object.hasOwn(texts, name) ? (texts[name] ?? '') : '');
  const names = () => [...new Set([...otherwise.names(), ...Object.keys(texts)])];
  return { raw: textOf, text: textOf, all: (name) => [textOf(name)].filter((text) => text !== ''), names };
}
