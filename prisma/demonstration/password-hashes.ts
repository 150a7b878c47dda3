import { normalisedAnswer, type SecurityQuestionId } from '../../domain/registration/security-questions.ts';
import type { HashedAnswer } from '../../store/security-answers.ts';
import { hashPassword } from '../password-hash.ts';
import { demonstrationMembers, type MemberName } from './members.ts';

/** Of the demonstration password, each with a salt of its own. */
export interface PasswordHashes {
  ofMember: Record<MemberName, string>;
  ofAccount: string;
  /** Of the answers to security questions that every account of the stories gives. */
  ofAnswers: HashedAnswer[];
}

/** What the people of the stories answer, for whoever tries the demonstration (README). */
const demonstrationAnswers: readonly (readonly [SecurityQuestionId, answer: string])[] = [
  ['first_pet', 'Biscuit'],
  ['first_job', 'Portland'],
];

/** Hashes the password for every member and for the accounts of the stories; about 40 ms each. */
export async function hashesOf(password: string): Promise<PasswordHashes> {
  const names = Object.keys(demonstrationMembers) as MemberName[];
  const hashes = await Promise.all(names.map(async (name) => [name, await hashPassword(password)] as const));
  const ofMember: Partial<Record<MemberName, string>> = Object.fromEntries(hashes);
  const ofAnswers = await Promise.all(
    demonstrationAnswers.map(async ([question, answer]) => ({
      question,
      answerHash: await hashPassword(normalisedAnswer(answer, { caseSensitive: false })),
      caseSensitive: false,
    })),
  );
  return { ofMember: ofMember as Record<MemberName, string>, ofAccount: await hashPassword(password), ofAnswers };
}
