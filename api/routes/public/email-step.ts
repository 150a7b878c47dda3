import { Problem } from '../../../contract/problems.ts';
import { checkMailboxCode, confirmEmail, sendMailboxCode } from '../../../contract/routes/public/activations.ts';
import {
  chooseEmail,
  dueMailbox,
  isStepUpDue,
  keepEmail,
  type LockedActivation,
  proveMailbox,
  sendActivationMailboxCode,
} from '../../../store/activations.ts';
import type { Transaction } from '../../../store/database.ts';
import { tryMailboxCode } from '../../../store/mailbox-codes.ts';
import { handle } from '../../handle.ts';
import { atStep, refuseOtherStep, viewAfter, viewOf } from './activation-view.ts';

const emailRoute = handle(confirmEmail, async ({ activation, body, policy }, { database }) => {
  refuseOtherStep(activation, 'email');
  const email = body.email ?? activation.email ?? activation.mailedTo;
  const kept = await keepEmail(database, activation, email);
  if (kept) return viewAfter(database, activation, kept, policy);
  await database.transaction(async (tx) => chooseEmail(tx, await atStep(tx, activation, 'email'), email));
  return viewOf(database, activation.id, policy);
});

const sendRoute = handle(sendMailboxCode, async ({ activation, policy }, { database }) => {
  await database.transaction(async (tx) => {
    const held = await atStep(tx, activation, 'email');
    await sendActivationMailboxCode(tx, held, await mailboxOf(tx, held));
  });
  return viewOf(database, activation.id, policy);
});

const checkRoute = handle(checkMailboxCode, async ({ activation, body, policy }, { database }) => {
  // The count is committed whatever is answered.
  const tried = await database.transaction(async (tx) => {
    const held = await atStep(tx, activation, 'email');
    const mailbox = await mailboxOf(tx, held);
    const code = held.mailboxCode?.sentTo === mailbox ? held.mailboxCode : undefined;
    const judged = await tryMailboxCode(tx, code, body.code, held.now);
    if (judged.isRight) await proveMailbox(tx, held, mailbox);
    return judged;
  });
  if (!tried.isRight) throw new Problem('code_not_accepted', { extra: { triesLeft: tried.triesLeft } });
  return viewOf(database, activation.id, policy);
});

export const emailStepRoutes = [emailRoute, sendRoute, checkRoute];

/** The mailbox that is due. Raises `wrong_step` while no address was given: that comes first. */
async function mailboxOf(tx: Transaction, held: LockedActivation): Promise<string> {
  const mailbox = dueMailbox(held.activation, await isStepUpDue(tx, held));
  if (mailbox === undefined) throw new Problem('wrong_step', { extra: { step: held.activation.step } });
  return mailbox;
}
