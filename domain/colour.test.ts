import { describe, expect, it } from '@jest/globals';
import { contrastRatio, isHexColour } from './colour.ts';

describe('contrast', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#fff', '#000', 21],
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
    ['#1f4e79', '#1F4E79', 1],
    ['#ff0000', '#ffffff', 4.0],
  ])('%s on %s is %d', (a, b, ratio) => {
    expect(contrastRatio(a, b)).toBeCloseTo(ratio, 2);
    expect(contrastRatio(b, a)).toBe(contrastRatio(a, b));
  });

  it('refuses what is no hex colour', () => {
    for (const text of ['red', '#12345', '#1234567', 'fff', '#ggg', '#fff;', 'rgb(0,0,0)']) {
      expect(isHexColour(text)).toBe(false);
      expect(() => contrastRatio(text, '#fff')).toThrow(RangeError);
    }
  });
});
