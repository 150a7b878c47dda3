import type { Policy } from '../policy/policy.ts';

/** How a found account may be proven to be the person's. */
export const linkProofs = ['answers', 'username', 'username_and_password'] as const;
export type LinkProof = (typeof linkProofs)[number];

/** What is offered by the policy's `linkProof`; an account without security answers is never offered them (security.md). */
export function offeredProofs(linkProof: Policy['registration']['linkProof'], hasAnswers: boolean): LinkProof[] {
  const answers: LinkProof[] = hasAnswers ? ['answers'] : [];
  switch (linkProof) {
    case 'username_or_answers':
      return [...answers, 'username'];
    case 'answers':
      return answers;
    case 'password':
      return ['username_and_password'];
  }
}
