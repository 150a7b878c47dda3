import { describe, expect, it } from '@jest/globals';
import { intervalOf } from './clock-argument.ts';

describe('the argument of npm run clock', () => {
  it.each([
    ['+60d', '+60 days'],
    ['60d', '60 days'],
    ['-12h', '-12 hours'],
    ['+30m', '+30 minutes'],
    ['+2w', '+2 weeks'],
    ['+P6M', 'P6M'],
    ['PT10M', 'PT10M'],
    ['-P1DT2H', 'P-1DT-2H'],
  ])('%s is the interval %s', (argument, interval) => {
    expect(intervalOf(argument)).toBe(interval);
  });

  it.each(['', '+', '60', '+1x', 'P', 'PT', '+1d; DROP TABLE cases', 'tomorrow', '1000000000d'])(
    '%j is none',
    (argument) => {
      expect(intervalOf(argument)).toBeUndefined();
    },
  );
});
