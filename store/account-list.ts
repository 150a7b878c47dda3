import type { Actor } from '../domain/case.ts';
import { emailKey, usernameSkeleton } from '../domain/people/normalise.ts';
import { type AccountActionName, type AccountState, accountRules } from './account-actions.ts';
import { maySee } from './cases.ts';
import type { Database, Transaction } from './database.ts';
import { Conditions, inPattern, type ListPage, type PageAsked, readPage } from './list-page.ts';
import { Refused } from './refused.ts';

type Queries = Pick<Transaction | Database, 'query'>;
type StaffActor = Extract<Actor, { kind: 'member' }>;

/** What lists show of an account. */
export interface AccountListRow {
  id: string;
  version: number;
  portal: string;
  username: string;
  email: string;
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  state: AccountState;
  createdAt: Date;
}

export interface AccountListAsked extends PageAsked {
  sort: 'createdAt' | 'username';
  filters: {
    portal?: readonly string[] | undefined;
    state?: readonly AccountState[] | undefined;
    /** Enrolled with this record now or before. */
    patientRecordId?: readonly string[] | undefined;
  };
  portals: readonly string[] | undefined;
}

/** An account as its page shows it. */
export interface AccountPage extends AccountListRow {
  limited: boolean;
  passwordChangedAt: Date;
  failedSignIns: number;
  signInWaitsTo: Date | null;
  lastSignInAt: Date | null;
  notifyByEmail: boolean;
  language: string;
  termsVersion: string;
  termsAcceptedAt: Date;
  caseId: string | null;
  enrollments: {
    id: string;
    patientRecordId: string;
    practice: string | null;
    enrolledAt: Date;
    endedAt: Date | null;
  }[];
  /** What the state alone would let staff do; permissions are the caller's matter. */
  possibleActions: AccountActionName[];
}

const listColumns = `t.id, t.version, t.portal, t.username, t.email, t.first_name AS "firstName", t.last_name AS "lastName",
  t.date_of_birth AS "dateOfBirth", t.state, t.created_at AS "createdAt"`;

const sorts = { createdAt: 't.created_at', username: 't.username_skeleton' } as const;

/** Accounts; `q` is an e-mail address, or parts of username and names. */
export async function listAccounts(queries: Queries, asked: AccountListAsked): Promise<ListPage<AccountListRow>> {
  const { filters, ids, q, portals, sort, order } = asked;
  const conditions = new Conditions();
  conditions.withinPortals('t.portal', portals);
  conditions.oneOf('t.id', ids, 'uuid');
  conditions.oneOf('t.portal', filters.portal);
  conditions.oneOf('t.state', filters.state);
  if (filters.patientRecordId) conditions.add(enrolledSql(conditions, filters.patientRecordId));
  if (q !== undefined) conditions.add(searchSql(conditions, q));
  const { where, params } = conditions;
  return readPage(
    asked,
    async (limit, offset) =>
      queries.query<AccountListRow & Record<string, unknown>>(
        `SELECT ${listColumns} FROM accounts t WHERE ${where} ORDER BY ${sorts[sort]} ${order}, t.id ${order} LIMIT ${limit} OFFSET ${offset}`,
        params,
      ),
    async (upTo) => {
      const [row] = await queries.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM (SELECT 1 FROM accounts t WHERE ${where} LIMIT ${upTo}) AS counted`,
        params,
      );
      return row?.n ?? 0;
    },
  );
}

function enrolledSql(conditions: Conditions, recordIds: readonly string[]): string {
  const wanted = conditions.param(recordIds);
  return `t.id IN (SELECT account_id FROM enrollments WHERE patient_record_id = ANY(${wanted}::uuid[]))`;
}

function searchSql(conditions: Conditions, q: string): string {
  if (q.includes('@')) return `t.email_key LIKE ${conditions.param(`${inPattern(emailKey(q))}%`)}`;
  const skeleton = `t.username_skeleton LIKE ${conditions.param(`${inPattern(usernameSkeleton(q))}%`)}`;
  const words = q.split(/\s+/).map((word) => {
    const pattern = conditions.param(`${inPattern(word)}%`);
    return `(t.first_name ILIKE ${pattern} OR t.last_name ILIKE ${pattern} OR t.username ILIKE ${pattern})`;
  });
  return `(${skeleton} OR (${words.join(' AND ')}) OR t.email_key LIKE ${conditions.param(`${inPattern(emailKey(q))}%`)})`;
}

const accountActionNames = Object.keys(accountRules) as AccountActionName[];

interface FoundAccount extends Omit<AccountPage, 'possibleActions' | 'enrollments'> {
  enrollments: (Pick<AccountPage['enrollments'][number], 'id' | 'patientRecordId' | 'practice'> & {
    enrolledAt: string;
    endedAt: string | null;
  })[];
}

/** Everything an account's page needs. Throws `Refused('not_found')`, also for what the member's portals hide. */
export async function readAccountPage(queries: Queries, accountId: string, actor: StaffActor): Promise<AccountPage> {
  const [found] = await queries.query<FoundAccount & Record<string, unknown>>(
    `SELECT ${listColumns}, t.password_set_at AS "passwordChangedAt", t.login_failures AS "failedSignIns",
       t.login_waits_to AS "signInWaitsTo", t.notify_by_email AS "notifyByEmail", t.language, t.terms_version AS "termsVersion",
       t.terms_accepted_at AS "termsAcceptedAt",
       (SELECT max(started_at) FROM sessions WHERE account_id = t.id) AS "lastSignInAt",
       (SELECT id FROM cases WHERE account_id = t.id ORDER BY received_at LIMIT 1) AS "caseId",
       NOT EXISTS (SELECT 1 FROM enrollments WHERE account_id = t.id AND ended_at IS NULL) AS limited,
       COALESCE((SELECT jsonb_agg(jsonb_build_object('id', n.id, 'patientRecordId', n.patient_record_id,
         'practice', p.name, 'enrolledAt', n.created_at, 'endedAt', n.ended_at) ORDER BY n.created_at, n.id)
         FROM enrollments n LEFT JOIN practices p ON p.id = n.practice_id WHERE n.account_id = t.id), '[]') AS enrollments
     FROM accounts t WHERE t.id = $1`,
    [accountId],
  );
  if (!found || !maySee(actor, found.portal)) throw new Refused('not_found');
  const enrollments = found.enrollments.map(({ enrolledAt, endedAt, ...rest }) => ({
    ...rest,
    enrolledAt: new Date(enrolledAt),
    endedAt: endedAt === null ? null : new Date(endedAt),
  }));
  return {
    ...found,
    enrollments,
    possibleActions: accountActionNames.filter((name) => accountRules[name].from.includes(found.state)),
  };
}
