import { type Answer, type CallInput, createClient } from '../../contract/client.ts';
import { parseBody } from '../../contract/parse.ts';
import { Problem } from '../../contract/problems.ts';
import type { RouteDescriptor } from '../../contract/route.ts';
import { currentLanguage } from '../words/i18n-provider.ts';
import { problemInWords } from '../words/server-words.ts';
import { activityHeaders } from './activity.ts';
import { noteAnswer, noteConnection } from './connection.ts';
import { isSignedIn, untilSignedInAgain } from './session.ts';

const client = createClient({ baseUrl: '', fetch: (input, init) => fetch(input, init) });
const send: <R extends RouteDescriptor>(route: R, input: CallInput<R>) => Promise<Answer<R>> = client.call;

/** No answer came: the network, or the server, is away. Whether the call took effect is not known; its key makes a repeat safe. */
export class NoConnection extends Error {
  override readonly name = 'NoConnection';
}

/**
 * Makes one call of the contract. When the session ended meanwhile, the person is asked to sign in again and the same call
 * (with the same Idempotency-Key) is made once more, so that nothing typed is lost. Throws `Problem`, in the
 * member's language, or `NoConnection`.
 */
export async function call<R extends RouteDescriptor>(route: R, input?: CallInput<R>): Promise<Answer<R>> {
  const keyed = route.idempotent ? { idempotencyKey: crypto.randomUUID(), ...input } : input;
  for (;;) {
    try {
      return await once(route, keyed as CallInput<R>);
    } catch (error) {
      const mustSignIn = error instanceof Problem && error.code === 'not_signed_in' && isSignedIn();
      if (!mustSignIn || !(await untilSignedInAgain())) throw error;
    }
  }
}

/** What the server would refuse of a body, found without asking it; undefined: nothing. In the member's language. */
export function refusalOf<R extends RouteDescriptor>(route: R, body: unknown): Problem | undefined {
  try {
    parseBody(route, body);
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return problemInWords(error, currentLanguage());
    throw error;
  }
}

async function once<R extends RouteDescriptor>(route: R, input: CallInput<R> | undefined): Promise<Answer<R>> {
  const headers = { ...activityHeaders(), ...input?.headers };
  try {
    const answer = await send(route, { ...input, headers } as CallInput<R>);
    noteAnswer();
    return answer;
  } catch (error) {
    if (error instanceof Problem) {
      noteAnswer();
      throw problemInWords(error, currentLanguage());
    }
    if (error instanceof TypeError) {
      noteConnection('lost');
      throw new NoConnection('no_connection', { cause: error });
    }
    throw error;
  }
}
