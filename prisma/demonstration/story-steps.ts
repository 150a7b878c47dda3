import type { ApplicationClaim } from '../../store/applications.ts';
import { databaseNow } from '../../store/clock.ts';
import { askQuestions, storeAnswers } from '../../store/information-requests.ts';
import type { MemberName } from './members.ts';
import { openAccount } from './open-account.ts';
import type { Past } from './past.ts';

/** One thing that happened in a story, at the instant the clock is set to. */
export type Step = (past: Past, story: string) => Promise<void>;

/** Somebody applies online; by MRN: as that record has them, but for what they write differently. */
export const applies =
  (who: string | ApplicationClaim, differently: Partial<ApplicationClaim> = {}): Step =>
  async (past, story) => {
    await past.accept(story, { ...(typeof who === 'string' ? recordOf(past, who).claim : who), ...differently });
  };

/** A member keys in an application made at the office. */
export const isKeyedIn =
  (by: MemberName, mrn: string, differently: Partial<ApplicationClaim> = {}): Step =>
  (past, story) =>
    past.accept(story, { ...recordOf(past, mrn).claim, ...differently }, by);

export const isClaimedBy =
  (member: MemberName): Step =>
  (past, story) =>
    past.move(story, member, { move: 'claim' });

export const isAssignedBy =
  (member: MemberName, to: MemberName): Step =>
  (past, story) =>
    past.move(story, member, { move: 'assign', input: { assignee: past.setting.members[to].id } });

export const isNotedBy =
  (member: MemberName, note: string): Step =>
  (past, story) =>
    past.move(story, member, { move: 'note', note });

export const isAskedBy =
  (member: MemberName, reason: string, questions: readonly string[], message?: string): Step =>
  async (past, story) => {
    await past.move(story, member, { move: 'requestInformation', reason, message, input: { questions } });
    const { tx } = past.setting;
    await askQuestions(tx, past.caseId(story), questions, await databaseNow(tx));
  };

export const answers =
  (...texts: string[]): Step =>
  async (past, story) => {
    await past.move(story, 'person', { move: 'answer', input: { questions: texts } });
    const { tx } = past.setting;
    await storeAnswers(tx, past.caseId(story), texts, await databaseNow(tx));
  };

/** Approved and bound to a record; `reason` where what was claimed differs from it. */
export const isApprovedBy =
  (member: MemberName, mrn: string, said: { reason?: string; note?: string; message?: string } = {}): Step =>
  (past, story) =>
    past.move(story, member, { move: 'approve', ...said, input: { patientRecordId: recordOf(past, mrn).id } });

export const isRejectedBy =
  (member: MemberName, reason: string, note?: string): Step =>
  (past, story) =>
    past.move(story, member, { move: 'reject', reason, note });

export const isReissuedBy =
  (member: MemberName, note: string): Step =>
  (past, story) =>
    past.move(story, member, { move: 'reissue', note });

export const withdraws: Step = (past, story) => past.move(story, 'person', { move: 'withdraw' });
export const renews: Step = (past, story) => past.move(story, 'person', { move: 'renew' });
export const saysNotMe: Step = (past, story) => past.move(story, 'person', { move: 'notMe' });

/** Wrong proofs of the code, as many as the policy bears; then it is dead. */
export const codeIsGuessedAt: Step = async (past, story) => {
  await past.setting.tx.query(
    `UPDATE secrets SET tries = $2 WHERE case_id = $1 AND purpose = 'access_code' AND ended_at IS NULL`,
    [past.caseId(story), past.setting.policy.accessCode.maxTries],
  );
  await past.move(story, 'engine', { move: 'code_burned' });
};

/** An import says that the person of the bound record has died. */
export const importSaysDeceased =
  (mrn: string): Step =>
  async (past, story) => {
    await past.setting.tx.query(
      `UPDATE patient_records SET deceased_on = (gatehouse_now() - interval '2 days')::date, updated_at = gatehouse_now()
       WHERE portal = $1 AND mrn = $2`,
      [past.setting.portal, mrn],
    );
    await past.move(story, 'engine', { move: 'record_changed', input: { revokesSecret: true } });
  };

/** How the relay answers the story's mails from here on. */
export const relayRefuses: Step = async (past, story) =>
  past.relayWill(story, { state: 'refused', problem: '550 mailbox unavailable' });
export const relayIsCutOff: Step = async (past, story) =>
  past.relayWill(story, { state: 'unknown', problem: 'connection lost after DATA' });

/** The six steps, done: the code is used, the account exists. */
export const activates =
  (username: string): Step =>
  (past, story) =>
    openAccount(past, story, username);

function recordOf(past: Past, mrn: string): { id: string; claim: ApplicationClaim } {
  const record = past.setting.records.get(mrn);
  if (!record) throw new Error(`there is no record ${mrn}`);
  return record;
}
