import { verifyAudit } from '../../../../contract/routes/staff/audit.ts';
import { verifyAudit as verify } from '../../../../store/audit-verification.ts';
import { handle } from '../../../handle.ts';

export const verifyAuditRoute = handle(verifyAudit, (_input, { database }) => verify(database));
