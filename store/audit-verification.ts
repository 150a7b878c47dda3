import { timingSafeEqual } from 'node:crypto';
import {
  type ChainEnd,
  chainStart,
  hasOurMac,
  type SweepCursor,
  sealHash,
  sweepStart,
  type UnsealedRow,
  unsealedAfter,
} from './audit-seals.ts';
import type { Database } from './database.ts';
import { type KeyRing, subkey } from './key-ring.ts';

export interface AuditProblem {
  /** The entry, as far as anything still names it. */
  auditId: string | null;
  /** The seal's number; null for an entry that has none. */
  no: number | null;
  /**
   * `altered`: an entry is not as we wrote it. `missing`: an entry, or a seal, is gone. `unsealed`: an entry is ours and has no
   * seal. `order`: a seal is not as we made it or does not follow the one before.
   */
  kind: 'altered' | 'missing' | 'unsealed' | 'order';
}

export interface AuditVerification {
  ok: boolean;
  /** Entries looked at. */
  checked: number;
  /** The number of the last seal; 0 before the first. */
  sealedTo: number;
  problems: AuditProblem[];
}

/**
 * Walks all seals and entries in pages and says what was altered, removed or slipped in: every MAC and the columns beside it,
 * every seal's hash and number, entries without a seal, and moves missing between a case's versions. At most 1,000 problems
 * are told. Reads only, and holds one page in memory.
 */
export async function verifyAudit(database: Database): Promise<AuditVerification> {
  const found: Findings = { problems: [], count: 0, checked: 0, gone: 0, erasures: new Set() };
  const checkpoint = await latestCheckpoint(database);
  const end = await walkSeals(database, checkpoint, found);
  await walkUnsealed(database, found);
  await walkVersions(database, checkpoint.no > 0, found);
  if (checkpoint.no > 0 && !found.erasures.has(erasureText(checkpoint))) {
    tell(found, { auditId: null, no: checkpoint.no, kind: 'missing' });
  }
  return { ok: found.count === 0, checked: found.checked, sealedTo: end, problems: found.problems };
}

const problemsTold = 1_000;
const sealsPerPage = 500;
const entriesPerPage = 5_000;
const casesPerPage = 1_000;
/** Sealing takes half a second; a row older than this should have been sealed. */
const sealedWithinSeconds = 10;

interface Findings {
  problems: AuditProblem[];
  count: number;
  checked: number;
  /** Entries or seals that are gone, so far. */
  gone: number;
  /** What entries say of erased prefixes: a checkpoint without such an entry was not written by us. */
  erasures: Set<string>;
}

function tell(found: Findings, problem: AuditProblem): void {
  found.count += 1;
  if (problem.kind === 'missing') found.gone += 1;
  if (found.problems.length < problemsTold) found.problems.push(problem);
}

/** The action of the entry that the erasing of a prefix leaves; its detail is what `erasureText` names. */
export const erasureAction = 'audit_erased';

/** How an erased prefix is named, in its entry and here. */
export function erasureText({ no, hash }: ChainEnd): string {
  return `${no}/${hash.toString('hex')}`;
}

async function latestCheckpoint(database: Database): Promise<ChainEnd> {
  const [row] = await database.query<ChainEnd>(
    'SELECT up_to_no AS no, hash FROM audit_checkpoints ORDER BY up_to_no DESC LIMIT 1',
  );
  return row ?? chainStart;
}

/** A seal with its entry; all of the entry's columns are null when it is gone. */
type SealRow = { no: number; auditId: string; sealKeyId: string; hash: Buffer } & (
  | EntryRow
  | { [Field in keyof EntryRow]: null }
);

interface EntryRow {
  id: string;
  at: Date;
  portal: string | null;
  actorKind: string;
  actorId: string | null;
  action: string;
  caseId: string | null;
  caseVersion: number | null;
  accountId: string | null;
  entry: string;
  keyId: string;
  mac: Buffer;
}

const entryColumns = `e.id, e.at, e.portal, e.actor_kind AS "actorKind", e.actor_id AS "actorId", e.action,
  e.case_id AS "caseId", e.case_version AS "caseVersion", e.account_id AS "accountId", e.entry, e.key_id AS "keyId", e.mac`;

async function walkSeals(database: Database, start: ChainEnd, found: Findings): Promise<number> {
  let { no } = start;
  // Undefined: the hash before the next seal is not known, because the seal that held it is gone.
  let previous: Buffer | undefined = start.hash;
  for (;;) {
    const seals = await database.query<SealRow>(
      `SELECT s.no, s.audit_id AS "auditId", s.key_id AS "sealKeyId", s.hash, ${entryColumns}
       FROM audit_seals s LEFT JOIN audit_entries e ON e.id = s.audit_id WHERE s.no > $1 ORDER BY s.no LIMIT $2`,
      [no, sealsPerPage],
    );
    for (const seal of seals) {
      if (seal.no !== no + 1) {
        tellGap(found, no + 1, seal.no);
        previous = undefined;
      }
      judgeSeal(database.keys, seal, previous, found);
      no = seal.no;
      previous = seal.hash;
    }
    if (seals.length < sealsPerPage) return no;
  }
}

