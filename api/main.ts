import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectClient } from '../engine/connection.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { codecKeys } from '../store/key-ring.ts';
import { troubleAtStart } from '../store/start-checks.ts';
import type { Dependencies } from './dependencies.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createOperations } from './operations.ts';
import { createPasswords } from './passwords.ts';
import { createApi, createApiServer } from './server.ts';
import { type ApiSettings, readSettings, WrongSetting } from './settings.ts';

/** sysexits' EX_CONFIG: whoever supervises us sees that starting again cannot help. */
const wrongSetting = 78;

/** `node dist/api/main.js`: the API process. */
async function main(): Promise<void> {
  const log = createLog();
  dieQuietly(log);
  const api = await startApi(readSettings(), log);
  let isEnding = false;
  const end = (why: string) => {
    if (isEnding) return;
    isEnding = true;
    log.note(`ends in order (${why})`);
    void api.stop().then(() => process.exit(0));
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end(signal));
  // The launcher is gone: nobody would end us any more.
  process.on('disconnect', () => end('disconnect'));
  // It may have gone while this process was still loading; then the event has passed already.
  if (process.send !== undefined && !process.connected) end('disconnect');
  await api.failed;
}

interface RunningApi {
  /** Rejects when the process must not go on: `WrongSetting`, or a port that is taken. */
  failed: Promise<never>;
  stop(): Promise<void>;
}

/** The operations port opens at once, the other when the database is there and may be worked with; the engine may come later. */
async function startApi(settings: ApiSettings, log: Log): Promise<RunningApi> {
  const { databaseUrl: url, databaseConnections: connections, keys, temporal } = settings;
  const database = openDatabase({ url, keys, connections, name: 'gatehouse api' });
  const engine = connectClient({ ...temporal, keys: codecKeys(keys), identity: `api ${process.pid}` });
  const metrics = createMetrics();
  const dependencies: Dependencies = { database, engine, settings, log, passwords: createPasswords(), metrics };
  const api = createApi(dependencies);
  const server = createApiServer(api.app);
  const operations = createOperations(dependencies);
  const stopping = new AbortController();
  await listen(operations, settings.opsPort, 'OPS_PORT');
  const begin = async () => {
    await permitted(database, settings, log, stopping.signal);
    if (stopping.signal.aborted) return;
    await listen(server, settings.port, 'PORT');
    log.note('answers');
  };
  return {
    failed: new Promise<never>((_, reject) => {
      begin().catch(reject);
    }),
    stop: async () => {
      stopping.abort();
      api.close();
      await Promise.all([closed(server), closed(operations)]);
      await Promise.race([Promise.allSettled([engine.close(), database.close()]), sleep(lastPatienceMs)]);
    },
  };
}

const lastPatienceMs = 1_500;
const pauseMs = 500;

/** Waits until the database is there and migrated, then checks whether we may work with it. Throws `WrongSetting` when not. */
async function permitted(
  database: Database,
  { isProduction }: ApiSettings,
  log: Log,
  stopping: AbortSignal,
): Promise<void> {
  for (let isFirst = true; !stopping.aborted; isFirst = false) {
    try {
      const trouble = await troubleAtStart(database, { isProduction });
      if (trouble.length > 0) throw new WrongSetting(trouble.join('\n'));
      return;
    } catch (error) {
      if (error instanceof WrongSetting) throw error;
      if (isFirst) log.fault('waiting for the database', error);
      await sleep(pauseMs);
    }
  }
}

async function listen(server: Server, port: number, setting: string): Promise<void> {
  server.listen(port);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // Not a wrong setting for good: the process before us may not have let go yet.
    if (code === 'EADDRINUSE') throw new Error(`${setting}: port ${port} is taken`);
    throw error;
  }
}

const graceMs = 8_000;

/** No new connections; what is being answered has its time, then it is cut off. */
async function closed(server: Server): Promise<void> {
  if (!server.listening) return;
  const done = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const cutOff = setTimeout(() => server.closeAllConnections(), graceMs);
  await done;
  clearTimeout(cutOff);
}

/** What nobody caught ends the process, and is told without its text: that may quote what people typed. */
function dieQuietly(log: Log): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fault(event, error);
      process.exit(1);
    });
  }
}

main().catch((error: unknown) => {
  const isWrong = error instanceof WrongSetting;
  const text = error instanceof Error ? (isWrong ? error.message : `${error.name}: ${error.message}`) : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(isWrong ? wrongSetting : 1);
});
