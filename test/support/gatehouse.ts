import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, type WorkflowHandle } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes.js';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { ParsedMail } from 'mailparser';
import pg from 'pg';
import { createActivities, deliverMail } from '../../activities/index.ts';
import { findTimeSkippingServer } from '../../dev/time-skipping-server.ts';
import type { ApplicationMove } from '../../domain/application/lifecycle.ts';
import type { Actor, CaseKind, Role } from '../../domain/case.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { dataConverter, failureConverterPath } from '../../engine/data-converter.ts';
import { campaignWorkflowId, taskQueue, workflowId } from '../../engine/names.ts';
import { searchAttributes } from '../../engine/search-attributes.ts';
import { wakeCase } from '../../engine/wake.ts';
import { wakeCampaign } from '../../engine/wake-campaign.ts';
import { createMailTransport } from '../../mail/transport.ts';
import { type AcceptedApplication, type ApplicationClaim, acceptApplication } from '../../store/applications.ts';
import { campaignSnapshotsOf } from '../../store/campaign-snapshots.ts';
import { type CaseRow, caseColumns } from '../../store/cases.ts';
import { databaseNow } from '../../store/clock.ts';
import { type Database, openDatabase, type Transaction } from '../../store/database.ts';
import { codecKeys, type KeyRing } from '../../store/key-ring.ts';
import { type MoveRequest, moveCase } from '../../store/moves.ts';
import { leaseOutbox, settleOutbox } from '../../store/outbox.ts';
import { currentPolicy } from '../../store/portals.ts';
import { snapshotsOf } from '../../store/snapshots.ts';
import { createTestDatabase } from './database.ts';
import { type MailSink, startMailSink } from './mail-sink.ts';
import { testPolicy } from './policy.ts';
import { addMember, addPolicy, addPortal, testKeys } from './seed.ts';

export const portal = 'harborview';
export const day = 86_400_000;

/** Everything real but the clock: workflow, activities, PostgreSQL, SMTP; time skips in engine and database together. */
export interface Gatehouse {
  readonly database: Database;
  readonly owner: pg.Client;
  readonly environment: TestWorkflowEnvironment;
  readonly sink: MailSink;
  /** Puts another policy into force; running cases keep theirs. */
  policy(changes: (policy: Policy) => void): Promise<Policy>;
  member(name: string, ...roles: Role[]): Promise<Extract<Actor, { kind: 'member' }>>;
  applies(claim?: Partial<ApplicationClaim>): Promise<AcceptedApplication>;
  /** Makes a move at once, in a transaction of its own; the engine hears of it as in production. */
  moves(caseId: string, move: ApplicationMove, actor: Actor, more?: Partial<MoveRequest>): Promise<CaseRow>;
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  /** Waits until outbox and ledger are idle and the run knows the row. */
  idle(caseId?: string): Promise<void>;
  /** Lets time pass in the engine, then in the database, then waits for what it brought. */
  passes(ms: number): Promise<void>;
  daysPass(days: number): Promise<void>;
  /** Lets time pass until an instant; one that is past is now. */
  passesUntil(at: Date): Promise<void>;
  row(caseId: string): Promise<CaseRow>;
  now(): Promise<Date>;
  /** The templates of the case's mails in the order they were queued. */
  mailsOf(caseId: string): Promise<string[]>;
  /** The audited actions of a case in order. */
  actionsOf(caseId: string): Promise<string[]>;
  /** The mails the relay took to an address, by subject order of arrival. */
  inboxOf(address: string): ParsedMail[];
  /** The reasons of the case's open staff tasks. */
  tasksOf(caseId: string): Promise<string[]>;
  /** The run of a case; an application's unless said otherwise. */
  runOf(caseId: string, kind?: CaseKind): WorkflowHandle;
  /** The run of a campaign. */
  runOfCampaign(campaignId: string): WorkflowHandle;
  stop(): Promise<void>;
}

export const engine: Actor = { kind: 'engine' };
export const person: Actor = { kind: 'person' };

let bundle: ReturnType<typeof bundleWorkflowCode> | undefined;

/** The workflow code, bundled once per process. */
export function workflowBundle() {
  bundle ??= bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL(`../../workflows/index${extname(import.meta.filename)}`, import.meta.url)),
    failureConverterPath,
    logger: new DefaultLogger('ERROR'),
  });
  return bundle;
}

