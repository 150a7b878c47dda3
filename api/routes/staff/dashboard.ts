import { readDashboard } from '../../../contract/routes/staff/dashboard.ts';
import { readDashboard as readFigures } from '../../../store/dashboard.ts';
import { handle } from '../../handle.ts';

export const dashboardRoute = handle(readDashboard, ({ member }, { database }) =>
  readFigures(database, {
    memberId: member.id,
    portals: member.portals,
    canWork: member.permissions.includes('case.claim'),
  }),
);
