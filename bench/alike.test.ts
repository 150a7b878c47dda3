import { describe, expect, it } from '@jest/globals';
import { likenessOf } from './alike.ts';

const even = (count: number, of: (index: number) => number) => Array.from({ length: count }, (_, index) => of(index));

describe('likenessOf', () => {
  it('cannot tell what is the same', () => {
    const same = even(100, (index) => index);
    expect(likenessOf(same, same)).toEqual({ auc: 0.5, interval: 0.5 });
  });

  it('tells what is always longer', () => {
    const found = likenessOf(
      even(100, (index) => 1000 + index),
      even(100, (index) => index),
    );
    expect(found).toEqual({ auc: 1, interval: 1 });
  });

  it('tells times of the same middle by an interval, where the AUC sees nothing', () => {
    const spread = even(100, (index) => (index < 50 ? index : 1000 + index));
    const narrow = even(100, () => 500);
    const { auc, interval } = likenessOf(spread, narrow);
    expect(auc).toBeCloseTo(0.5);
    expect(interval).toBe(1);
  });
});