function tellGap(found: Findings, from: number, to: number): void {
  for (let no = from; no < to && no < from + problemsTold; no += 1) tell(found, { auditId: null, no, kind: 'missing' });
}

function judgeSeal(keys: KeyRing, seal: SealRow, previous: Buffer | undefined, found: Findings): void {
  const { no, auditId } = seal;
  if (seal.entry === null) {
    tell(found, { auditId, no, kind: 'missing' });
    return;
  }
  found.checked += 1;
  if (!isAsWritten(keys, seal)) {
    tell(found, { auditId, no, kind: 'altered' });
    return;
  }
  if (seal.action === erasureAction) found.erasures.add(erasedBy(seal));
  if (previous && !follows(keys, seal, seal.mac, previous)) tell(found, { auditId, no, kind: 'order' });
}

function follows(keys: KeyRing, { sealKeyId, hash }: SealRow, mac: Buffer, previous: Buffer): boolean {
  if (!keys.byId.has(sealKeyId)) return false;
  const expected = sealHash(subkey(keys, sealKeyId, 'seal'), previous, mac);
  return expected.length === hash.length && timingSafeEqual(expected, hash);
}

/** The MAC is ours, and the columns say what the text under it says. */
function isAsWritten(keys: KeyRing, row: EntryRow): boolean {
  if (hasOurMac(keys, row) !== true) return false;
  const written = JSON.parse(row.entry) as Record<string, unknown>;
  const columns: Record<string, unknown> = {
    id: row.id,
    at: row.at.toISOString(),
    portal: row.portal,
    actor: row.actorKind,
    actorId: row.actorId,
    action: row.action,
    caseId: row.caseId,
    caseVersion: row.caseVersion,
    accountId: row.accountId,
  };
  return Object.entries(columns).every(([name, value]) => (written[name] ?? null) === value);
}

function erasedBy({ entry }: EntryRow): string {
  const { detail } = JSON.parse(entry) as { detail?: { erased?: string } };
  return detail?.erased ?? '';
}

async function walkUnsealed(database: Database, found: Findings): Promise<void> {
  let after: SweepCursor | undefined = sweepStart;
  while (after !== undefined) {
    const { entries, last }: { entries: UnsealedRow[]; last: SweepCursor | undefined } = await unsealedAfter(
      database,
      after,
      entriesPerPage,
    );
    if (entries.length > 0) await judgeUnsealed(database, entries, found);
    after = last;
  }
}

async function judgeUnsealed(database: Database, unsealed: readonly UnsealedRow[], found: Findings): Promise<void> {
  const ids = unsealed.map(({ id }) => id);
  const rows = await database.query<EntryRow & { isSealedNow: boolean }>(
    `SELECT ${entryColumns}, EXISTS (SELECT 1 FROM audit_seals s WHERE s.audit_id = e.id) AS "isSealedNow"
     FROM audit_entries e WHERE e.id = ANY($1::uuid[]) ORDER BY e.at, e.id`,
    [ids],
  );
  const ages = new Map(unsealed.map(({ id, ageSeconds }) => [id, ageSeconds]));
  for (const row of rows) {
    if (row.isSealedNow) continue; // sealed between two looks: the chain's walk is past it, the next one checks it
    found.checked += 1;
    const isOurs = isAsWritten(database.keys, row);
    if (!isOurs) tell(found, { auditId: row.id, no: null, kind: 'altered' });
    else if ((ages.get(row.id) ?? 0) > sealedWithinSeconds)
      tell(found, { auditId: row.id, no: null, kind: 'unsealed' });
    if (isOurs && row.action === erasureAction) found.erasures.add(erasedBy(row));
  }
}

/**
 * Every move of a case has its entry: versions run from 1 to the case's own. What an erased prefix took from the beginning is not
 * missing. Gaps that a seal without an entry has told already are not told again: nothing but the seal can name the entry.
 */
async function walkVersions(database: Database, hasCheckpoint: boolean, found: Findings): Promise<void> {
  let after = sweepStart;
  let gaps = 0;
  for (;;) {
    const cases = await database.query<{ id: string; version: number; held: number; least: number; greatest: number }>(
      `SELECT c.id, c.version, count(e.id)::int AS held, COALESCE(min(e.case_version), c.version + 1) AS least,
         COALESCE(max(e.case_version), 0) AS greatest
       FROM (SELECT id, version FROM cases WHERE id > $1 ORDER BY id LIMIT $2) c
       LEFT JOIN audit_entries e ON e.case_id = c.id AND e.case_version IS NOT NULL
       GROUP BY c.id, c.version ORDER BY c.id`,
      [after, casesPerPage],
    );
    for (const { version, held, least, greatest } of cases) {
      const first = hasCheckpoint ? Math.min(least, version) : 1;
      const wanted = Math.max(version, greatest) - first + 1;
      if (hasCheckpoint && held === 0) continue;
      gaps += Math.max(0, wanted - held);
    }
    const last = cases.at(-1);
    if (!last || cases.length < casesPerPage) break;
    after = last.id;
  }
  for (let told = found.gone; told < gaps; told += 1) tell(found, { auditId: null, no: null, kind: 'missing' });
}
