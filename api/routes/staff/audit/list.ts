import { Problem } from '../../../../contract/problems.ts';
import { listAudit } from '../../../../contract/routes/staff/audit.ts';
import type { AuditEntry } from '../../../../contract/schemas/audit.ts';
import { type AuditRow, readAudit } from '../../../../store/audit-feed.ts';
import { handle } from '../../../handle.ts';

export const listAuditRoute = handle(listAudit, async ({ query, member }, { database }) => {
  const page = await readAudit(database, { ...query, portals: member.portals });
  if (!page) throw new Problem('bad_query', { errors: { before: 'There is no entry with this id.' } });
  return { data: page.data.map(presentEntry), next: page.next };
});

function presentEntry({
  id,
  at,
  actorKind,
  actorId,
  actorName,
  action,
  portal,
  caseId,
  reference,
  accountId,
  detail,
}: AuditRow): AuditEntry {
  return {
    id,
    at,
    actor: { kind: actorKind, id: actorId, name: actorName },
    action,
    ...(portal !== null && { portal }),
    ...(caseId !== null && { caseId }),
    ...(reference !== null && { reference }),
    ...(accountId !== null && { accountId }),
    detail,
  };
}
