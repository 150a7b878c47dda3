import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import request, { type Response } from 'supertest';
import type { Dependencies } from '../../api/dependencies.ts';
import { createLog } from '../../api/log.ts';
import { createMetrics } from '../../api/metrics.ts';
import { createPasswords } from '../../api/passwords.ts';
import { createApi, createApiServer } from '../../api/server.ts';
import { type ApiSettings, readSettings } from '../../api/settings.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { connectClient } from '../../engine/connection.ts';
import { codecKeys } from '../../store/key-ring.ts';
import { type SecretRow, secretColumns, secretText } from '../../store/secrets.ts';
import { type House, harborview, openHouse } from './house.ts';

/** The API over a listening server and a database of its own; the engine is away, as it may be. */
export interface TestApi {
  readonly house: House;
  readonly dependencies: Dependencies;
  readonly url: string;
  /** A browser or program with a cookie jar of its own. */
  client(): TestClient;
  /** The text of the newest live secret of a purpose, of a case or account. */
  secretOf(purpose: 'access_code' | 'mailbox_code', ownerId: string): Promise<string>;
  /** Every line the API logged. */
  readonly logged: string[];
  /** Forgets limits and counters, so that stories do not meet each other's. */
  forgetLimits(): Promise<void>;
  stop(): Promise<void>;
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head' | 'options';

export interface TestClient {
  cookies: Map<string, string>;
  /** Calls below `/api/v1`; sends cookies, and with them `X-Gatehouse` and the right `Origin`; a POST gets a key of its own. */
  call(method: Method, path: string, body?: object, headers?: Record<string, string>): Promise<Response>;
  /** The same below `/portals/harborview`. */
  portal(method: Method, path: string, body?: object, headers?: Record<string, string>): Promise<Response>;
}

/** Starts it; call it in `beforeAll`, and `stop()` in `afterAll`. */
export async function startTestApi(
  changes: (policy: Policy) => void = () => {},
  environment: Record<string, string> = {},
): Promise<TestApi> {
  const house = await openHouse(generous(changes), { connections: 20 });
  const settings: ApiSettings = {
    ...readSettings({
      DATABASE_URL: 'postgresql://unused@localhost/unused',
      GATEHOUSE_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
      TEMPORAL_ADDRESS: '127.0.0.1:9',
      ...environment,
    }),
    keys: house.database.keys,
  };
  const logged: string[] = [];
  const destination = new Writable({
    write: (chunk, _encoding, done) => {
      logged.push(String(chunk));
      done();
    },
  });
  const dependencies: Dependencies = {
    database: house.database,
    engine: connectClient({ address: '127.0.0.1:9', keys: codecKeys(settings.keys) }),
    settings,
    log: createLog(destination),
    passwords: createPasswords(),
    metrics: createMetrics(),
  };
  const api = createApi(dependencies);
  const server = createApiServer(api.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    house,
    dependencies,
    url,
    logged,
    client: () => clientOf(url, settings.publicOrigin),
    secretOf: async (purpose, ownerId) => {
      const [secret] = await house.query<SecretRow & Record<string, unknown>>(
        `SELECT ${secretColumns} FROM secrets s WHERE s.purpose = $1 AND (s.case_id = $2 OR s.account_id = $2) AND s.ended_at IS NULL`,
        [purpose, ownerId],
      );
      if (!secret) throw new Error(`there is no live ${purpose}`);
      return secretText(house.database.keys, secret);
    },
    forgetLimits: async () => {
      await house.query('DELETE FROM rate_limits');
    },
    stop: async () => {
      api.close();
      server.closeAllConnections();
      server.close();
      await dependencies.engine.close();
      await house.close();
    },
  };
}

/** Limits out of the way; a test of limits sets them lower. */
function generous(changes: (policy: Policy) => void): (policy: Policy) => void {
  return (policy) => {
    policy.limits = {
      applicationsPerHour: 10_000,
      statusPerHour: 10_000,
      activationsPerHour: 10_000,
      loginsPerMinute: 10_000,
    };
    changes(policy);
  };
}

function clientOf(url: string, origin: string): TestClient {
  const cookies = new Map<string, string>();
  const call: TestClient['call'] = async (method, path, body, headers = {}) => {
    const asked = request(url)[method](path.startsWith('/api') ? path : `/api/v1${path}`);
    if (cookies.size > 0) {
      asked.set('Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
      if (method !== 'get') asked.set('X-Gatehouse', '1').set('Origin', origin);
    }
    if (method === 'post') asked.set('Idempotency-Key', randomUUID());
    for (const [name, value] of Object.entries(headers)) {
      if (value === '') asked.unset(name);
      else asked.set(name, value);
    }
    const response = await (body === undefined ? asked : asked.send(body));
    for (const text of [response.headers['set-cookie'] ?? []].flat()) keep(cookies, text);
    return response;
  };
  return { cookies, call, portal: (method, path, ...more) => call(method, `/portals/${harborview}${path}`, ...more) };
}

function keep(cookies: Map<string, string>, text: string): void {
  const [pair = ''] = text.split(';');
  const [name = '', value = ''] = pair.split('=');
  if (value === '') cookies.delete(name);
  else cookies.set(name, value);
}
