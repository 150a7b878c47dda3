import type { Actor } from '../domain/case.ts';
import { type Identity, isSameIdentity } from '../domain/registration/identity.ts';
import { offeredProofs } from '../domain/registration/link-proofs.ts';
import type { LockReason } from '../domain/registration/reasons.ts';
import { lockReasonOf } from '../domain/registration/record-standing.ts';
import { writeAudit } from './audit.ts';
import type { Transaction } from './database.ts';
import { accountOfPerson } from './linkable-accounts.ts';
import { moveCase } from './moves.ts';
import { type RecordOfPractice, recordOfPractice } from './record-of-practice.ts';
import { type LockedWalk, lockLink, toStep, type WalkEnding } from './registration-walks.ts';
import { securityAnswersOf } from './security-answers.ts';

/** A try to identify: passed, wrong, or right and yet the end, for what the record or an account says by now. */
export type Identified = 'passed' | { triesLeft: number; endedAs?: never } | { endedAs: WalkEnding; triesLeft?: never };

/**
 * Judges names, date of birth and ZIP code by the record as it stands now. Under the case's lock, so that tries side by side
 * count one after the other; the count comes before the comparison, and a right one gives it back. At the policy's last wrong
 * try the link is locked. What stands in the way is told to nobody but whom the record is of.
 */
export async function identify(tx: Transaction, held: LockedWalk, typed: Identity, actor: Actor): Promise<Identified> {
  const { walk, locked, policy, now } = held;
  const [counted] = await tx.query<{ tries: number }>(
    'UPDATE secrets SET identity_tries = identity_tries + 1 WHERE id = $1 RETURNING identity_tries AS tries',
    [walk.secretId],
  );
  const triesLeft = Math.max(0, policy.registration.identityTries - (counted?.tries ?? 0));
  const record = await recordOfPractice(tx, locked.row.patientRecordId);
  if (!record || !isSameIdentity(typed, record, policy.registration)) {
    writeAudit(tx, {
      at: now,
      actor,
      action: 'identity_refused',
      portal: walk.portal,
      caseId: walk.caseId,
      detail: { tries: counted?.tries },
    });
    if (triesLeft === 0) await lockLink(tx, held);
    return { triesLeft };
  }
  tx.write('UPDATE secrets SET identity_tries = identity_tries - 1 WHERE id = $1', [walk.secretId]);
  const way = await wayOn(tx, held, record);
  if (way.reason !== undefined) return { endedAs: await lockLink(tx, held, way.reason) };
  tx.write('UPDATE registration_walks SET identified_as = $2 WHERE id = $1', [walk.id, record.identityHash]);
  toStep(tx, walk.id, way.accountId === null ? 'profile' : 'verification', way.accountId);
  tx.write('UPDATE registrations SET identified_at = $2 WHERE case_id = $1 AND identified_at IS NULL', [
    walk.caseId,
    now,
  ]);
  if (locked.row.state !== 'identified') await moveCase(tx, { caseId: walk.caseId, move: 'identify', actor, locked });
  return 'passed';
}

/** Where identification leads: to a new account (`accountId` null), to one that was found, or to nothing. */
async function wayOn(
  tx: Transaction,
  { walk, policy, now }: LockedWalk,
  record: RecordOfPractice,
): Promise<{ accountId: string | null; reason?: never } | { reason: LockReason }> {
  const reason = lockReasonOf(record, policy, now);
  if (reason) return { reason };
  const account = await accountOfPerson(tx, walk.portal, record, policy.registration);
  if (!account) return { accountId: null };
  if (!account.isLinkable) return { reason: 'person_has_account' };
  const answers = await securityAnswersOf(tx, account.accountId);
  // Where only answers count and the account has none, nobody could go on: staff help.
  const canBeProven = offeredProofs(policy.registration.linkProof, answers.length > 0).length > 0;
  return canBeProven ? { accountId: account.accountId } : { reason: 'person_has_account' };
}
