import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { createActivities } from '../activities/index.ts';
import { connectClient } from '../engine/connection.ts';
import { createMailTransport } from '../mail/transport.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { beat, stopBeating } from '../store/heartbeats.ts';
import { codecKeys } from '../store/key-ring.ts';
import { troubleAtStart } from '../store/start-checks.ts';
import { startAuditSealer } from './audit-sealer.ts';
import { workflowBundle } from './bundle.ts';
import { countActivities, countMails } from './counted.ts';
import { type EngineWorker, startEngineWorker } from './engine-worker.ts';
import { startHousekeeper } from './housekeeper.ts';
import { createLog, type Logger } from './log.ts';
import { type Loop, startLoop } from './loop.ts';
import { startMailDispatcher } from './mail-dispatcher.ts';
import { createMetrics } from './metrics.ts';
import { startOperations } from './operations.ts';
import { startReconciler } from './reconciler.ts';
import { startRelay } from './relay.ts';
import { installSdkLog } from './sdk-log.ts';
import { type WorkerSettings, WrongSetting } from './settings.ts';

export interface RunningWorker {
  /** Rejects when the process must not go on: `WrongSetting`. */
  failed: Promise<never>;
  /** Ends in order, within the launcher's 10 s: no new work, work under way is finished, the last connections go. */
  stop(signal: string): Promise<void>;
}

/** Activities, relay, dispatcher and loops share these connections; PostgreSQL has 200 for all processes. */
const connections = 16;
const heartbeatMs = 2_000;

/**
 * Starts everything a worker is. Nothing it leans on needs to be there: it waits for the database, and what runs beside the
 * engine runs whether or not Temporal does. Rejects only when its port is taken.
 */
export async function startWorker(settings: WorkerSettings, log: Logger = createLog()): Promise<RunningWorker> {
  installSdkLog(log);
  const { keys, publicUrl, environment } = settings;
  const database = openDatabase({ url: settings.databaseUrl, keys, connections, name: 'gatehouse worker' });
  const metrics = createMetrics(database);
  const mailTransport = countMails(createMailTransport(settings), metrics);
  const identity = `worker-${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`;
  const engine = { environment, keys: codecKeys(keys), identity };
  const client = connectClient(engine);
  const delivery = { database, mailTransport, publicUrl };
  const bundle = workflowBundle(log);
  bundle.catch(() => undefined); // told by whoever waits for it

  const loops: Loop[] = [];
  let engineWorker: EngineWorker | undefined;
  const stopping = new AbortController();
  const operations = await startOperations({
    port: settings.opsPort,
    database,
    mailTransport,
    engineWorker: () => engineWorker,
    isStarted: () => loops.length > 0,
    metrics,
    log,
  });

  function startAll(): void {
    if (stopping.signal.aborted) return;
    const parts = { database, log, metrics };
    loops.push(
      startRelay({ ...parts, engine: client, stepsUnderWay: () => engineWorker?.stepsUnderWay ?? 0 }),
      startMailDispatcher({ delivery, log, metrics }),
      startAuditSealer(parts),
      startReconciler({ ...parts, engine: client }),
      startHousekeeper(parts),
      startHeartbeat(database, identity, log),
    );
    const activities = countActivities(createActivities(delivery), metrics);
    engineWorker = startEngineWorker({ engine, bundle: () => bundle, activities, log });
  }

  const failed = new Promise<never>((_, reject) => {
    permitted(database, settings, log, stopping.signal).then(startAll).catch(reject);
  });
  return {
    failed,
    async stop(signal) {
      log.info({ signal }, 'the worker is ending');
      stopping.abort();
      await Promise.all([engineWorker?.stop(), ...loops.map((loop) => loop.stop())]);
      await stopBeating(database, identity).catch(() => undefined);
      mailTransport.close({ force: true });
      const closed = once(operations, 'close');
      operations.close();
      operations.closeAllConnections();
      await Promise.race([Promise.allSettled([closed, client.close(), database.close()]), sleep(lastPatienceMs)]);
    },
  };
}

const lastPatienceMs = 1_500;
const firstPauseMs = 100;
const longestPauseMs = 2_000;

/** Waits until the database is there and migrated, then checks whether we may work with it. Throws `WrongSetting` when not. */
async function permitted(
  database: Database,
  settings: WorkerSettings,
  log: Logger,
  stopping: AbortSignal,
): Promise<void> {
  for (let pauseMs = firstPauseMs; !stopping.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      const trouble = await troubleAtStart(database, settings);
      if (trouble.length > 0) throw new WrongSetting(trouble.join('\n'));
      return;
    } catch (error) {
      if (error instanceof WrongSetting) throw error;
      if (pauseMs === firstPauseMs || pauseMs === longestPauseMs) log.warn({ error }, 'waiting for the database');
      await sleep(pauseMs, undefined, { signal: stopping }).catch(() => undefined);
    }
  }
}

/** By which the API knows that a worker is there. */
function startHeartbeat(database: Database, identity: string, log: Logger): Loop {
  const work = async () => {
    await beat(database, identity, 'worker');
    return false;
  };
  return startLoop({ task: 'heartbeat', everyMs: heartbeatMs, log, work });
}
