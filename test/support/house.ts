import pg from 'pg';
import type { ApplicationMove, ApplicationState } from '../../domain/application/lifecycle.ts';
import type { Actor, Role } from '../../domain/case.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { type AcceptedApplication, type ApplicationClaim, acceptApplication } from '../../store/applications.ts';
import { type CaseRow, caseColumns } from '../../store/cases.ts';
import { databaseNow } from '../../store/clock.ts';
import { type Database, openDatabase, type Transaction } from '../../store/database.ts';
import { askQuestions } from '../../store/information-requests.ts';
import { type MoveRequest, moveCase } from '../../store/moves.ts';
import { policyAt } from '../../store/portals.ts';
import { createTestDatabase } from './database.ts';
import { testPolicy } from './policy.ts';
import { addAccount, addMember, addPortal, testKeys } from './seed.ts';
import { type StillClock, stillClock } from './still-clock.ts';

export type Member = Extract<Actor, { kind: 'member' }>;

/** The house without its engine: a database with one portal (`harborview`) and a member of each rank, and a clock that can stand. */
export interface House {
  readonly database: Database;
  readonly owner: pg.Client;
  readonly clock: StillClock;
  readonly clerk: Member;
  readonly reviewer: Member;
  readonly supervisor: Member;
  member(name: string, ...roles: Role[]): Promise<Member>;
  /** Another portal with a policy of its own. */
  portal(id: string, changes: (policy: Policy) => void): Promise<Policy>;
  applies(claim?: Partial<ApplicationClaim>, at?: { portal?: string; actor?: Actor }): Promise<AcceptedApplication>;
  moves(caseId: string, move: ApplicationMove, actor: Actor, more?: Partial<MoveRequest>): Promise<CaseRow>;
  /** A new case, led to a state by moves. */
  caseIn(state: ApplicationState, claim?: Partial<ApplicationClaim>): Promise<CaseRow>;
  row(caseId: string): Promise<CaseRow>;
  query: Database['query'];
  now(): Promise<Date>;
  /** Everything the database holds of a case, to be compared. */
  everythingOf(caseId: string): Promise<Record<string, unknown[]>>;
  close(): Promise<void>;
}

export const engine: Actor = { kind: 'engine' };
export const person: Actor = { kind: 'person' };
export const harborview = 'harborview';

export const adaFerris: ApplicationClaim = {
  firstName: 'Ada',
  lastName: 'Ferris',
  dateOfBirth: '1984-02-29',
  email: 'ada.ferris@mail.example',
  postalCode: '02139',
};

