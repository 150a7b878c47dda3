import { Problem } from '../contract/problems.ts';
import type { LimitName } from '../contract/route.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Database } from '../store/database.ts';
import { type Count, count, countAtPortal } from '../store/limits.ts';
import { currentPolicy, policyAt } from '../store/portals.ts';

/** Sign-ins of staff per client address and minute; staff belong to no portal, so no policy says it. */
const staffLoginsPerMinute = 30;

const windowSeconds: Record<LimitName, number> = {
  applicationsPerHour: 3600,
  statusPerHour: 3600,
  activationsPerHour: 3600,
  loginsPerMinute: 60,
  staffLogins: 60,
};

/** Counts a call of no portal per client address. Raises `too_many_requests` with the seconds to wait. */
export async function keepToStaffLimit(database: Database, address: string): Promise<void> {
  const counted = await count(database, {
    name: 'staffLogins',
    of: [address],
    windowSeconds: windowSeconds.staffLogins,
  });
  refuseBeyond(staffLoginsPerMinute, counted);
}

/**
 * The policy in force at a portal; a call with a limit is counted in the same statement, per client address and portal.
 * Raises `not_found` and `too_many_requests` with the seconds to wait.
 */
export async function policyWithinLimit(
  database: Database,
  portal: string,
  limit: Exclude<LimitName, 'staffLogins'> | undefined,
  address: string,
): Promise<Policy> {
  if (limit === undefined) {
    const policy = await currentPolicy(database, portal);
    if (!policy) throw new Problem('not_found');
    return policy;
  }
  const asked = { name: limit, of: [portal, address], windowSeconds: windowSeconds[limit] };
  const counted = await countAtPortal(database, asked, portal);
  if (!counted) throw new Problem('not_found');
  const policy = await policyAt(database, portal, counted.policyVersion);
  refuseBeyond(policy.limits[limit], counted);
  return policy;
}

function refuseBeyond(most: number, { points, secondsLeft }: Count): void {
  if (points > most) throw new Problem('too_many_requests', { retryAfterSeconds: secondsLeft });
}
