import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { isReachable } from '../engine/connection.ts';
import { liveProcesses } from '../store/heartbeats.ts';
import type { Dependencies } from './dependencies.ts';

/** `degraded`: it was up since the start and is not now; `down`: it has not been up yet, or nothing goes without it. */
export type DependencyState = 'up' | 'down' | 'degraded';
export const dependencyNames = ['database', 'temporal', 'mail', 'worker'] as const;
export type DependencyName = (typeof dependencyNames)[number];

export interface Readiness {
  status: DependencyState;
  dependencies: Record<DependencyName, DependencyState>;
}

/** The operations port: `/livez`, `/readyz`, `/metrics` (api.md "Operations"). Not for the outside. */
export function createOperations(dependencies: Dependencies): Server {
  const readiness = watchReadiness(dependencies);
  const server = createServer((request, response) => {
    const answer = async () => {
      switch (request.url?.split('?')[0]) {
        case '/livez':
          return json(200, { status: 'up' });
        case '/readyz': {
          const now = await readiness();
          return json(now.status === 'down' ? 503 : 200, now);
        }
        case '/metrics': {
          const { contentType, text } = await dependencies.metrics.page(dependencies.database);
          return { status: 200, contentType, text };
        }
        default:
          return json(404, { status: 'not_found' });
      }
    };
    answer()
      .catch((error: unknown) => {
        dependencies.log.fault('operations', error);
        return json(500, { status: 'internal_error' });
      })
      .then(({ status, contentType, text }) => {
        response.writeHead(status, { 'Content-Type': contentType, 'Cache-Control': 'no-store' }).end(text);
      });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  return server;
}

function json(status: number, body: unknown): { status: number; contentType: string; text: string } {
  return { status, contentType: 'application/json; charset=utf-8', text: `${JSON.stringify(body)}\n` };
}

/**
 * 503 until every dependency has been up once since the start, each at its own time; afterwards only without the database.
 */
export function watchReadiness(
  dependencies: Pick<Dependencies, 'database' | 'engine' | 'settings'>,
): () => Promise<Readiness> {
  const wasUp = new Set<DependencyName>();
  return async () => {
    const found = await lookAtAll(dependencies);
    for (const name of dependencyNames) if (found[name]) wasUp.add(name);
    const hasBegun = dependencyNames.every((name) => wasUp.has(name));
    const stateOf = (name: DependencyName): DependencyState => {
      if (found[name]) return 'up';
      return name !== 'database' && wasUp.has(name) ? 'degraded' : 'down';
    };
    const states = Object.fromEntries(dependencyNames.map((name) => [name, stateOf(name)]));
    const isAllUp = dependencyNames.every((name) => found[name]);
    const status = !hasBegun || !found.database ? 'down' : isAllUp ? 'up' : 'degraded';
    return { status, dependencies: states as Record<DependencyName, DependencyState> };
  };
}

const patienceMs = 1_500;

/** Whether each answers within 1.5 s. */
export async function lookAtAll({
  database,
  engine,
  settings,
}: Pick<Dependencies, 'database' | 'engine' | 'settings'>): Promise<Record<DependencyName, boolean>> {
  const [isDatabaseUp, temporal, mail, worker] = await Promise.all([
    within(database.query('SELECT 1').then(() => true)),
    isReachable(engine, patienceMs),
    settings.smtpUrl === undefined ? true : doesRelayGreet(settings.smtpUrl),
    within(liveProcesses(database, 'worker').then((count) => count > 0)),
  ]);
  return { database: isDatabaseUp, temporal, mail, worker };
}

/** What does not answer in time is not up. */
async function within(question: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  try {
    return await Promise.race([question.catch(() => false), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** A mail relay that is up says a line beginning with 220; one for TLS only is content with the connection. */
function doesRelayGreet(smtpUrl: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(smtpUrl);
  const isTls = protocol === 'smtps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port || (isTls ? 465 : 25)) });
    const end = (isUp: boolean) => {
      socket.destroy();
      resolve(isUp);
    };
    socket.setTimeout(patienceMs, () => end(false));
    socket.once('error', () => end(false));
    socket.once('connect', () => isTls && end(true));
    socket.once('data', (bytes) => {
      socket.end('QUIT\r\n');
      resolve(bytes.toString('latin1').startsWith('220'));
      socket.destroySoon();
    });
  });
}
