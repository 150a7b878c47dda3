import { Problem } from '../contract/problems.ts';
import type { LimitName } from '../contract/route.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Database } from '../store/database.ts';
import { count } from '../store/limits.ts';

/** Sign-ins of staff per client address and minute; staff belong to no portal, so no policy says it. */
const staffLoginsPerMinute = 30;

const windowSeconds: Record<LimitName, number> = {
  applicationsPerHour: 3600,
  statusPerHour: 3600,
  activationsPerHour: 3600,
  loginsPerMinute: 60,
  staffLogins: 60,
};

/** Counts the call per client address and portal. Raises `too_many_requests` with the seconds to wait. */
export async function keepToLimits(
  database: Database,
  names: readonly LimitName[],
  { address, portal, policy }: { address: string; portal: string | undefined; policy: Policy | undefined },
): Promise<void> {
  for (const name of names) {
    const most = name === 'staffLogins' ? staffLoginsPerMinute : policy?.limits[name];
    if (most === undefined) continue;
    const { points, secondsLeft } = await count(database, {
      name,
      of: [portal ?? '', address],
      windowSeconds: windowSeconds[name],
    });
    if (points > most) throw new Problem('too_many_requests', { retryAfterSeconds: secondsLeft });
  }
}
