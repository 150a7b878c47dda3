import type { PasswordAdvice } from '../contract/schemas/portal.ts';

/**
 * zxcvbn's work grows with length and look-alikes; with these two bounds the worst text took 20 ms, without them 3 s. The rest of a
 * longer password only makes it stronger.
 */
const mostLetters = 32;
const mostLookAlikes = 1;

type Zxcvbn = typeof import('@zxcvbn-ts/core').zxcvbn;
let loading: Promise<Zxcvbn> | undefined;

/**
 * How hard a password is to guess, by zxcvbn with English and Spanish words; `own` are words of the person. Its dictionaries take some
 * 40 MB and a moment, so they are loaded when somebody first asks.
 */
export async function passwordStrength(password: string, own: readonly string[]): Promise<PasswordAdvice['strength']> {
  loading ??= loadZxcvbn();
  const zxcvbn = await loading;
  const { score } = zxcvbn([...password].slice(0, mostLetters).join(''), [...own]);
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
