import { openDatabase } from '../store/database.ts';
import { eraseWhatIsOld } from '../store/retention.ts';
import { runCommand } from './run-command.ts';
import { readCommandSettings } from './settings.ts';

/** `npm run retention`: erases what has been kept long enough. Daily, by the operator's scheduler, as the owner. */
runCommand(async (print) => {
  const { databaseUrl, keys } = readCommandSettings('owner');
  const database = openDatabase({ url: databaseUrl, keys, connections: 2, name: 'gatehouse retention' });
  try {
    const erased = await eraseWhatIsOld(database);
    for (const [kind, count] of Object.entries(erased)) print(`${kind.padEnd(14)}${count}`);
  } finally {
    await database.close();
  }
});
