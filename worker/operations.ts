import { createServer, type Server, type ServerResponse } from 'node:http';
import type { MailTransport } from '../mail/transport.ts';
import { databaseNow } from '../store/clock.ts';
import type { Database } from '../store/database.ts';
import type { EngineWorker } from './engine-worker.ts';
import type { Logger } from './log.ts';
import type { WorkerMetrics } from './metrics.ts';

export interface OperationsOptions {
  port: number;
  database: Database;
  mailTransport: MailTransport;
  engineWorker: () => EngineWorker | undefined;
  /** Whether the checks at start have passed and the loops run. */
  isStarted: () => boolean;
  metrics: WorkerMetrics;
  log: Logger;
}

/** `/livez`, `/readyz` and `/metrics` on a port of their own, which is not for the public. Rejects when the port is taken. */
export async function startOperations(options: OperationsOptions): Promise<Server> {
  const readiness = createReadiness(options);
  const server = createServer((request, response) => {
    answer(request.url ?? '/', readiness, options, response).catch((error: unknown) => {
      options.log.error({ error }, 'the operations port failed');
      response.writeHead(500).end();
    });
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return server;
}

async function answer(
  url: string,
  readiness: () => Promise<Readiness>,
  { metrics }: OperationsOptions,
  response: ServerResponse,
): Promise<void> {
  switch (url.split('?', 1)[0]) {
    case '/livez':
      return send(response, 200, 'application/json', JSON.stringify({ status: 'alive' }));
    case '/readyz': {
      const { isReady, ...body } = await readiness();
      return send(response, isReady ? 200 : 503, 'application/json', JSON.stringify(body));
    }
    case '/metrics': {
      const { type, text } = await metrics.page();
      return send(response, 200, type, text);
    }
    default:
      return send(response, 404, 'text/plain', 'livez, readyz, metrics\n');
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

type Dependency = 'database' | 'temporal' | 'mail';

interface Readiness {
  isReady: boolean;
  status: 'ready' | 'degraded' | 'starting' | 'down';
  dependencies: Record<Dependency, 'up' | 'down'>;
}

const mailCheckMs = 5_000;
const checkedAgainMs = 5_000;

/** 503 until everything has been up once; afterwards only without the database (api.md "Operations"). */
function createReadiness({ database, mailTransport, engineWorker, isStarted }: OperationsOptions) {
  const wereUp = new Set<Dependency>();
  let mail = { isUp: false, at: Number.NEGATIVE_INFINITY };

  const isMailUp = async () => {
    if (!mail.isUp || performance.now() - mail.at > checkedAgainMs) {
      mail = { isUp: await mailTransport.verify(AbortSignal.timeout(mailCheckMs)), at: performance.now() };
    }
    return mail.isUp;
  };
  const isDatabaseUp = () =>
    databaseNow(database).then(
      () => true,
      () => false,
    );

  return async (): Promise<Readiness> => {
    const [isDatabase, isMail] = await Promise.all([isDatabaseUp(), isMailUp()]);
    const up: Record<Dependency, boolean> = {
      database: isDatabase,
      temporal: engineWorker()?.isRunning === true,
      mail: isMail,
    };
    for (const name of Object.keys(up) as Dependency[]) if (up[name]) wereUp.add(name);
    const isComplete = wereUp.size === Object.keys(up).length && isStarted();
    const isReady = isComplete && up.database;
    const allUp = Object.values(up).every(Boolean);
    return {
      isReady,
      status: isReady ? (allUp ? 'ready' : 'degraded') : isComplete ? 'down' : 'starting',
      dependencies: {
        database: up.database ? 'up' : 'down',
        temporal: up.temporal ? 'up' : 'down',
        mail: up.mail ? 'up' : 'down',
      },
    };
  };
}
