/** How well the times of two kinds of answer tell them apart. */
export interface Likeness {
  /** That a time of the first kind is the longer one; 0.5 = cannot be told. */
  auc: number;
  /** Balanced accuracy of the best guess "first kind exactly when the time is in this interval"; 0.5 = a coin. */
  interval: number;
}

/** Both by every threshold there is (quality.md: AUC alone misses a random sleep). */
export function likenessOf(first: readonly number[], second: readonly number[]): Likeness {
  const all = [...first.map((ms) => ({ ms, isFirst: true })), ...second.map((ms) => ({ ms, isFirst: false }))].sort(
    (a, b) => a.ms - b.ms,
  );
  return { auc: aucOf(all, first.length, second.length), interval: bestInterval(all, first.length, second.length) };
}

/** What the interval of `likenessOf` reaches 19 times of 20 when there is nothing to tell, found by shuffling who is who. */
export function intervalByChance(first: readonly number[], second: readonly number[], shuffles = 200): number {
  const all = [...first, ...second];
  const found: number[] = [];
  for (let round = 0; round < shuffles; round += 1) {
    for (let index = all.length - 1; index > 0; index -= 1) {
      const other = Math.floor(Math.random() * (index + 1));
      [all[index], all[other]] = [all[other] ?? 0, all[index] ?? 0];
    }
    found.push(likenessOf(all.slice(0, first.length), all.slice(first.length)).interval);
  }
  return found.sort((a, b) => a - b)[Math.floor(shuffles * 0.95)] ?? Number.NaN;
}

type Timed = { ms: number; isFirst: boolean };

/** Mann and Whitney's: the share of pairs in which the first kind took longer, a tie counting half. */
function aucOf(all: readonly Timed[], firsts: number, seconds: number): number {
  let below = 0;
  let pairs = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.ms === all[from]?.ms) to += 1;
    const tied = all.slice(from, to);
    const tiedFirsts = tied.filter(({ isFirst }) => isFirst).length;
    const tiedSeconds = tied.length - tiedFirsts;
    pairs += tiedFirsts * (below + tiedSeconds / 2);
    below += tiedSeconds;
    from = to;
  }
  return pairs / (firsts * seconds);
}

/** The stretch of the sorted times in which one kind outweighs the other the most (Kadane's, for either kind). */
function bestInterval(all: readonly Timed[], firsts: number, seconds: number): number {
  let most = 0;
  for (const sign of [1, -1]) {
    let running = 0;
    for (let from = 0; from < all.length; ) {
      let weight = 0;
      let to = from;
      for (; to < all.length && all[to]?.ms === all[from]?.ms; to += 1) {
        weight += all[to]?.isFirst ? sign / firsts : -sign / seconds;
      }
      running = Math.max(0, running + weight);
      most = Math.max(most, running);
      from = to;
    }
  }
  return 0.5 + most / 2;
}
