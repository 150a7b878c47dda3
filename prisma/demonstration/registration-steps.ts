import { writeAudit } from '../../store/audit.ts';
import { lockCase } from '../../store/cases.ts';
import { completeWalk } from '../../store/registration-completion.ts';
import { identify } from '../../store/registration-identification.ts';
import { type LockedWalk, lockWalk, toStep, walkById } from '../../store/registration-walks.ts';
import { newToken } from '../../store/sessions.ts';
import type { MemberName } from './members.ts';
import type { Past } from './past.ts';
import type { Step } from './story-steps.ts';

const person = { kind: 'person' } as const;

/** A member sends a registration e-mail to a record; to another address with a reason. */
export const isInvitedBy =
  (member: MemberName, mrn: string, elsewhere: { email?: string; reason?: string; note?: string } = {}): Step =>
  (past, story) =>
    past.invite(story, member, mrn, elsewhere);

export const isResentBy =
  (member: MemberName, note?: string): Step =>
  (past, story) =>
    past.move(story, member, { move: 'resend', note });

export const isCancelledBy =
  (member: MemberName, reason: string, note?: string): Step =>
  (past, story) =>
    past.move(story, member, { move: 'cancel', reason, note });

/** The person opens the link and looks. */
export const opensTheLink: Step = async (past, story) => {
  await beginWalk(past, story);
};

/** The person identifies as the record has them, and leaves it at that. */
export const identifies: Step = async (past, story) => {
  await identified(past, story);
};

/** Wrong ZIP codes, as many as the policy bears; then the link is locked. */
export const cannotIdentify: Step = async (past, story) => {
  const walkId = await beginWalk(past, story);
  const { tx, policy } = past.setting;
  for (let wrong = 0; wrong < policy.registration.identityTries; wrong += 1) {
    const held = await locked(past, walkId);
    await identify(tx, held, { ...held.locked.row, postalCode: '99999' }, person);
  }
};

/** The whole way to an account: profile with two security questions, disclaimer, done. */
export const registers =
  (username: string): Step =>
  async (past, story) => {
    const { tx, passwordHash, securityAnswers } = past.setting;
    const walkId = await identified(past, story);
    await tx.query(
      `UPDATE registration_walks SET step = 'disclaimer', username = $2, password_hash = $3, answers = $4 WHERE id = $1`,
      [walkId, username, passwordHash, JSON.stringify(securityAnswers)],
    );
    await complete(past, walkId);
  };

/** The person has an account through another practice and adds this one to it. */
export const addsThePractice: Step = async (past, story) => {
  const walkId = await identified(past, story);
  const { accountId } = await walkById(past.setting.tx, walkId);
  if (accountId === null) throw new Error('no account was found');
  toStep(past.setting.tx, walkId, 'disclaimer', accountId);
  await complete(past, walkId);
};

/** A walk from its link on, as the API begins it. */
async function beginWalk({ setting: { tx }, caseId }: Past, story: string): Promise<string> {
  const { row, facts, now } = await lockCase(tx, caseId(story));
  if (!facts.openSecret) throw new Error('there is no live link');
  await tx.query('UPDATE registrations SET opened_at = COALESCE(opened_at, $2) WHERE case_id = $1', [row.id, now]);
  await tx.query(
    `UPDATE registration_walks SET ended_at = $2, ended_as = 'superseded' WHERE secret_id = $1 AND ended_at IS NULL`,
    [facts.openSecret.id, now],
  );
  const [walk] = await tx.query<{ id: string }>(
    `INSERT INTO registration_walks (portal, case_id, secret_id, token_hash, step, started_at, ends_at)
     VALUES ($1, $2, $3, $4, 'identification', $5, LEAST($5::timestamptz + interval '1 day', $6)) RETURNING id`,
    [row.portal, row.id, facts.openSecret.id, newToken().hash, now, facts.openSecret.expiresAt],
  );
  if (!walk) throw new Error('an inserted walk has an id');
  writeAudit(tx, { at: now, actor: person, action: 'registration_started', portal: row.portal, caseId: row.id });
  return walk.id;
}

async function identified(past: Past, story: string): Promise<string> {
  const walkId = await beginWalk(past, story);
  const held = await locked(past, walkId);
  const record = [...past.setting.records.values()].find(({ id }) => id === held.locked.row.patientRecordId);
  if (!record) throw new Error('the story has no record');
  const done = await identify(past.setting.tx, held, record.claim, person);
  if (done !== 'passed') throw new Error(`the person could not identify: ${JSON.stringify(done)}`);
  return walkId;
}

async function complete(past: Past, walkId: string): Promise<void> {
  const { tx, policy } = past.setting;
  const done = await completeWalk(tx, await locked(past, walkId), {
    termsVersion: policy.terms.version,
    actor: person,
  });
  if (typeof done === 'string' || 'endedAs' in done) throw new Error(`not completed: ${JSON.stringify(done)}`);
}

async function locked({ setting: { tx } }: Past, walkId: string): Promise<LockedWalk> {
  const held = await lockWalk(tx, await walkById(tx, walkId));
  if (!held) throw new Error('the walk does not run');
  return held;
}
