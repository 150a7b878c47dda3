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

/** Locks the activation for its step. Raises `activation_ended`, and `wrong_step` with the one that is due. */
export async function atStep(
  tx: Transaction,
  activation: ActivationRow,
  step: ActivationStepName,
): Promise<LockedActivation> {
  const held = await lockActivation(tx, activation);
  if (!held) throw new Problem('activation_ended');
  if (held.activation.step !== step) throw new Problem('wrong_step', { extra: { step: held.activation.step } });
  return held;
}
