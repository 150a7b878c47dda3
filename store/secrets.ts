import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { CaseSecretPurpose } from '../domain/case-names.ts';

import { accessCodeText, readAccessCode } from '../domain/secrets/access-code.ts';
import { mailboxCodeText, readMailboxCode } from '../domain/secrets/mailbox-code.ts';
import type { SecretEnding } from '../domain/secrets/purposes.ts';
import { readRegistrationLink, registrationLinkText } from '../domain/secrets/registration-link.ts';
import type { Transaction } from './database.ts';
import { type KeyRing, subkey } from './key-ring.ts';

/** The secrets that exist so far: what a case mails, and the numbers that prove a mailbox. Later lifecycles add theirs. */
export type IssuedPurpose = CaseSecretPurpose | 'mailbox_code';

export interface SecretRow {
  id: string;
  portal: string;
  caseId: string | null;
  accountId: string | null;
  activationId: string | null;
  purpose: IssuedPurpose;
  keyId: string;
  issuedAt: Date;
  expiresAt: Date;
  tries: number;
  identityTries: number;
  endedAt: Date | null;
  endedAs: SecretEnding | null;
  sentTo: string | null;
}

export const secretColumns = `s.id, s.portal, s.case_id AS "caseId", s.account_id AS "accountId", s.activation_id AS "activationId",
  s.purpose, s.key_id AS "keyId", s.issued_at AS "issuedAt", s.expires_at AS "expiresAt", s.tries,
  s.identity_tries AS "identityTries", s.ended_at AS "endedAt", s.ended_as AS "endedAs", s.sent_to AS "sentTo"`;

export interface SecretToIssue {
  portal: string;
  purpose: IssuedPurpose;
  caseId?: string | undefined;
  accountId?: string | undefined;
  activationId?: string | undefined;
  issuedAt: Date;
  expiresAt: Date;
  /** The address it is mailed to. */
  sentTo: string;
}

/**
 * Issues a secret; the live one of the same purpose and case (or account) is superseded first. Only the row is written:
 * the text is derived from the keys whenever a mail is rendered or a try is judged (architecture, pattern 6).
 */
export async function issueSecret(tx: Transaction, secret: SecretToIssue): Promise<string> {
  supersede(tx, secret);
  // 40 bits of selector may meet a namesake among millions; another id then gives another text.
  for (;;) {
    const id = uuidOf(randomBytes(16));
    const keyId = tx.keys.current;
    const text = secretText(tx.keys, { ...secret, id, keyId });
    const inserted = await tx.query(
      `INSERT INTO secrets (id, portal, case_id, account_id, activation_id, purpose, key_id, lookup, issued_at, expires_at, sent_to)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (portal, purpose, lookup) WHERE lookup IS NOT NULL DO NOTHING RETURNING id`,
      [
        id,
        secret.portal,
        secret.caseId ?? null,
        secret.accountId ?? null,
        secret.activationId ?? null,
        secret.purpose,
        keyId,
        lookupOf(tx.keys, keyId, secret.portal, secret.purpose, text),
        secret.issuedAt,
        secret.expiresAt,
        secret.sentTo,
      ],
    );
    if (inserted.length > 0) return id;
  }
}

function supersede(tx: Transaction, { purpose, caseId, accountId, issuedAt }: SecretToIssue): void {
  tx.write(
    `UPDATE secrets SET ended_at = $3, ended_as = 'superseded'
     WHERE purpose = $1 AND ended_at IS NULL AND ${caseId ? 'case_id' : 'case_id IS NULL AND account_id'} = $2`,
    [purpose, caseId ?? accountId ?? null, issuedAt],
  );
}

/** Ends every open secret of a case, or those of one purpose. A secret already ended keeps its end. */
export function endSecretsOfCase(
  tx: Transaction,
  caseId: string,
  as: SecretEnding,
  at: Date,
  purpose?: IssuedPurpose,
): void {
  tx.write(
    `UPDATE secrets SET ended_at = $3, ended_as = $4
     WHERE case_id = $1 AND ended_at IS NULL AND ($2::text IS NULL OR purpose = $2)`,
    [caseId, purpose ?? null, at, as],
  );
}

/** Ends one secret. */
export function endSecret(tx: Transaction, id: string, as: SecretEnding, at: Date): void {
  tx.write('UPDATE secrets SET ended_at = $2, ended_as = $3 WHERE id = $1 AND ended_at IS NULL', [id, at, as]);
}

/** What of a secret its text is made from. */
export interface SecretIdentity {
  id: string;
  keyId: string;
  portal: string;
  purpose: IssuedPurpose;
}

/** The text a person is sent: HMAC-SHA-256 over length-prefixed purpose, portal and id, in the purpose's own format. */
export function secretText(keys: KeyRing, secret: SecretIdentity): string {
  const mac = createHmac('sha256', subkey(keys, secret.keyId, 'secrets'));
  for (const part of [secret.purpose, secret.portal, secret.id]) mac.update(lengthPrefixed(part));
  return forms[secret.purpose].text(mac.digest());
}

/** How the text of each purpose is written, and read forgivingly. Without a selector it is never found by its text. */
const forms: Record<
  IssuedPurpose,
  { text(bytes: Buffer): string; read(typed: string): { selector?: string; proof: string } | undefined }
> = {
  access_code: { text: (bytes) => accessCodeText(bytes.subarray(0, 10)), read: readAccessCodeWhole },
  registration_link: { text: registrationLinkText, read: readRegistrationLink },
  mailbox_code: {
    text: mailboxCodeText,
    read: (typed) => {
      const proof = readMailboxCode(typed);
      return proof === undefined ? undefined : { proof };
    },
  },
};

function readAccessCodeWhole(typed: string) {
  const read = readAccessCode(typed);
  return read && { selector: read.selector, proof: read.selector + read.proof };
}

/** Whether `typed` is the secret's text, compared in constant time. Text of another form is simply not it. */
export function isSecretText(keys: KeyRing, secret: SecretIdentity, typed: string): boolean {
  const { read } = forms[secret.purpose];
  const expected = read(secretText(keys, secret))?.proof;
  const given = read(typed)?.proof;
  if (expected === undefined || given === undefined) return false;
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The look-up values a typed code or link may be filed under: one per key in the ring. Empty when it has not its form. */
export function lookupsOf(keys: KeyRing, portal: string, purpose: CaseSecretPurpose, typed: string): Buffer[] {
  const selector = forms[purpose].read(typed)?.selector;
  if (selector === undefined) return [];
  return [...keys.byId.keys()].map((keyId) => selectorLookup(keys, keyId, portal, purpose, selector));
}

/** A mailbox code is found by the activation or account that asked, never by its text. */
function lookupOf(keys: KeyRing, keyId: string, portal: string, purpose: IssuedPurpose, text: string): Buffer | null {
  const selector = forms[purpose].read(text)?.selector;
  return selector === undefined ? null : selectorLookup(keys, keyId, portal, purpose, selector);
}

function selectorLookup(keys: KeyRing, keyId: string, portal: string, purpose: string, selector: string): Buffer {
  const mac = createHmac('sha256', subkey(keys, keyId, 'lookup'));
  for (const part of [portal, purpose, selector]) mac.update(lengthPrefixed(part));
  return mac.digest();
}

function lengthPrefixed(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
