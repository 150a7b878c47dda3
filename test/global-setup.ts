import { startRunDatabase, stopRunDatabase } from './support/database-server.ts';

/** Jest performs this once, and only when a chosen test stands in a room with a database; on Ctrl-C it forgets the teardown. */
export default async function globalSetup(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void stopRunDatabase().finally(() => process.exit(130)));
  }
  await startRunDatabase();
}
