import { Problem } from '../../../../contract/problems.ts';
import { listPolicyVersions, readPolicyVersion } from '../../../../contract/routes/staff/portals.ts';
import { maySee } from '../../../../store/cases.ts';
import { listPolicyVersions as listVersions, policyOfVersion } from '../../../../store/policy-versions.ts';
import { handle } from '../../../handle.ts';
import { listAnswer } from '../list-answer.ts';

const list = handle(listPolicyVersions, async ({ params: { portal }, query, actor }, { database }) => {
  const page = maySee(actor, portal) ? listVersions(database, portal, query) : undefined;
  const answer = page && (await listAnswer(page, (row) => row));
  // Every portal has a first version: none at all means that there is no such portal.
  if (!answer || answer.total === 0) throw new Problem('not_found');
  return answer;
});

const show = handle(readPolicyVersion, async ({ params: { portal, version }, actor }, { database }) => {
  const policy = maySee(actor, portal) ? await policyOfVersion(database, portal, version) : undefined;
  if (!policy) throw new Problem('not_found');
  return policy;
});

export const policyVersionRoutes = [list, show];
