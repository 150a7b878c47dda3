import { openDatabase } from '../../store/database.ts';
import { runAsProgram } from '../run-as-program.ts';
import { readDemonstrationSettings } from '../settings.ts';
import { loadOnce } from './load-once.ts';

/** `node dist/prisma/demonstration/main.js`, as the launcher runs it. */
runAsProgram(import.meta.url, async () => {
  const { ownerUrl, keys, password } = readDemonstrationSettings();
  const database = openDatabase({ url: ownerUrl, keys, connections: 1, name: 'gatehouse demonstration' });
  try {
    return await loadOnce(database, password);
  } finally {
    await database.close();
  }
});
