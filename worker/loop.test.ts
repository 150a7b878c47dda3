import { expect, it } from '@jest/globals';
import { inFlight } from './in-flight.ts';
import { createLog } from './log.ts';
import { startLoop } from './loop.ts';

const log = createLog({ level: 'silent' });

/** A round that is told when it happened: `next` settles with the round's number. */
function rounds(outcome: (round: number) => boolean) {
  let round = 0;
  let waiting: ((round: number) => void) | undefined;
  return {
    work: async () => {
      round += 1;
      waiting?.(round);
      return outcome(round);
    },
    reached: (wanted: number) =>
      new Promise<void>((resolve) => {
        const look = (now: number) => void (now >= wanted && resolve());
        look(round);
        waiting = look;
      }),
    count: () => round,
  };
}

it('goes on at once while there is more, rests otherwise, and is woken by a nudge', async () => {
  const seen = rounds((round) => round < 3);
  const loop = startLoop({ task: 'test', everyMs: 3_600_000, log, work: seen.work });
  await seen.reached(3);
  await new Promise(setImmediate);
  expect(seen.count()).toBe(3);
  loop.nudge();
  await seen.reached(4);
  await loop.stop();
  expect(seen.count()).toBe(4);
});

it('tries again after a round that failed, and ends when it is stopped', async () => {
  const seen = rounds((round) => {
    if (round === 1) throw new Error('away');
    return false;
  });
  const loop = startLoop({ task: 'test', everyMs: 3_600_000, log, work: seen.work });
  await seen.reached(2);
  await loop.stop();
  expect(seen.count()).toBe(2);
});

it('does no more at once than it may, and tells a failure only when all that began has ended', async () => {
  let underWay = 0;
  let most = 0;
  let ended = 0;
  const act = async (item: number) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise(setImmediate);
    underWay -= 1;
    ended += 1;
    if (item === 5) throw new Error('five');
  };
  await expect(inFlight([1, 2, 3, 4, 5, 6, 7, 8], 3, act)).rejects.toThrow('five');
  expect({ most, underWay }).toEqual({ most: 3, underWay: 0 });
  expect(ended).toBe(8);
});