/** Starts the engine's server; without its default, time there is everybody's time. */
export type StartServer = (converter: DataConverter) => Promise<TestWorkflowEnvironment>;

const timeSkippingServer: StartServer = async (converter) => {
  const path = await findTimeSkippingServer(() => {});
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
    client: { dataConverter: converter },
  });
  await addSearchAttributes(environment);
  return environment;
};

/** Starts a house with one portal (`harborview`) on a database and a time-skipping engine of its own. */
export async function startGatehouse(
  changes: (policy: Policy) => void = () => {},
  { keys = testKeys(), server = timeSkippingServer }: { keys?: KeyRing; server?: StartServer } = {},
): Promise<Gatehouse> {
  quietRuntime();
  const [{ appUrl, ownerUrl, drop }, sink, environment] = await Promise.all([
    createTestDatabase(),
    startMailSink(),
    server(dataConverter(codecKeys(keys))),
  ]);
  const database = openDatabase({ url: appUrl, keys });
  const owner = new pg.Client({ connectionString: ownerUrl });
  owner.on('error', () => {});
  await owner.connect();
  let policyInForce = testPolicy(changes);
  await addPortal(database, portal, policyInForce);

  // The environment's own client lets time run while it waits for a result.
  const client = new Client({
    connection: environment.connection,
    namespace: environment.namespace ?? 'default',
    dataConverter: dataConverter(codecKeys(keys)),
  });
  const mailTransport = createMailTransport({ smtpUrl: sink.url, requireTls: false });
  const delivery = { database, mailTransport, publicUrl: 'https://portal.example' };
  const setClock = (at: number) =>
    owner.query(
      `UPDATE clock_shift SET shift = greatest(shift, to_timestamp($1::double precision / 1000) - clock_timestamp())`,
      [at],
    );
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    namespace: environment.namespace ?? 'default',
    taskQueue,
    workflowBundle: await workflowBundle(),
    activities: createActivities(delivery),
    dataConverter: dataConverter(codecKeys(keys)),
    interceptors: {
      activity: [
        ({ info }) => ({
          inbound: {
            // The database's clock follows the engine's: real SQL and skipped time agree (architecture, pattern 10).
            async execute(input, next) {
              await setClock(info.currentAttemptScheduledTimestampMs);
              return next(input);
            },
          },
        }),
      ],
    },
  });
  const running = worker.run();

  const query: Database['query'] = (sql, params) => database.query(sql, params);
  const relay = async () => {
    const told = await leaseOutbox(database, 100);
    const idsOf = (kind: 'case' | 'campaign') => told.filter((word) => word.kind === kind).map(({ id }) => id);
    for (const snapshot of await snapshotsOf(database, idsOf('case'))) await wakeCase(client, snapshot);
    for (const snapshot of await campaignSnapshotsOf(database, idsOf('campaign'))) await wakeCampaign(client, snapshot);
    await settleOutbox(database, told);
    return told.length;
  };
  /** What the dispatcher does in production: mails of no case, and of many at once. */
  const dispatch = async () => {
    const due = await query<{ id: string }>(
      `SELECT id FROM messages WHERE state = 'queued' AND (case_id IS NULL OR bulk) AND next_attempt_at <= gatehouse_now()`,
    );
    for (const { id } of due) await deliverMail(delivery, id, { isEngineWaiting: false });
  };
  const idle = async (caseId?: string) => {
    for (let round = 0; round < 600; round += 1) {
      const told = await relay();
      await dispatch();
      const [owed] = await query<{ busy: boolean }>(
        `SELECT EXISTS (SELECT 1 FROM outbox) OR EXISTS (SELECT 1 FROM messages
             WHERE state = 'queued' AND (attempts = 0 OR claimed_until IS NOT NULL))
           OR EXISTS (SELECT 1 FROM cases WHERE (owes_secret AND state IN ('approved', 'draft') AND NOT flags && ARRAY['not_me', 'record_changed'])
             OR owes_approval) AS busy`,
      );
      if (told === 0 && !owed?.busy && (caseId === undefined || (await knows(caseId)))) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('the engine did not come to rest');
  };
  /** Whether the run has seen the row as it stands, or has ended with it. */
  const knows = async (caseId: string) => {
    const row = await rowOf(caseId);
    if (row.waitingOn === null) return true;
    const plan = await client.workflow
      .getHandle(workflowId(row.kind, caseId))
      .query<{ version: number }>('plan')
      .catch(() => undefined);
    return plan?.version === row.version;
  };
  const rowOf = async (caseId: string) => {
    const [row] = await query<CaseRow>(`SELECT ${caseColumns} FROM cases c WHERE c.id = $1`, [caseId]);
    if (!row) throw new Error('no such case');
    return row;
  };
  const passes = async (ms: number) => {
    await idle();
    await environment.sleep(ms);
    await setClock(await environment.currentTimeMs());
    await idle();
  };

  return {
    database,
    owner,
    environment,
    sink,
    policy: async (change) => {
      policyInForce = structuredClone(policyInForce);
      change(policyInForce);
      policyInForce.version += 1;
      await addPolicy(database, portal, policyInForce);
      return policyInForce;
    },
    member: async (name, ...roles) => ({ kind: 'member', id: await addMember(database, name, roles), roles }),
    applies: (claim) =>
      database.transaction(async (tx) => {
        const policy = await currentPolicy(tx, portal);
        if (!policy) throw new Error('the portal has a policy');
        return acceptApplication(tx, {
          portal,
          policy,
          claim: { ...adaFerris, ...claim },
          source: 'online',
          actor: person,
        });
      }),
    moves: (caseId, move, actor, more = {}) =>
      database.transaction((tx) => moveCase(tx, { caseId, move, actor, ...more })),
    transaction: (work) => database.transaction(work),
    idle,
    passes,
    daysPass: (days) => passes(days * day),
    passesUntil: async (at) => passes(Math.max(0, at.getTime() - (await environment.currentTimeMs()))),
    row: rowOf,
    now: () => databaseNow(database),
    mailsOf: async (caseId) =>
      (
        await query<{ template: string }>('SELECT template FROM messages WHERE case_id = $1 ORDER BY queued_at, id', [
          caseId,
        ])
      ).map(({ template }) => template),
    actionsOf: async (caseId) =>
      (
        await query<{ action: string }>(
          `SELECT action FROM audit_entries WHERE case_id = $1 AND action NOT LIKE 'mail\\_%' ORDER BY at, id`,
          [caseId],
        )
      ).map(({ action }) => action),
    inboxOf: (address) => sink.mails.filter(({ to }) => [to ?? []].flat().some(({ text }) => text === address)),
    tasksOf: async (caseId) =>
      (
        await query<{ reason: string }>(
          `SELECT t.reason FROM staff_tasks t LEFT JOIN messages m ON m.id = t.message_id
           WHERE t.settled_at IS NULL AND (t.case_id = $1 OR m.case_id = $1) ORDER BY t.since, t.id`,
          [caseId],
        )
      ).map(({ reason }) => reason),
    runOf: (caseId, kind = 'application') => client.workflow.getHandle(workflowId(kind, caseId)),
    runOfCampaign: (campaignId) => client.workflow.getHandle(campaignWorkflowId(campaignId)),
    stop: async () => {
      worker.shutdown();
      await running;
      await environment.teardown();
      mailTransport.close({ force: true });
      await owner.end();
      await database.close();
      await sink.close();
      await drop();
    },
  };
}

/** The test server adds search attributes but cannot list them. */
async function addSearchAttributes({ connection, namespace }: TestWorkflowEnvironment): Promise<void> {
  const types = Object.values(searchAttributes).map(({ name, type }) => [
    name,
    encodeSearchAttributeIndexedValueType(type),
  ]);
  await connection.operatorService.addSearchAttributes({
    namespace: namespace ?? 'default',
    searchAttributes: Object.fromEntries(types),
  });
}

let isQuiet = false;

function quietRuntime(): void {
  if (!isQuiet) Runtime.install({ logger: new DefaultLogger('ERROR') });
  isQuiet = true;
}

export const adaFerris: ApplicationClaim = {
  firstName: 'Ada',
  lastName: 'Ferris',
  dateOfBirth: '1984-02-29',
  email: 'ada.ferris@mail.example',
  postalCode: '02139',
};
