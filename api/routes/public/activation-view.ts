import { Problem } from '../../../contract/problems.ts';
import { type ActivationView, activationSteps } from '../../../contract/schemas/activation.ts';
import type { Policy } from '../../../domain/policy/policy.ts';
import {
  type ActivationRow,
  type ActivationState,
  type ActivationStepName,
  activationState,
  dueMailbox,
  type LockedActivation,
  lockActivation,
} from '../../../store/activations.ts';
import type { Database, Transaction } from '../../../store/database.ts';
import { maskedEmail } from '../../masked-email.ts';

/** Where the person is, for the person. Raises `activation_ended` when it is over by now. */
export async function viewOf(
  db: Pick<Transaction | Database, 'query' | 'policies'>,
  activationId: string,
  policy: Policy,
): Promise<ActivationView> {
  const state = await activationState(db, activationId);
  if (!state) throw new Problem('activation_ended');
  return presentActivation(state, policy);
}

/** Where a step led that touched the walk alone. Raises `activation_ended`, and `wrong_step` with the one that is due. */
export async function viewAfter(
  database: Database,
  { id, step }: Pick<ActivationRow, 'id' | 'step'>,
  taken: ActivationRow | undefined,
  policy: Policy,
): Promise<ActivationView> {
  if (taken) return presentActivation({ activation: taken, isStepUpDue: false, mailboxCode: undefined }, policy);
  const state = await activationState(database, id);
  if (!state || state.activation.step === step) throw new Problem('activation_ended');
  throw new Problem('wrong_step', { extra: { step: state.activation.step } });
}

/** An activation as its person sees it. */
export function presentActivation(
  { activation, isStepUpDue, mailboxCode }: ActivationState,
  policy: Policy,
): ActivationView {
  const mailbox = activation.step === 'email' ? dueMailbox(activation, isStepUpDue) : undefined;
  return {
    step: activation.step,
    steps: [...activationSteps],
    expiresAt: activation.endsAt,
    emailHint: maskedEmail(activation.email ?? activation.mailedTo),
    needsMailboxCode: mailbox !== undefined,
    ...(mailbox !== undefined && { mailboxHint: maskedEmail(mailbox) }),
    ...(mailbox !== undefined && mailboxCode?.sentTo === mailbox && { codeExpiresAt: mailboxCode.expiresAt }),
    ...(activation.username !== null && { username: activation.username }),
    ...(activation.step === 'terms' && { termsVersion: policy.terms.version }),
  };
}

/** Raises `wrong_step` with the one that is due. */
export function refuseOtherStep({ step }: Pick<ActivationRow, 'step'>, asked: ActivationStepName): void {
  if (step !== asked) throw new Problem('wrong_step', { extra: { step } });
}

/** Locks the activation for its step. Raises `activation_ended`, and `wrong_step` with the one that is due. */
export async function atStep(
  tx: Transaction,
  activation: ActivationRow,
  step: ActivationStepName,
): Promise<LockedActivation> {
  const held = await lockActivation(tx, activation);
  if (!held) throw new Problem('activation_ended');
  refuseOtherStep(held.activation, step);
  return held;
}
