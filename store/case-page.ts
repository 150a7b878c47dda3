import type { ApplicationFacts } from '../domain/application/facts.ts';
import { type ApplicationState, staffMoves } from '../domain/application/lifecycle.ts';
import { timersOf } from '../domain/application/timers.ts';
import type { Actor, CaseKind, TimerName } from '../domain/case.ts';
import type { RecordMatch } from '../domain/people/matching.ts';
import { emailKey } from '../domain/people/normalise.ts';
import { figures } from '../domain/policy/figures.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { SecretEnding } from '../domain/secrets/purposes.ts';
import { includesRole, tableRefusal } from '../domain/transition-table.ts';
import { type CaseListRow, caseListColumns } from './case-list.ts';
import { type CaseRow, caseColumns, factsOf, maySee } from './cases.ts';
import type { Database, Transaction } from './database.ts';
import type { InformationRequest } from './information-requests.ts';
import { guards, ruleOf } from './moves.ts';
import {
  candidatesFor,
  compareCaseWithRecord,
  type RecordRow,
  recordColumns,
  recordsPortal,
} from './patient-records.ts';
import { policyAt } from './portals.ts';
import { Refused } from './refused.ts';

type Queries = Pick<Transaction | Database, 'query' | 'policies'>;
export type StaffActor = Extract<Actor, { kind: 'member' }>;

/** A record that may be the person's, beside what they gave. */
export interface CandidateRow extends RecordMatch {
  mrn: string;
  firstName: string;
  lastName: string;
  practice: string | null;
  deceasedOn: string | null;
  confidential: boolean;
  mergedInto: string | null;
}

/** What a member may do with a case now; `reasons`: one of them is demanded. */
export interface AllowedAction {
  name: string;
  reasons?: string[];
}

/** A case as its page shows it. Nothing in it is a secret; `secret` says what became of the newest access code. */
export interface CasePage extends CaseListRow {
  policyVersion: number;
  matches: CandidateRow[];
  patientRecordId: string | null;
  duplicates: { caseId: string | null; accountId: string | null; label: string }[];
  decidedAt: Date | null;
  secret: SecretOnPage | null;
  timers: { name: TimerName; firesAt: Date }[];
  allowedActions: AllowedAction[];
  earlierCases: { id: string; reference: string; kind: CaseKind; state: ApplicationState; receivedAt: Date }[];
  questions: InformationRequest[];
  account: { id: string; username: string; state: string } | null;
  /** What the engine owes and is owed; `wasTaken`: it has heard of the case. */
  engine: { wasTaken: boolean; isUpToDate: boolean; isDelayed: boolean };
}

interface SecretOnPage {
  purpose: string;
  state: 'live' | SecretEnding;
  issuedAt: Date;
  expiresAt: Date;
  failedAttempts: number;
}

/** Everything a case's page needs for this member. Throws `Refused('not_found')`, also for what their portals hide. */
export async function readCasePage(queries: Queries, caseId: string, actor: StaffActor): Promise<CasePage> {
  const found = await readCase(queries, caseId);
  if (!found || !maySee(actor, found.row.portal)) throw new Refused('not_found');
  const { row, shown, around } = found;
  const policy = await policyAt(queries, row.portal, row.policyVersion);
  const facts = factsOf(row, around);
  return {
    ...shown,
    policyVersion: row.policyVersion,
    matches: await matchesOf(queries, row, shown, policy),
    patientRecordId: row.patientRecordId,
    duplicates: row.flags.includes('possible_duplicate') ? await duplicatesOf(queries, row) : [],
    decidedAt: row.decidedAt,
    secret: around.secret && withDates(around.secret),
    timers: timersOf(facts).map(({ name, firesAt }) => ({ name, firesAt: new Date(firesAt) })),
    allowedActions: allowedActions({
      row,
      facts,
      now: around.now,
      policy,
      actor,
      actorEmail: around.actorEmail(actor.id),
    }),
    earlierCases: await earlierCasesOf(queries, row),
    questions: around.requests,
    account: around.account,
    engine: {
      wasTaken: !around.owesFirstWord,
      isUpToDate: around.outboxSince === null,
      isDelayed:
        around.outboxSince !== null &&
        around.now.getTime() - around.outboxSince.getTime() > figures.engineDelayedAfterSeconds * 1_000,
    },
  };
}
