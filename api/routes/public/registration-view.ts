import { Problem } from '../../../contract/problems.ts';
import type { RegistrationStep, RegistrationView } from '../../../contract/schemas/registration.ts';
import { languageOf } from '../../../domain/language.ts';
import { figures } from '../../../domain/policy/figures.ts';
import type { Policy } from '../../../domain/policy/policy.ts';
import { offeredProofs } from '../../../domain/registration/link-proofs.ts';
import { questionInWords } from '../../../domain/registration/security-questions.ts';
import type { Database, Transaction } from '../../../store/database.ts';
import { policyAt } from '../../../store/portals.ts';
import { type LockedWalk, lockWalk, type RegistrationWalk, walkById } from '../../../store/registration-walks.ts';
import { securityAnswersOf } from '../../../store/security-answers.ts';
import { registrationEnded } from '../../registration-ended.ts';

/** Where the person is, for the person. Raises `registration_ended` when it is over by now. */
export async function viewOf(database: Database, walkId: string, policy: Policy): Promise<RegistrationView> {
  const walk = await walkById(database, walkId);
  if (!walk.isRunning) throw registrationEnded(walk.endedAs);
  return presentRegistration(database, walk, policy);
}

/** A walk as its person sees it; `current` is the portal's policy now, the case's own says what the link is judged by. */
export async function presentRegistration(
  database: Database,
  walk: RegistrationWalk,
  current: Policy,
): Promise<RegistrationView> {
  const { registration } = await policyAt(database, walk.portal, walk.policyVersion);
  const common = {
    step: walk.step,
    steps: stepsOf(walk),
    expiresAt: walk.endsAt,
    linkExpiresAt: walk.linkExpiresAt,
  };
  switch (walk.step) {
    case 'identification':
      return { ...common, triesLeft: Math.max(0, registration.identityTries - walk.identityTries) };
    case 'profile':
      return { ...common, securityQuestionCount: current.account.questions.count };
    case 'verification':
      return { ...common, ...(await verification(database, walk, registration.linkProof)) };
    case 'disclaimer':
      return {
        ...common,
        ...(walk.username !== null && { username: walk.username }),
        termsVersion: current.terms.version,
      };
  }
}

function stepsOf({ accountId }: RegistrationWalk): RegistrationStep[] {
  return ['identification', accountId === null ? 'profile' : 'verification', 'disclaimer'];
}

async function verification(
  database: Database,
  { accountId, tries, language, practice }: RegistrationWalk,
  linkProof: Policy['registration']['linkProof'],
): Promise<Pick<RegistrationView, 'triesLeft' | 'proofs' | 'practice' | 'questions'>> {
  const answers = accountId === null ? [] : await securityAnswersOf(database, accountId);
  const proofs = offeredProofs(linkProof, answers.length > 0);
  const inWords = (id: string) => ({ id, text: questionInWords(id, languageOf(language)) });
  return {
    triesLeft: Math.max(0, figures.verificationTries - tries),
    proofs,
    practice,
    ...(proofs.includes('answers') && { questions: answers.map(({ question }) => inWords(question)) }),
  };
}

/** Raises `wrong_step` with the one that is due. */
export function refuseOtherStep({ step }: Pick<RegistrationWalk, 'step'>, asked: RegistrationStep): void {
  if (step !== asked) throw new Problem('wrong_step', { extra: { step } });
}

/** Locks the walk for its step. Raises `registration_ended`, and `wrong_step` with the one that is due. */
export async function atStep(tx: Transaction, walk: RegistrationWalk, step: RegistrationStep): Promise<LockedWalk> {
  const held = await lockWalk(tx, walk);
  if (!held) throw registrationEnded((await walkById(tx, walk.id)).endedAs);
  refuseOtherStep(held.walk, step);
  return held;
}
