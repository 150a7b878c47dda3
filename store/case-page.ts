import type { Actor, CaseKind, TimerName } from '../domain/case.ts';
import type { CaseFacts } from '../domain/case-facts.ts';
import type { CaseStaffMove, CaseState } from '../domain/case-names.ts';
import { lifecycles } from '../domain/lifecycles.ts';
import type { RecordMatch } from '../domain/people/matching.ts';
import { figures } from '../domain/policy/figures.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { SecretEnding } from '../domain/secrets/purposes.ts';
import { includesRole, tableRefusal } from '../domain/transition-table.ts';
import {
  type CaseListRow,
  type CaseSubjectRow,
  kindJoins,
  type ProgressColumns,
  progressColumns,
  progressOf,
  type SlaBand,
  slaSql,
  subjectSql,
} from './case-list.ts';
import { type CaseRow, caseColumns, factsOf, isCaseSecretSql, isRecordUsableSql, maySee } from './cases.ts';
import type { Database, Transaction } from './database.ts';
import { type InformationRequest, informationRequestsOf } from './information-requests.ts';
import { isOwnApplication, latestExtension } from './move-conditions.ts';
import { guards, ruleOf } from './moves.ts';
import {
  candidatesFor,
  compareCaseWithRecord,
  type RecordRow,
  type RecordTrouble,
  recordColumns,
  recordsPortal,
  recordTroublesOf,
} from './patient-records.ts';
import { policyAt } from './portals.ts';
import { Refused } from './refused.ts';

type Queries = Pick<Transaction | Database, 'query' | 'policies'>;
type StaffActor = Extract<Actor, { kind: 'member' }>;

/** A record that may be the person's, beside what they gave. */
export interface CandidateRow extends RecordMatch {
  mrn: string;
  firstName: string;
  lastName: string;
  practice: string | null;
  deceasedOn: string | null;
  confidential: boolean;
  mergedInto: string | null;
  /** Why it cannot be bound to the case; null when it can. */
  trouble: RecordTrouble | null;
}

/** What a member may do with a case now; `reasons`: one of them is demanded. */
export interface AllowedAction {
  name: CaseStaffMove;
  reasons?: string[];
  /** One of them may be given. */
  mayGive?: string[];
  /** Refused without a patient record. */
  needsRecord?: boolean;
  /** How far `extend` reaches. */
  latest?: Date;
}

/** A case as its page shows it. Nothing in it is a secret; `secret` says what became of the newest access code or link. */
export interface CasePage extends CaseListRow {
  policyVersion: number;
  matches: CandidateRow[];
  patientRecordId: string | null;
  duplicates: { caseId: string | null; accountId: string | null; label: string }[];
  decidedAt: Date | null;
  secret: SecretOnPage | null;
  timers: { name: TimerName; firesAt: Date }[];
  allowedActions: AllowedAction[];
  earlierCases: { id: string; reference: string; kind: CaseKind; state: CaseState; receivedAt: Date }[];
  questions: InformationRequest[];
  account: { id: string; username: string; state: string } | null;
  engine: EngineStanding;
}

interface SecretOnPage {
  purpose: string;
  state: 'live' | SecretEnding;
  issuedAt: Date;
  expiresAt: Date;
  failedAttempts: number;
}

/** What we know of the engine without asking it. */
export interface EngineStanding {
  /** It has heard of the case. */
  wasTold: boolean;
  /** Nothing is owed to it. */
  isUpToDate: boolean;
  /** What it is owed waits for more than 5 s. */
  isDelayed: boolean;
}

interface Found extends CaseRow, ProgressColumns {
  now: Date;
  subject: CaseSubjectRow;
  assigneeName: string | null;
  sla: SlaBand | null;
  secretPurpose: string | null;
  secretIssuedAt: Date | null;
  secretExpiresAt: Date | null;
  secretEndedAs: SecretEnding | null;
  secretId: string | null;
  failedAttempts: number;
  account: { id: string; username: string; state: string } | null;
  owedSince: Date | null;
  owesFirstWord: boolean;
  actorEmail: string | null;
  isRecordUsable: boolean;
  isOvertaken: boolean;
}

