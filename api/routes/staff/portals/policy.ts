import { Problem } from '../../../../contract/problems.ts';
import { readPolicy, replacePolicy } from '../../../../contract/routes/staff/portals.ts';
import { maySee } from '../../../../store/cases.ts';
import { replacePolicy as replace, runningCasesByVersion } from '../../../../store/policy-changes.ts';
import { currentPolicy } from '../../../../store/portals.ts';
import { handle } from '../../../handle.ts';
import { staffActor } from '../staff-actor.ts';

const read = handle(readPolicy, async ({ params: { portal }, query, actor }, { database }) => {
  const policy = maySee(actor, portal) ? await currentPolicy(database, portal) : undefined;
  if (!policy) throw new Problem('not_found');
  if (query.with === undefined) return policy;
  return { ...policy, runningCases: await runningCasesByVersion(database, portal) };
});

const put = handle(replacePolicy, async ({ params: { portal }, body, actor }, { database }) => {
  if (!maySee(actor, portal)) throw new Problem('not_found');
  const { note, ...policy } = body;
  return database.transaction((tx) => replace(tx, portal, policy, staffActor(actor), note));
});

export const policyRoutes = [read, put];
