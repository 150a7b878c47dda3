/**
 * Runs what belongs to one key one after the other, in the order in which it came, and different keys side by side; within this process.
 * What was decided first is seen by whatever comes after it before that does costly work.
 */
export function oneAfterAnother(): <Result>(key: string, work: () => Promise<Result>) => Promise<Result> {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key);
    const mine = (async () => {
      await before?.catch(() => undefined);
      return work();
    })();
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