/** Opens it; call it in `beforeAll`, and `close()` in `afterAll`. */
export async function openHouse(
  changes: (policy: Policy) => void = () => {},
  { connections = 10 }: { connections?: number } = {},
): Promise<House> {
  const { appUrl, ownerUrl, drop } = await createTestDatabase();
  const database = openDatabase({ url: appUrl, keys: testKeys(), connections });
  const owner = new pg.Client({ connectionString: ownerUrl });
  owner.on('error', () => {});
  await owner.connect();
  const clock = await stillClock(owner);
  await addPortal(database, harborview, testPolicy(changes));
  const member = async (name: string, ...roles: Role[]): Promise<Member> => ({
    kind: 'member',
    id: await addMember(database, name, roles),
    roles,
  });
  const [clerk, reviewer, supervisor] = await Promise.all([
    member('Cleo Clerk', 'clerk'),
    member('Ana Reviewer', 'reviewer'),
    member('Sue Supervisor', 'supervisor'),
  ]);

  const policyOf = async (tx: Transaction, portal: string): Promise<Policy> => {
    const [found] = await tx.query<{ version: number }>('SELECT policy_version AS version FROM portals WHERE id = $1', [
      portal,
    ]);
    return policyAt(tx, portal, found?.version ?? 0);
  };
  const applies: House['applies'] = (claim = {}, { portal = harborview, actor = person } = {}) =>
    database.transaction(async (tx) =>
      acceptApplication(tx, {
        portal,
        policy: await policyOf(tx, portal),
        claim: { ...adaFerris, ...claim },
        source: actor.kind === 'member' ? 'office' : 'online',
        actor,
      }),
    );
  const moves: House['moves'] = (caseId, move, actor, more = {}) =>
    database.transaction(async (tx) => {
      const moved = await moveCase(tx, { caseId, move, actor, ...more });
      if (move === 'requestInformation') await askQuestions(tx, caseId, more.input?.questions ?? [], moved.updatedAt);
      return moved;
    });
  const row: House['row'] = async (caseId) => {
    const [found] = await database.query<CaseRow & pg.QueryResultRow>(
      `SELECT ${caseColumns} FROM cases c WHERE c.id = $1`,
      [caseId],
    );
    if (!found) throw new Error('no such case');
    return found;
  };

  let people = 0;
  const caseIn: House['caseIn'] = async (state, claim) => {
    people += 1;
    const { id } = await applies({ email: `person.${people}@mail.example`, ...claim });
    for (const step of ways[state]) await steps[step](id);
    return row(id);
  };
  const steps: Record<Step, (id: string) => Promise<unknown>> = {
    claim: (id) => moves(id, 'claim', reviewer),
    requestInformation: (id) =>
      moves(id, 'requestInformation', clerk, { reason: 'need_document', input: { questions: ['Which clinic?'] } }),
    approve: (id) => moves(id, 'approve', reviewer),
    code_issued: (id) => moves(id, 'code_issued', engine, { isEngineWaiting: true }),
    code_sent: (id) => moves(id, 'code_sent', engine, { isEngineWaiting: true }),
    expireNow: (id) => moves(id, 'expireNow', reviewer),
    reject: (id) => moves(id, 'reject', reviewer, { reason: 'not_a_patient' }),
    withdraw: (id) => moves(id, 'withdraw', person),
    activate: async (id) => {
      const { email } = await row(id);
      const accountId = await addAccount(database, harborview, { username: email, email });
      return moves(id, 'activate', person, { input: { accountId } });
    },
    lapsed: async (id) => {
      const before = await databaseNow(database);
      const { closesAt } = await row(id);
      if (!closesAt) throw new Error('an expired case closes');
      const stood = clock.isStill;
      await clock.standAt(closesAt);
      await moves(id, 'lapsed', engine);
      await (stood ? clock.standAt(before) : clock.run());
    },
  };

  return {
    database,
    owner,
    clock,
    clerk,
    reviewer,
    supervisor,
    member,
    portal: async (id, change) => {
      const policy = testPolicy(change);
      await addPortal(database, id, policy);
      return policy;
    },
    applies,
    moves,
    caseIn,
    row,
    query: (sql, params) => database.query(sql, params),
    now: () => databaseNow(database),
    everythingOf: async (caseId) => {
      const entries = await Promise.all(
        tablesOfCase.map(async ([table, column]) => {
          const rows = await database.query(`SELECT to_jsonb(t) AS r FROM ${table} t WHERE ${column} = $1 ORDER BY 1`, [
            caseId,
          ]);
          return [table, rows] as const;
        }),
      );
      return Object.fromEntries(entries);
    },
    close: async () => {
      await owner.end();
      await database.close();
      await drop();
    },
  };
}

type Step =
  | 'claim'
  | 'requestInformation'
  | 'approve'
  | 'code_issued'
  | 'code_sent'
  | 'expireNow'
  | 'reject'
  | 'withdraw'
  | 'activate'
  | 'lapsed';

const toSent = ['claim', 'approve', 'code_issued', 'code_sent'] as const;
const ways: Record<ApplicationState, readonly Step[]> = {
  submitted: [],
  in_review: ['claim'],
  waiting_on_applicant: ['claim', 'requestInformation'],
  approved: ['claim', 'approve', 'code_issued'],
  code_sent: toSent,
  expired: [...toSent, 'expireNow'],
  activated: [...toSent, 'activate'],
  rejected: ['claim', 'reject'],
  withdrawn: ['withdraw'],
  closed: [...toSent, 'expireNow', 'lapsed'],
};

const tablesOfCase = [
  ['cases', 'id'],
  ['applications', 'case_id'],
  ['decisions', 'case_id'],
  ['information_requests', 'case_id'],
  ['secrets', 'case_id'],
  ['activations', 'case_id'],
  ['messages', 'case_id'],
  ['staff_tasks', 'case_id'],
  ['audit_entries', 'case_id'],
  ['outbox', 'case_id'],
] as const;
