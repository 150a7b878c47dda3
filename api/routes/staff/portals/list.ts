import { listPortals } from '../../../../contract/routes/staff/portals.ts';
import { openLifecycles } from '../../../../domain/policy/open-lifecycles.ts';
import { listPortals as readPortals } from '../../../../store/policy-changes.ts';
import { handle } from '../../../handle.ts';
import { pageOfAll } from '../list-answer.ts';

export const listPortalsRoute = handle(listPortals, async ({ query, member }, { database }) => {
  const portals = (await readPortals(database, member.portals)).map(({ id, policy }) => ({
    id,
    name: policy.name,
    timeZone: policy.timeZone,
    policyVersion: policy.version,
    open: openLifecycles(policy),
  }));
  return pageOfAll(query.order === 'asc' ? portals : portals.reverse(), query);
});
