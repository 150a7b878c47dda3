import { createHmac, timingSafeEqual } from 'node:crypto';
import { auditMac } from './audit.ts';
import type { Database, Transaction } from './database.ts';
import { subkey } from './key-ring.ts';

/** The end of the chain: the number of the last seal and its hash; 0 and zeros before the first. */
export interface ChainEnd {
  no: number;
  hash: Buffer;
}

export interface Sealing {
  /** Actions of the entries sealed now, each as often as it was sealed. */
  actions: string[];
  /** Age of the oldest of them, seconds; 0 when there were none. */
  lagSeconds: number;
  /** Entries that will not be sealed: their MAC is not ours, or its key is not in the ring. */
  refused: string[];
  /** Whether more may be waiting. */
  hasMore: boolean;
}

/** What a sweep has looked through; entries up to here were sealed or refused when it passed. */
export type SweepCursor = string;
export const sweepStart: SweepCursor = '00000000-0000-0000-0000-000000000000';

const sealsPerRound = 1_000;
const sweepPerRound = 5_000;
/** Entries commit up to 8 s after their id was made (store/database.ts); some more for clocks that disagree. */
const lateSeconds = 20;

/**
 * Appends what is new to the chain, in the order of `at` and id, under an advisory lock (many sealers, one at work). It looks
 * only at ids made since shortly before the last sealed one; `sweepUnsealed` finds the stragglers.
 */
export async function sealNewEntries(database: Database, except: readonly string[] = []): Promise<Sealing> {
  return database.transaction(async (tx) => {
    if (!(await isSealer(tx))) return nothingSealed;
    const [last] = await tx.query<{ id: string }>(`SELECT audit_id AS id FROM audit_seals ORDER BY no DESC LIMIT 1`);
    const entries = await tx.query<UnsealedRow>(
      `SELECT ${unsealedColumns} FROM audit_entries e
       WHERE e.id > (SELECT LEAST($1::uuid, uuidv7(make_interval(secs => -$2::int)))) AND e.id <> ALL($3::uuid[])
         AND NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.audit_id = e.id)
       ORDER BY e.at, e.id LIMIT $4`,
      [last ? shortlyBefore(last.id) : sweepStart, lateSeconds, except, sealsPerRound],
    );
    return append(tx, entries, entries.length === sealsPerRound);
  });
}

/**
 * One step of the walk through all entries: seals what the window of `sealNewEntries` has missed (a clock far off, a restored
 * backup). Answers where to go on, or undefined at the end.
 */
export async function sweepUnsealed(
  database: Database,
  after: SweepCursor,
): Promise<{ sealing: Sealing; next: SweepCursor | undefined }> {
  return database.transaction(async (tx) => {
    if (!(await isSealer(tx))) return { sealing: nothingSealed, next: after };
    const { entries, last } = await unsealedAfter(tx, after, sweepPerRound);
    return { sealing: await append(tx, entries, false), next: last };
  });
}

/** An entry without a seal. Its age is by the machine's clock, from its id: the product's may be shifted in between. */
export interface UnsealedRow {
  id: string;
  at: Date;
  action: string;
  entry: string;
  keyId: string;
  mac: Buffer;
  ageSeconds: number;
}

const unsealedColumns = `e.id, e.at, e.action, e.entry, e.key_id AS "keyId", e.mac,
  EXTRACT(epoch FROM COALESCE(clock_timestamp() - uuid_extract_timestamp(e.id), (SELECT gatehouse_now()) - e.at))::float AS "ageSeconds"`;

/** The entries without a seal among the `limit` that follow `after` in the order of their ids, and the last of those looked at. */
export async function unsealedAfter(
  tx: Pick<Transaction | Database, 'query'>,
  after: SweepCursor,
  limit: number,
): Promise<{ entries: UnsealedRow[]; last: SweepCursor | undefined }> {
  const [bound] = await tx.query<{ id: string }>(
    `SELECT id FROM (SELECT id FROM audit_entries WHERE id > $1 ORDER BY id LIMIT $2) page ORDER BY id DESC LIMIT 1`,
    [after, limit],
  );
  if (!bound) return { entries: [], last: undefined };
  const entries = await tx.query<UnsealedRow>(
    `SELECT ${unsealedColumns} FROM audit_entries e LEFT JOIN audit_seals s ON s.audit_id = e.id
     WHERE e.id > $1 AND e.id <= $2 AND s.no IS NULL ORDER BY e.at, e.id`,
    [after, bound.id],
  );
  return { entries, last: bound.id };
}