/** Everything a case's page needs for this member. Throws `Refused('not_found')`, also for what their portals hide. */
export async function readCasePage(queries: Queries, caseId: string, actor: StaffActor): Promise<CasePage> {
  const found = await findCase(queries, caseId, actor.id);
  if (!found || !maySee(actor, found.portal)) throw new Refused('not_found');
  const policy = await policyAt(queries, found.portal, found.policyVersion);
  const questions = await informationRequestsOf(queries, caseId);
  const facts = factsOf(found, {
    ...openSecretOf(found),
    questions: questions.at(-1)?.questions ?? null,
    isRecordUsable: found.isRecordUsable,
  });
  return {
    ...listedPart(found),
    policyVersion: found.policyVersion,
    matches: await matchesOf(queries, found, policy),
    patientRecordId: found.patientRecordId,
    duplicates: found.flags.includes('possible_duplicate') ? await duplicatesOf(queries, found) : [],
    decidedAt: found.decidedAt,
    secret: secretOf(found),
    timers: lifecycles[found.kind].timersOf(facts).map(({ name, firesAt }) => ({ name, firesAt: new Date(firesAt) })),
    allowedActions: allowedActions(found, facts, policy, actor, await isOwn(queries, found)),
    earlierCases: await earlierCasesOf(queries, found),
    questions,
    account: found.account,
    engine: standingOf(found),
  };
}

/** Throws `Refused('not_found')` when there is no such case, or the member's portals hide it. */
export async function refuseUnseenCase(queries: Queries, caseId: string, actor: StaffActor): Promise<void> {
  const [found] = await queries.query<{ portal: string }>('SELECT portal FROM cases WHERE id = $1', [caseId]);
  if (!found || !maySee(actor, found.portal)) throw new Refused('not_found');
}

/** Where a case stands with the engine. Throws `Refused('not_found')`, also for what the member's portals hide. */
export async function readEngineStanding(
  queries: Queries,
  caseId: string,
  actor: StaffActor,
): Promise<EngineStanding & { kind: CaseKind }> {
  const found = await findCase(queries, caseId, actor.id);
  if (!found || !maySee(actor, found.portal)) throw new Refused('not_found');
  return { ...standingOf(found), kind: found.kind };
}

async function findCase(queries: Queries, caseId: string, actorId: string): Promise<Found | undefined> {
  const [found] = await queries.query<Found & Record<string, unknown>>(
    `SELECT ${caseColumns}, gatehouse_now() AS now, ${subjectSql} AS subject, m.name AS "assigneeName", ${slaSql} AS sla,
       ${progressColumns}, ${isRecordUsableSql} AS "isRecordUsable",
       s.id AS "secretId", s.purpose AS "secretPurpose", s.issued_at AS "secretIssuedAt", s.expires_at AS "secretExpiresAt",
       s.ended_as AS "secretEndedAs", COALESCE(s.tries + s.identity_tries, 0) AS "failedAttempts",
       CASE WHEN t.id IS NOT NULL THEN jsonb_build_object('id', t.id, 'username', t.username, 'state', t.state) END AS account,
       o.since AS "owedSince", COALESCE(o.first, false) AS "owesFirstWord", ${isOvertakenSql} AS "isOvertaken",
       (SELECT email FROM members WHERE id = $2) AS "actorEmail"
     FROM cases c
     ${kindJoins}
     LEFT JOIN members m ON m.id = c.assignee
     LEFT JOIN accounts t ON t.id = c.account_id
     LEFT JOIN LATERAL (SELECT * FROM secrets s WHERE case_id = c.id AND ${isCaseSecretSql}
       ORDER BY (ended_at IS NULL) DESC, issued_at DESC, ended_at DESC LIMIT 1) s ON true
     LEFT JOIN LATERAL (SELECT min(created_at) FILTER (WHERE NOT bulk) AS since, bool_or(created_at = c.received_at) AS first
       FROM outbox WHERE case_id = c.id) o ON true
     WHERE c.id = $1`,
    [caseId, actorId],
  );
  return found;
}

/** The code or link that has not ended, as the rules want it; it may be past its time. */
function openSecretOf({ secretId, secretEndedAs, secretIssuedAt, secretExpiresAt }: Found) {
  const isOpen = secretId !== null && secretEndedAs === null;
  return {
    secretId: isOpen ? secretId : null,
    secretIssuedAt: isOpen ? secretIssuedAt : null,
    secretExpiresAt: isOpen ? secretExpiresAt : null,
  };
}

