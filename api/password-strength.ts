import type { PasswordAdvice } from '../contract/schemas/portal.ts';

/**
 * zxcvbn's work grows with length, look-alikes and own words: without these bounds one text held the process for 3 s. The rest of a
 * longer password only makes it stronger.
 */
const mostLetters = 20;
const mostLookAlikes = 1;
const mostOwnWords = 5;

/** All advice of the process together may take this share of its time; beyond it there is none, and typing goes on without. */
const share = 0.1;
const windowMs = 1_000;
let windowEndsAt = 0;
let spentMs = 0;

type Zxcvbn = typeof import('@zxcvbn-ts/core').zxcvbn;
let loading: Promise<Zxcvbn> | undefined;

/**
 * How hard a password is to guess, by zxcvbn with English and Spanish words; `own` are words of the person. Its dictionaries take some
 * 40 MB and a moment, so they are loaded when somebody first asks. Undefined: others are asking too much at the moment.
 */
export async function passwordStrength(
  password: string,
  own: readonly string[],
): Promise<PasswordAdvice['strength'] | undefined> {
  loading ??= loadZxcvbn();
  const zxcvbn = await loading;
  const startedAt = performance.now();
  if (startedAt >= windowEndsAt) {
    windowEndsAt = startedAt + windowMs;
    spentMs = 0;
  }
  if (spentMs > windowMs * share) return undefined;
  const { score } = zxcvbn([...password].slice(0, mostLetters).join(''), own.slice(0, mostOwnWords));
  spentMs += performance.now() - startedAt;
  return score >= 4 ? 'strong' : score === 3 ? 'good' : score === 2 ? 'fair' : 'weak';
}

async function loadZxcvbn(): Promise<Zxcvbn> {
  const [{ zxcvbn, zxcvbnOptions }, common, english, spanish] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
    import('@zxcvbn-ts/language-es-es'),
  ]);
  zxcvbnOptions.setOptions({
    dictionary: { ...common.dictionary, ...english.dictionary, ...spanish.dictionary },
    graphs: common.adjacencyGraphs,
    l33tMaxSubstitutions: mostLookAlikes,
  });
  return zxcvbn;
}