/** Where the chain ends: the last seal, or the checkpoint before which everything was erased, or its very beginning. */
export async function chainEnd(tx: Pick<Transaction | Database, 'query'>): Promise<ChainEnd> {
  const [last] = await tx.query<ChainEnd>(
    `SELECT no, hash FROM (
       (SELECT no, hash FROM audit_seals ORDER BY no DESC LIMIT 1)
       UNION ALL (SELECT up_to_no, hash FROM audit_checkpoints ORDER BY up_to_no DESC LIMIT 1)) ends
     ORDER BY no DESC LIMIT 1`,
  );
  return last ?? chainStart;
}

/** Before the first seal. */
export const chainStart: ChainEnd = { no: 0, hash: Buffer.alloc(32) };

/** A seal's hash: HMAC-SHA-256 over the hash before it and the entry's MAC. */
export function sealHash(key: Buffer, previous: Buffer, mac: Buffer): Buffer {
  return createHmac('sha256', key).update(previous).update(mac).digest();
}

/** Whether an entry's MAC is the one we would have made; undefined when its key is not in the ring. */
export function hasOurMac(
  keys: Database['keys'],
  { keyId, entry, mac }: { keyId: string; entry: string; mac: Buffer },
): boolean | undefined {
  if (!keys.byId.has(keyId)) return undefined;
  const ours = auditMac(subkey(keys, keyId, 'audit'), entry);
  return ours.length === mac.length && timingSafeEqual(ours, mac);
}

const nothingSealed: Sealing = { actions: [], lagSeconds: 0, refused: [], hasMore: false };
const sealerLock = 4_201;

/** Held to the end of the transaction; erasing a prefix takes it too. */
export async function isSealer(tx: Transaction): Promise<boolean> {
  const [lock] = await tx.query<{ isOurs: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS "isOurs"', [sealerLock]);
  return lock?.isOurs === true;
}

/** A row slipped in behind our back gets no seal: sealing it would make it look like ours. */
async function append(tx: Transaction, entries: readonly UnsealedRow[], hasMore: boolean): Promise<Sealing> {
  const ours = entries.filter((entry) => hasOurMac(tx.keys, entry) === true);
  const known = new Set(ours);
  const refused = entries.filter((entry) => !known.has(entry)).map(({ id }) => id);
  if (ours.length === 0) return { ...nothingSealed, refused, hasMore: hasMore && refused.length > 0 };
  const keyId = tx.keys.current;
  const key = subkey(tx.keys, keyId, 'seal');
  let { no, hash } = await chainEnd(tx);
  const seals = ours.map(({ id, mac }) => {
    no += 1;
    hash = sealHash(key, hash, mac);
    return { no, id, hash };
  });
  await tx.query(
    `INSERT INTO audit_seals (no, audit_id, key_id, hash)
     SELECT t.no, t.audit_id, $4, t.hash FROM unnest($1::bigint[], $2::uuid[], $3::bytea[]) AS t(no, audit_id, hash)`,
    [seals.map((seal) => seal.no), seals.map(({ id }) => id), seals.map((seal) => seal.hash), keyId],
  );
  tx.afterCommit('events');
  const lagSeconds = Math.max(0, ...ours.slice(0, 1).map(({ ageSeconds }) => ageSeconds));
  return { actions: ours.map(({ action }) => action), lagSeconds, refused, hasMore };
}

/** The least id (RFC 9562, version 7) made some seconds before the given one. */
function shortlyBefore(id: string): string {
  const ms = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
  const hex = Math.max(0, ms - lateSeconds * 1_000)
    .toString(16)
    .padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