function listedPart(found: Found): CaseListRow {
  const { id, reference, kind, portal, state, version, subject, source, assigneeId, assigneeName, waitingOn } = found;
  const { receivedAt, updatedAt, dueAt, lateAt, sla, flags } = found;
  const expiresAt = found.expiresAt ?? found.closesAt;
  return {
    ...{ id, reference, kind, portal, state, version, subject, source, assignee: assigneeId, assigneeName, waitingOn },
    ...{ receivedAt, updatedAt, dueAt, lateAt, expiresAt, sla, flags },
    registration: progressOf(found),
  };
}

function secretOf(found: Found): SecretOnPage | null {
  const { now, secretPurpose, secretIssuedAt, secretExpiresAt, secretEndedAs, failedAttempts } = found;
  if (!secretPurpose || !secretIssuedAt || !secretExpiresAt) return null;
  return {
    purpose: secretPurpose,
    state: secretEndedAs ?? (secretExpiresAt > now ? 'live' : 'expired'),
    issuedAt: secretIssuedAt,
    expiresAt: secretExpiresAt,
    failedAttempts,
  };
}

function standingOf({ now, owedSince, owesFirstWord }: Found): EngineStanding {
  const waitedMs = owedSince ? now.getTime() - owedSince.getTime() : 0;
  return {
    wasTold: !owesFirstWord,
    isUpToDate: owedSince === null && !owesFirstWord,
    isDelayed: waitedMs > figures.engineDelayedAfterSeconds * 1_000,
  };
}

/** What table, guards and the rules about persons let this member do now; what a move needs besides is judged when it is made. */
function allowedActions(
  found: Found,
  facts: CaseFacts<CaseState>,
  policy: Policy,
  actor: StaffActor,
  isOwnCase: boolean,
): AllowedAction[] {
  return lifecycles[found.kind].staffMoves.flatMap((name): AllowedAction[] => {
    const rule = ruleOf(found, name);
    if (!rule || tableRefusal(rule, actor, rule.reasons?.[0])) return [];
    if (rule.guard && !guards[rule.guard]({ row: found, facts, now: found.now }, policy)) return [];
    if (isOwnCase && decisions.includes(name)) return [];
    if (found.isOvertaken && sendsAnew.includes(name)) return [];
    if (!isTheirs(name, found, policy, actor)) return [];
    return [
      {
        name,
        ...(rule.reasons && { reasons: [...rule.reasons] }),
        ...(rule.mayGive && { mayGive: [...rule.mayGive] }),
        ...(name === 'approve' && policy.application.recordRequired && { needsRecord: true }),
        ...(name === 'extend' && { latest: latestExtension({ facts, now: found.now }, policy) }),
      },
    ];
  });
}

/** What is refused while another registration of the same record is open: that one is worked (`refuseUnregistrable`). */
const sendsAnew: readonly CaseStaffMove[] = ['resend', 'correctAddress'];

/** Whether a registration `c` that may be over was begun once more. */
const isOvertakenSql = `(c.kind = 'registration' AND EXISTS (SELECT 1 FROM cases n WHERE n.patient_record_id = c.patient_record_id
  AND n.kind = 'registration' AND n.portal = c.portal AND n.waiting_on IS NOT NULL AND n.id <> c.id))`;

/** What nobody does to their own application (security.md). */
const decisions: readonly CaseStaffMove[] = ['approve', 'reject', 'revoke'];

async function isOwn(queries: Queries, found: Found): Promise<boolean> {
  return found.actorEmail !== null && isOwnApplication(queries, found, found.actorEmail);
}

/** The other rules that name persons (403 `not_yours_to_do` when broken): one's own claim, four eyes. */
function isTheirs(name: CaseStaffMove, found: Found, policy: Policy, actor: StaffActor): boolean {
  if (name === 'release') return found.assigneeId === actor.id || includesRole(actor.roles, 'supervisor');
  return (
    name !== 'approve' || !policy.application.fourEyes || ![found.createdBy, found.lastEditedBy].includes(actor.id)
  );
}

