import { createHmac } from 'node:crypto';
import canonicalize from 'canonicalize';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../domain/case.ts';
import type { Transaction } from './database.ts';
import { subkey } from './key-ring.ts';

/** One change, or one look. `detail` holds codes and ids only, never a name, address or text a person typed. */
export interface AuditFact {
  at: Date;
  actor: Actor;
  /** The move's name, or the fact's. */
  action: string;
  portal?: string | undefined;
  caseId?: string | undefined;
  /** Set when the change moved the case's version: unique with the case, so that a gap shows a deletion. */
  caseVersion?: number | undefined;
  accountId?: string | undefined;
  detail?: Record<string, unknown> | undefined;
}

/** Writes one audit entry with its MAC; the sealer appends it to the chain within a second. */
export function writeAudit(tx: Transaction, fact: AuditFact): void {
  const id = uuidv7();
  const actorId = fact.actor.kind === 'member' ? fact.actor.id : undefined;
  const entry = auditEntryText({
    id,
    at: fact.at.toISOString(),
    actor: fact.actor.kind,
    actorId,
    from: fact.actor.kind === 'engine' ? undefined : fact.actor.address,
    action: fact.action,
    portal: fact.portal,
    caseId: fact.caseId,
    caseVersion: fact.caseVersion,
    accountId: fact.accountId,
    detail: fact.detail,
  });
  const keyId = tx.keys.current;
  tx.write(
    `INSERT INTO audit_entries (id, at, portal, actor_kind, actor_id, action, case_id, case_version, account_id, entry, key_id, mac)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      id,
      fact.at,
      fact.portal ?? null,
      fact.actor.kind,
      actorId ?? null,
      fact.action,
      fact.caseId ?? null,
      fact.caseVersion ?? null,
      fact.accountId ?? null,
      entry,
      keyId,
      auditMac(subkey(tx.keys, keyId, 'audit'), entry),
    ],
  );
  tx.afterCommit('events');
}

/** Canonical JSON (RFC 8785), so that the same facts always give the same bytes. */
function auditEntryText(entry: Record<string, unknown>): string {
  const known = Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
  const text = canonicalize(known);
  if (text === undefined) throw new Error('an audit entry must be JSON');
  return text;
}

/** HMAC-SHA-256 of an entry's text. */
export function auditMac(key: Buffer, entry: string): Buffer {
  return createHmac('sha256', key).update(entry).digest();
}
