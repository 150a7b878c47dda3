import { completeActivation, lockActivation } from '../../store/activations.ts';
import { writeAudit } from '../../store/audit.ts';
import { lockCase } from '../../store/cases.ts';
import { newToken } from '../../store/sessions.ts';
import type { Past } from './past.ts';

/** The six steps at once: an activation that has come to the terms is completed as the API completes it. */
export async function openAccount({ setting, caseId }: Past, story: string, username: string): Promise<void> {
  const { tx, policy, passwordHash } = setting;
  const { row, facts, now } = await lockCase(tx, caseId(story));
  if (!facts.openSecret) throw new Error('there is no live code');
  const actor = { kind: 'person' } as const;
  const [activation] = await tx.query<{ id: string }>(
    `INSERT INTO activations (portal, case_id, secret_id, token_hash, step, started_at, ends_at, mailed_to, email, old_mailbox_at,
       username, password_hash, notify_by_email)
     VALUES ($1, $2, $3, $4, 'terms', $5, $5::timestamptz + interval '1 day', $6, $6, $5, $7, $8, true) RETURNING id`,
    [row.portal, row.id, facts.openSecret.id, newToken().hash, now, row.email, username, passwordHash],
  );
  if (!activation) throw new Error('an inserted activation has an id');
  writeAudit(tx, { at: now, actor, action: 'activation_started', portal: row.portal, caseId: row.id });
  const held = await lockActivation(tx, { id: activation.id, caseId: row.id, secretId: facts.openSecret.id });
  if (!held) throw new Error('the activation does not run');
  const done = await completeActivation(tx, held, { termsVersion: policy.terms.version, actor });
  if (typeof done === 'string') throw new Error(`the account was not opened: ${done}`);
}
