import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { Policy } from '../domain/policy/policy.ts';
import { CoalescingSocket } from './coalescing-socket.ts';
import { PrismaClient } from './generated/prisma/client.ts';
import type { KeyRing } from './key-ring.ts';

/** What can follow a commit; listeners hear of it within milliseconds, pollers within a second. */
export type Signal = 'outbox' | 'mail' | 'events' | 'policy';

/** Statements of one transaction, with what a transaction's functions need besides the database. */
export interface Transaction {
  query<Row extends pg.QueryResultRow>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  /**
   * Sends a statement whose answer nobody needs; it travels with the ones that follow, at the latest with the commit. Its failure
   * fails the transaction, at the next `query` or at the commit.
   */
  write(sql: string, params?: readonly unknown[]): void;
  /** Runs `work` so that what it wrote is undone when it throws, and nothing before it. The error is thrown on. */
  undoneWhenThrown<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Tells listeners after the commit; never inside it (a NOTIFY in a business transaction halved the commit rate). */
  afterCommit(signal: Signal): void;
  readonly keys: KeyRing;
  /** Policies read so far, by `portal/version`; see portals.ts. */
  readonly policies: Map<string, Policy>;
}

/** The one pool of a process, as raw statements and as Prisma client. */
export interface Database {
  readonly pool: pg.Pool;
  readonly prisma: PrismaClient;
  readonly keys: KeyRing;
  /** Policies read so far, by `portal/version`; see portals.ts. */
  readonly policies: Map<string, Policy>;
  query<Row extends pg.QueryResultRow>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  /** Runs `work` in one transaction (READ COMMITTED); a thrown error rolls it back. Deadlocks are tried again twice. */
  transaction<Result>(work: (tx: Transaction) => Promise<Result> | Result): Promise<Result>;
  /** Calls back on the signal, whoever committed it. Lost connections are made again. Returns how to stop. */
  listen(signal: Signal, heard: () => void): () => void;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  keys: KeyRing;
  /** Connections of the pool. */
  connections?: number;
  /** Name shown in pg_stat_activity. */
  name?: string;
}

/** Below the activities' startToCloseTimeout of 10 s, so that a zombie attempt cannot commit beside its successor. */
const sessionSettings =
  '-c lock_timeout=2000 -c statement_timeout=5000 -c transaction_timeout=8000 -c idle_in_transaction_session_timeout=8000';

const dateOid = 1082;
const bigintOid = 20;

/** Dates stay `YYYY-MM-DD` (a Date would move them between zones); counts become numbers. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === dateOid) return (text: string) => text;
    if (oid === bigintOid) return Number;
    return pg.types.getTypeParser(oid, format);
  }) as typeof pg.types.getTypeParser,
};

/** Opens the pool; connects lazily, so that a process starts while the database is down. */
export function openDatabase({ url, keys, connections = 10, name = 'gatehouse' }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    application_name: name,
    options: sessionSettings,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    types,
    pipeline: true,
    stream: () => new CoalescingSocket(),
  });
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) });
  const signals = openSignals(pool, url);
  const given: Given = { pool, keys, policies: new Map(), tell: signals.tell };

  return {
    pool,
    prisma,
    keys,
    policies: given.policies,
    query: async (sql, params) => (await pool.query(statement(sql, params))).rows,
    transaction: (work) => inTransaction(given, work),
    listen: signals.listen,
    close: async () => {
      await signals.close();
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/** More distinct texts than this are not ours to expect: later ones go unnamed. */
const namedStatements = 600;
const names = new Map<string, string>();

/**
 * A statement by name is parsed once a connection and, from its 6th run, planned once: half of PostgreSQL's work in a
 * lifecycle. Searches and pages keep a plan of their own for every run, because a generic one ignores how rare the sought
 * text is (a search went from 5 to 1,550 ms at a million rows).
 */
function statement(sql: string, params: readonly unknown[] = []): pg.QueryConfig {
  const values = params as unknown[];
  const known = names.get(sql);
  if (known) return { name: known, text: sql, values };
  if (isPlannedEachTime(sql) || names.size >= namedStatements) return { text: sql, values };
  const name = `gh${names.size}`;
  names.set(sql, name);
  return { name, text: sql, values };
}

const isPlannedEachTime = (sql: string) => /\b(I?LIKE|OFFSET)\b/.test(sql);

const mayBeTriedAgain = new Set(['40P01', '40001']); // deadlock_detected, serialization_failure
const attempts = 3;

interface Given {
  pool: pg.Pool;
  keys: KeyRing;
  policies: Map<string, Policy>;
  tell: (signals: Set<Signal>) => void;
}

async function inTransaction<Result>(
  given: Given,
  work: (tx: Transaction) => Promise<Result> | Result,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(given, work);
    } catch (error) {
      if (attempt === attempts || !mayBeTriedAgain.has(sqlState(error) ?? '')) throw error;
    }
  }
}

// As statements with names, not as plain text: only those wait in the socket for what follows them.
const begin = { name: 'begin', text: 'BEGIN' };
const commit = { name: 'commit', text: 'COMMIT' };
const savepoint = { name: 'savepoint', text: 'SAVEPOINT part' };
const release = { name: 'release', text: 'RELEASE SAVEPOINT part' };
const rollBackPart = { name: 'rollback-part', text: 'ROLLBACK TO SAVEPOINT part' };