/** The likeliest records first, and the one the case is bound to among them; a registration was sent to that one alone. */
async function matchesOf(queries: Queries, found: Found, policy: Policy): Promise<CandidateRow[]> {
  const isChosen = found.kind === 'registration';
  const candidates = isChosen ? [] : await candidatesFor(queries, recordsPortal(found.portal, policy), found.subject);
  const bound = found.patientRecordId;
  if (bound !== null && !candidates.some(({ record }) => record.id === bound)) {
    const record = await findRecord(queries, bound);
    if (record) candidates.unshift({ match: await compareCaseWithRecord(queries, found.id, bound), record });
  }
  return candidateRows(queries, candidates, found, policy);
}

/** Records beside what a case's person gave, each with why it cannot be bound. */
export async function candidateRows(
  queries: Queries,
  candidates: readonly { match: RecordMatch; record: RecordRow }[],
  row: Pick<CaseRow, 'id' | 'portal' | 'accountId'>,
  policy: Policy,
): Promise<CandidateRow[]> {
  const records = candidates.map(({ record }) => record);
  const [practices, troubles] = await Promise.all([
    practiceNames(
      queries,
      records.map(({ practiceId }) => practiceId),
    ),
    recordTroublesOf(queries, records, row, policy),
  ]);
  return candidates.map(({ match, record }) => ({
    ...match,
    mrn: record.mrn,
    firstName: record.firstName,
    lastName: record.lastName,
    practice: practices.get(record.practiceId ?? '') ?? null,
    deceasedOn: record.deceasedOn,
    confidential: record.confidential,
    mergedInto: record.mergedInto,
    trouble: troubles.get(record.id) ?? null,
  }));
}

async function findRecord(queries: Queries, id: string): Promise<RecordRow | undefined> {
  const sql = `SELECT ${recordColumns} FROM patient_records r WHERE r.id = $1`;
  const [record] = await queries.query<RecordRow & Record<string, unknown>>(sql, [id]);
  return record;
}

async function practiceNames(queries: Queries, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = ids.filter((id) => id !== null);
  if (known.length === 0) return new Map();
  const rows = await queries.query<{ id: string; name: string }>('SELECT id, name FROM practices WHERE id = ANY($1)', [
    known,
  ]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const linksShown = 20;

/** What the possible duplicate is one of: open cases, and accounts that are not closed. */
async function duplicatesOf(queries: Queries, { id, portal, duplicateKey, accountId, patientRecordId }: Found) {
  return queries.query<CasePage['duplicates'][number]>(
    `(SELECT id AS "caseId", NULL::uuid AS "accountId", reference AS label FROM cases
      WHERE portal = $2 AND duplicate_key = $3 AND id <> $1 AND waiting_on IS NOT NULL ORDER BY received_at LIMIT ${linksShown})
     UNION ALL
     (SELECT NULL, id, username FROM accounts
      WHERE portal = $2 AND state <> 'closed' AND id IS DISTINCT FROM $4 AND id = ANY(ARRAY(
        SELECT id FROM accounts WHERE portal = $2 AND duplicate_key = $3
        UNION SELECT a.id FROM accounts a JOIN patient_records r ON r.person_id = a.person_id WHERE r.id = $5
        UNION SELECT account_id FROM enrollments WHERE patient_record_id = $5 AND ended_at IS NULL))
      ORDER BY id LIMIT ${linksShown})`,
    [id, portal, duplicateKey, accountId, patientRecordId],
  );
}

/** What the same person began before: same address, date of birth and name, or bound to the same record. Newest first. */
async function earlierCasesOf(queries: Queries, { id, portal, duplicateKey, patientRecordId, receivedAt }: Found) {
  return queries.query<CasePage['earlierCases'][number]>(
    `SELECT id, reference, kind, state, received_at AS "receivedAt" FROM cases
     WHERE portal = $2 AND id <> $1 AND received_at <= $5
       AND (duplicate_key = $3 OR ($4::uuid IS NOT NULL AND patient_record_id = $4))
     ORDER BY received_at DESC, id LIMIT ${linksShown}`,
    [id, portal, duplicateKey, patientRecordId, receivedAt],
  );
}
