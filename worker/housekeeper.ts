import type { Database } from '../store/database.ts';
import { clearWhatIsOver, hasMoreToClear } from '../store/housekeeping.ts';
import type { Logger } from './log.ts';
import { type Loop, startLoop } from './loop.ts';

/** Once a minute, after the rush of the start. */
export function startHousekeeper({ database, log }: { database: Database; log: Logger }): Loop {
  return startLoop({
    task: 'housekeeper',
    firstMs: 30_000,
    everyMs: 60_000,
    log,
    work: async () => hasMoreToClear(await clearWhatIsOver(database)),
  });
}
