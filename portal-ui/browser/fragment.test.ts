import { describe, expect, it } from '@jest/globals';
import { codeOfFragment, inGroupsOfFour, tokenOfFragment } from './fragment.ts';

describe('the code from the link', () => {
  it.each([
    '#7K4MQ2XH9TDV3RWB',
    '#7k4m-q2xh-9tdv-3rwb',
    '#7K4M%20Q2XH%209TDV%203RWB',
    '#7K4M\u2011Q2XH\u20119TDV\u20113RWB',
  ])('%s is read', (hash) => expect(codeOfFragment(hash)).toBe('7K4MQ2XH9TDV3RWB'));

  it('O is read as 0, I and L as 1, as the server does', () => {
    expect(codeOfFragment('#oOiIlL2345678ABC')).toBe('0011112345678ABC');
  });

  it.each(['', '#', '#main', '#code', '#7K4MQ2XH9TDV3RW', '#7K4MQ2XH9TDV3RWBB', '#7K4MQ2XH9TDV3RWU', '#%E0%A4%A'])(
    '%j is none',
    (hash) => expect(codeOfFragment(hash)).toBeUndefined(),
  );

  it('is shown in groups of four', () => {
    expect(inGroupsOfFour('7K4MQ2XH9TDV3RWB')).toBe('7K4M Q2XH 9TDV 3RWB');
    expect(inGroupsOfFour('')).toBe('');
  });
});

describe('the token of "this wasn\'t me"', () => {
  const token = 'AZqk5kTTcACH-3Kq0vC_xkUuA9v3oYk8W3hQZ0uX0aE';
  it('is read as it stands', () => expect(tokenOfFragment(`#${token}`)).toBe(token));
  it.each(['', '#main', '#problem-t', `#${token}<b>`, `#${'a'.repeat(201)}`])('%j is none', (hash) =>
    expect(tokenOfFragment(hash)).toBeUndefined(),
  );
});
