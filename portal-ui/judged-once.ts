import { Problem, type ProblemCode } from '../contract/problems.ts';
import type { Taken } from './page.ts';
import type { Visit } from './visit.ts';

/** One answer that costs a try when it is wrong. */
export interface Judgement {
  /** The code of the refusal that costs a try. */
  refusedAs: ProblemCode;
  /** What was typed, to know it again. Undefined: it is secret, so it is kept nowhere and the form is known by its key alone. */
  typed: string | undefined;
  judge(): Promise<Taken>;
  /** What is told then. `isUnjudged`: the form was refused before, and whether the same was typed is not known. */
  refusal(triesLeft: number, isUnjudged: boolean): Taken;
}

/**
 * Judges what costs a try. A form that was refused already and comes once more, by a reload or a second press, gets its answer again
 * and costs nothing.
 */
export async function judgedOnce(visit: Visit, { refusedAs, typed, judge, refusal }: Judgement): Promise<Taken> {
  const once = visit.typed.text('once');
  const before = visit.kept.refused;
  if (before && once !== '' && before.once === once && before.typed === typed) {
    return refusal(before.triesLeft, typed === undefined);
  }
  try {
    const taken = await judge();
    delete visit.kept.refused;
    return taken;
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== refusedAs) throw error;
    const triesLeft = error.extra.triesLeft ?? 0;
    visit.kept.refused = { once, triesLeft, ...(typed !== undefined && { typed }) };
    return refusal(triesLeft, false);
  }
}
