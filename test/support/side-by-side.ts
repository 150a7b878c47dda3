import { it } from '@jest/globals';

/** Tests of one file that are told at the same time. */
export interface SideBySide {
  /** A test as `it` makes one; it has people and things of its own, and begins when `begin` is called. */
  story(name: string, tell: () => Promise<void>): void;
  /** Begins with all of them; each test waits for its own. To be called once, when what they share is ready. */
  begin(): void;
}

const storyLimitMs = 240_000;

/** For stories that wait most of the time, for mails, for paint: at most so many at once, in the order they stand in. */
export function sideBySide(mostAtOnce: number): SideBySide {
  const waiting: (() => Promise<void>)[] = [];
  const tellNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next();
  };
  return {
    story(name, tell) {
      const told = new Promise<void>((resolve, reject) => {
        waiting.push(() => tell().then(resolve, reject));
      });
      told.catch(() => undefined); // the test below says so
      it(name, () => told, storyLimitMs);
    },
    begin() {
      for (let one = 0; one < mostAtOnce; one += 1) void tellNext();
    },
  };
}
