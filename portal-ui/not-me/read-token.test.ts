import { describe, expect, it } from '@jest/globals';
import { readToken } from './read-token.ts';

const token = 'AZqk5kTTcACH-3Kq0vC_xkUuA9v3oYk8W3hQZ0uX0aE';

describe('the token of "this was not me"', () => {
  it.each([
    token,
    `  ${token}\n`,
    `#${token}`,
    `https://myhealth.harborview.example/p/harborview/not-me#${token}`,
    `<https://myhealth.harborview.example/p/harborview/not-me#${token}>`,
    // Mail programs break long lines.
    `https://myhealth.harborview.example/p/harborview/not-me#${token.slice(0, 20)}\r\n${token.slice(20)}`,
  ])('is found in %j', (typed) => expect(readToken(typed)).toBe(token));

  it.each(['', '#', 'wT3vJ8', 'https://myhealth.harborview.example/p/harborview/not-me', `${token}!`])(
    'is not in %j',
    (typed) => expect(readToken(typed)).toBeUndefined(),
  );
});
