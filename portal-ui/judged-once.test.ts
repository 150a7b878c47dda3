import { describe, expect, it, jest } from '@jest/globals';
import { Problem, type ProblemCode } from '../contract/problems.ts';
import { typedOf, visitOf } from '../test/support/visits.ts';
import { judgedOnce } from './judged-once.ts';
import type { Kept } from './kept.ts';
import type { Taken } from './page.ts';

const visitWith = ({ once = 'form-1', kept = {} }: { once?: string; kept?: Kept }) =>
  visitOf({ kept, typed: typedOf({ once }) });
const refused = (code: ProblemCode, extra = {}) => new Problem(code, { extra });
const wrong = () => Promise.reject(refused('identity_not_matched', { triesLeft: 3 }));

describe('what costs a try', () => {
  const refusal = (triesLeft: number, isUnjudged: boolean): Taken => ({
    errors: [{ field: 'm', message: `${triesLeft}${isUnjudged ? ' unjudged' : ''}` }],
  });
  const judge = (visit: ReturnType<typeof visitWith>, typed: string | undefined, work: () => Promise<Taken>) =>
    judgedOnce(visit, { refusedAs: 'identity_not_matched', typed, judge: work, refusal });

  it('is judged once for a form that comes twice, and anew for another form or another answer', async () => {
    const kept: Kept = {};
    const work = jest.fn(wrong);
    expect(await judge(visitWith({ kept }), '1984-03-01', work)).toEqual(refusal(3, false));
    expect(await judge(visitWith({ kept }), '1984-03-01', work)).toEqual(refusal(3, false));
    expect(work).toHaveBeenCalledTimes(1);
    await judge(visitWith({ kept }), '1984-03-02', work);
    await judge(visitWith({ kept, once: 'form-2' }), '1984-03-02', work);
    expect(work).toHaveBeenCalledTimes(3);
  });

  it('is forgotten when it was right, and what is no such refusal goes on', async () => {
    const kept: Kept = {};
    await judge(visitWith({ kept }), '1984-03-01', wrong);
    await judge(visitWith({ kept }), '1984-02-29', async () => ({ to: '/next' }));
    expect(kept).toEqual({});
    const down = () => Promise.reject(refused('unavailable'));
    await expect(judge(visitWith({ kept }), '1984-02-29', down)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('is kept nowhere when it is secret: the form is known by its key', async () => {
    const kept: Kept = {};
    const work = jest.fn(wrong);
    await judge(visitWith({ kept }), undefined, work);
    expect(kept).toEqual({ refused: { once: 'form-1', triesLeft: 3 } });
    expect(await judge(visitWith({ kept }), undefined, work)).toEqual(refusal(3, true));
    expect(work).toHaveBeenCalledTimes(1);
    await judge(visitWith({ kept, once: 'form-2' }), undefined, work);
    expect(work).toHaveBeenCalledTimes(2);
  });
});
