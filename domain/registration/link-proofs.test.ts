import { expect, it } from '@jest/globals';
import { offeredProofs } from './link-proofs.ts';

it.each([
  ['username_or_answers', true, ['answers', 'username']],
  ['username_or_answers', false, ['username']],
  ['answers', true, ['answers']],
  ['answers', false, []],
  ['password', true, ['username_and_password']],
  ['password', false, ['username_and_password']],
] as const)('%s, with answers: %s', (linkProof, hasAnswers, offered) => {
  expect(offeredProofs(linkProof, hasAnswers)).toEqual(offered);
});