async function runOnce<Result>(
  { pool, keys, policies, tell }: Given,
  work: (tx: Transaction) => Promise<Result> | Result,
): Promise<Result> {
  const client = await pool.connect();
  const signals = new Set<Signal>();
  let broken: Error | undefined;
  // A connection that is cut off between two statements says so here; without a listener it would end the process.
  const cutOff = (error: Error) => {
    broken = error;
  };
  client.on('error', cutOff);
  // The server answers in order: the first failure is the cause, what it says to the statements after it is its consequence.
  let cause: unknown;
  const send = (query: pg.QueryConfig) =>
    client.query(query).catch((error: unknown) => {
      cause ??= error;
      throw cause;
    });
  const sendUnawaited = (query: pg.QueryConfig) => void send(query).catch(() => {});
  // What a side branch sends after the end would land in somebody else's transaction.
  let isOver = false;
  const within = (query: pg.QueryConfig): pg.QueryConfig => {
    if (isOver) throw new Error('the transaction is over');
    return query;
  };
  try {
    sendUnawaited(begin);
    const result = await work({
      keys,
      policies,
      query: async (sql, params) => (await send(within(statement(sql, params)))).rows,
      write: (sql, params) => sendUnawaited(within(statement(sql, params))),
      undoneWhenThrown: async (part) => {
        sendUnawaited(within(savepoint));
        try {
          const result = await part();
          await send(within(release)); // a failed write shows here at the latest
          return result;
        } catch (error) {
          const causeOfPart = cause ?? error;
          cause = undefined;
          await send(within(rollBackPart));
          throw causeOfPart;
        }
      },
      afterCommit: (signal) => signals.add(signal),
    });
    isOver = true;
    const { command } = await send(commit);
    // A transaction that failed answers COMMIT by rolling back, without an error of its own.
    if (cause !== undefined || command !== 'COMMIT') throw cause ?? new Error(`the transaction ended with ${command}`);
    if (signals.size > 0) tell(signals);
    return result;
  } catch (error) {
    isOver = true;
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.removeListener('error', cutOff);
    client.release(broken);
  }
}

/** The SQLSTATE of a database error, or undefined for any other. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** The name of the constraint an error broke, or undefined. */
export function brokenConstraint(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError && error.code?.startsWith('23') ? error.constraint : undefined;
}

const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN']);

/** Whether the database is away, overloaded or out of time: a matter of trying again, not of the request. */
export function isUnavailable(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (unreachable.has(code) || passing.test(code))) return true;
  return typeof message === 'string' && lostConnection.test(message);
}

// 08 connection, 53 resources, 57 shutdown and time-outs, 55P03 lock timeout, 25P0x transaction time-outs; P: Prisma's own
const passing = /^(08|53|57|55P03|25P0[34]|P10(01|02|08|17)$|P2024$)/;
const lostConnection =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/;

const coalesceMs = 20;
const reconnectMs = 1_000;

/** LISTEN/NOTIFY on connections of its own: signals are sent after commit, many as one. */
function openSignals(pool: pg.Pool, url: string) {
  const listeners = new Map<Signal, Set<() => void>>();
  const waiting = new Set<Signal>();
  let sending: NodeJS.Timeout | undefined;
  let listener: pg.Client | undefined;
  let reconnecting: NodeJS.Timeout | undefined;
  let closed = false;

  const send = () => {
    sending = undefined;
    const signals = [...waiting];
    waiting.clear();
    for (const signal of signals) pool.query('SELECT pg_notify($1, $2)', [`gatehouse_${signal}`, '']).catch(() => {});
  };

  const connect = () => {
    reconnecting = undefined;
    if (closed || listeners.size === 0) return;
    const client = new pg.Client({ connectionString: url, application_name: 'gatehouse listener', keepAlive: true });
    listener = client;
    client.on('notification', ({ channel }) => {
      for (const heard of listeners.get(channel.slice('gatehouse_'.length) as Signal) ?? []) heard();
    });
    const again = () => {
      if (listener !== client) return;
      listener = undefined;
      client.end().catch(() => {});
      if (!closed) reconnecting ??= setTimeout(connect, reconnectMs).unref();
    };
    client.on('error', again);
    client.on('end', again);
    client
      .connect()
      .then(() => client.query([...listeners.keys()].map((signal) => `LISTEN gatehouse_${signal}`).join('; ')))
      .catch(again);
  };

  return {
    tell(signals: Set<Signal>) {
      for (const signal of signals) waiting.add(signal);
      if (!closed) sending ??= setTimeout(send, coalesceMs).unref();
    },
    listen(signal: Signal, heard: () => void) {
      const isNew = !listeners.has(signal);
      const heardBy = listeners.get(signal) ?? new Set();
      listeners.set(signal, heardBy.add(heard));
      if (!listener && !reconnecting) connect();
      else if (isNew) listener?.query(`LISTEN gatehouse_${signal}`).catch(() => {});
      return () => {
        heardBy.delete(heard);
      };
    },
    async close() {
      closed = true;
      clearTimeout(reconnecting);
      clearTimeout(sending);
      if (waiting.size > 0) send();
      await listener?.end().catch(() => {});
    },
  };
}
