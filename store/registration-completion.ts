import type { Actor } from '../domain/case.ts';
import { duplicateKey } from '../domain/people/duplicates.ts';
import { emailKey, usernameSkeleton } from '../domain/people/normalise.ts';
import { lockReasonOf } from '../domain/registration/record-standing.ts';
import { enrollAccount, openAccount, refuseSignInAddressInUse } from './accounts.ts';
import { writeAudit } from './audit.ts';
import type { Transaction } from './database.ts';
import { accountOfPerson } from './linkable-accounts.ts';
import { moveCase } from './moves.ts';
import { type RecordOfPractice, recordOfPractice } from './record-of-practice.ts';
import { type LockedWalk, lockLink, toStep, type WalkEnding } from './registration-walks.ts';
import { keepSecurityAnswers } from './security-answers.ts';

/**
 * What the last step came to. `username_taken` leads back to the profile; `identify_again` to identification: the record is another by
 * now or says another identity, the account that was found is not the person's any more, or they have got one meanwhile, through
 * another of their practices.
 */
export type Completed =
  | { outcome: 'registered'; username: string }
  | { outcome: 'linked'; practice: string | null }
  | 'username_taken'
  | 'identify_again'
  | { endedAs: WalkEnding };

/** What was accepted, by whom. */
interface Acceptance {
  termsVersion: string;
  actor: Actor;
}

/**
 * The last step: judges everything again, uses up the link and opens the account, or lets the one that was found show one more
 * practice, all in the caller's transaction. Throws as `refuseSignInAddressInUse`.
 */
export async function completeWalk(tx: Transaction, held: LockedWalk, acceptance: Acceptance): Promise<Completed> {
  const { walk, locked, policy, now } = held;
  const record = await recordOfPractice(tx, locked.row.patientRecordId);
  // Before anything is told of the record: whoever was identified by another identity has not shown to be its person.
  if (record && !walk.identifiedAs?.equals(record.identityHash)) return again(tx, walk);
  const reason = record ? lockReasonOf(record, policy, now) : 'record_unusable';
  if (!record || reason) return { endedAs: await lockLink(tx, held, reason) };
  return walk.accountId === null
    ? register(tx, held, record, acceptance)
    : link(tx, held, record, walk.accountId, acceptance);
}

async function register(
  tx: Transaction,
  held: LockedWalk,
  record: RecordOfPractice,
  { termsVersion, actor }: Acceptance,
): Promise<Completed> {
  const { walk, locked, policy, now } = held;
  const { username, passwordHash } = walk;
  if (username === null || !passwordHash) throw new Error('the disclaimer comes after the profile');
  const { portal, caseId, email, language } = walk;
  const found = await accountOfPerson(tx, portal, record, policy.registration);
  if (found) return found.isLinkable ? again(tx, walk) : { endedAs: await lockLink(tx, held, 'person_has_account') };
  await refuseSignInAddressInUse(tx, { portal, email });
  const { firstName, lastName, dateOfBirth } = record;
  const opened = await openAccount(tx, {
    portal,
    caseId,
    patientRecordId: record.id,
    username,
    usernameSkeleton: usernameSkeleton(username),
    firstName,
    lastName,
    dateOfBirth,
    email,
    emailKey: emailKey(email),
    duplicateKey: duplicateKey({ lastName, dateOfBirth, email }),
    passwordHash,
    notifyByEmail: true,
    language,
    termsVersion,
    at: now,
    actor,
  });
  if (opened === 'username_taken') {
    toStep(tx, walk.id, 'profile', null);
    return opened;
  }
  // Another of their links was finished this very moment: identification finds the account now.
  if (opened === 'person_has_account') return again(tx, walk);
  keepSecurityAnswers(tx, opened.id, walk.answers ?? [], now);
  await moveCase(tx, { caseId, move: 'register', actor, locked, input: { accountId: opened.id } });
  return { outcome: 'registered', username };
}

/** Back to identification, which leads elsewhere by now; what was chosen for a new account is forgotten. */
function again(tx: Transaction, { id }: Pick<LockedWalk['walk'], 'id'>): 'identify_again' {
  tx.write('UPDATE registration_walks SET username = NULL, password_hash = NULL, answers = NULL WHERE id = $1', [id]);
  toStep(tx, id, 'identification', null);
  return 'identify_again';
}

async function link(
  tx: Transaction,
  held: LockedWalk,
  record: RecordOfPractice,
  accountId: string,
  { termsVersion, actor }: Acceptance,
): Promise<Completed> {
  const { walk, locked, policy, now } = held;
  const [account] = await tx.query<{ state: string; email: string; language: string }>(
    `SELECT state, email, language FROM accounts WHERE id = $1 AND state <> 'closed' FOR UPDATE`,
    [accountId],
  );
  const found = await accountOfPerson(tx, walk.portal, record, policy.registration);
  const isStillTheirs = found?.accountId === accountId && (found.isLinkable || found.isEnrolledHere);
  if (!account || !isStillTheirs) return again(tx, walk);
  if (account.state === 'suspended') return { endedAs: await lockLink(tx, held, 'account_suspended') };
  await enrollAccount(tx, { accountId, patientRecordId: record.id, caseId: walk.caseId, at: now });
  tx.write('UPDATE accounts SET terms_version = $2, terms_accepted_at = $3 WHERE id = $1', [
    accountId,
    termsVersion,
    now,
  ]);
  writeAudit(tx, {
    at: now,
    actor,
    action: 'practice_linked',
    portal: walk.portal,
    caseId: walk.caseId,
    accountId,
    detail: { termsVersion, practiceId: record.practiceId ?? undefined },
  });
  const { email, language } = account;
  const linkedTo = { email, language, practice: record.practice };
  await moveCase(tx, { caseId: walk.caseId, move: 'link', actor, locked, input: { accountId, linkedTo } });
  return { outcome: 'linked', practice: record.practice };
}
