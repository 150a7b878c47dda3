import { describe, expect, it } from '@jest/globals';
import { intervalByChance, likenessOf } from './alike.ts';

const even = (count: number, of: (index: number) => number) => Array.from({ length: count }, (_, index) => of(index));

describe('likenessOf', () => {
  it('cannot tell what is the same', () => {
    const same = even(100, (index) => index);
    const { auc, interval } = likenessOf(same, same);
    expect(auc).toBeCloseTo(0.5);
    expect(interval).toBeCloseTo(0.5);
  });

  it('tells what is always longer', () => {
    const { auc, interval } = likenessOf(
      even(100, (index) => 1000 + index),
      even(100, (index) => index),
    );
    expect(auc).toBeCloseTo(1);
    expect(interval).toBeCloseTo(1);
  });

  it('tells times of the same middle by an interval, where the AUC sees nothing', () => {
    const spread = even(100, (index) => (index < 50 ? index : 1000 + index));
    const narrow = even(100, () => 500);
    const { auc, interval } = likenessOf(spread, narrow);
    expect(auc).toBeCloseTo(0.5);
    expect(interval).toBeCloseTo(1);
  });
});

it('intervalByChance is near a coin for many and far from it for few', () => {
  const drawn = (count: number) => even(count, Math.random);
  expect(intervalByChance(drawn(500), drawn(500))).toBeLessThan(0.58);
  expect(intervalByChance(drawn(20), drawn(20))).toBeGreaterThan(0.6);
});
