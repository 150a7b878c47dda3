import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { addressOf, type QueryValue } from '../contract/client.ts';
import type { RouteDescriptor, WireBody, WireParams, WireResult } from '../contract/route.ts';

export interface Call<R extends RouteDescriptor> {
  params?: WireParams<R>;
  body?: WireBody<R>;
  query?: Readonly<Record<string, QueryValue>>;
  cookie?: string | undefined;
}

export interface Answered<R extends RouteDescriptor> {
  status: number;
  body: WireResult<R>;
  /** `name=value` of the first cookie set. */
  cookie: string | undefined;
  /** From the call until the last byte, ms. */
  ms: number;
}

/** Something other than the status asked for; the code of ours, or the status, is its message. */
export class Unexpected extends Error {
  readonly status: number;

  constructor(route: string, status: number, code: string) {
    super(`${route}: ${status} ${code}`);
    this.status = status;
  }
}

/** Callers are many: each call comes from another of so many addresses of the loopback (Linux has all of 127.0.0.0/8). */
const addresses = process.platform === 'linux' ? 50 : 1;

/** As light as a client can be: keep-alive over node:http, no headers parsed, JSON only. */
export class HttpClient {
  private readonly agent: Agent;
  private readonly host: string;
  private readonly port: number;
  private calls = 0;

  constructor(baseUrl: string, connections: number) {
    const { hostname, port } = new URL(baseUrl);
    this.host = hostname;
    this.port = Number(port);
    this.agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  }

  /** Makes one call and demands the route's own status, or `status`. Throws `Unexpected`. */
  async call<const R extends RouteDescriptor>(route: R, call: Call<R> = {}, status?: number): Promise<Answered<R>> {
    const startedAt = performance.now();
    const answer = await this.send(route, call);
    const ms = performance.now() - startedAt;
    const body = answer.text === '' ? undefined : JSON.parse(answer.text);
    if (answer.status !== (status ?? route.status)) {
      throw new Unexpected(route.name, answer.status, String(body?.code ?? ''));
    }
    return { status: answer.status, body, cookie: answer.cookie?.split(';', 1)[0], ms };
  }

  close(): void {
    this.agent.destroy();
  }

  private send<R extends RouteDescriptor>(route: R, call: Call<R>): Promise<Raw> {
    const isUnsafe = route.method !== 'get';
    const text = isUnsafe && route.method !== 'delete' ? JSON.stringify(call.body ?? {}) : undefined;
    const headers: Record<string, string | number> = {
      accept: 'application/json',
      ...(isUnsafe && { 'x-gatehouse': '1', 'sec-fetch-site': 'same-origin' }),
      ...(text !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      ...(route.idempotent && { 'idempotency-key': randomUUID() }),
      ...(call.cookie !== undefined && { cookie: call.cookie, ...(isUnsafe && { 'x-gatehouse-active': '1' }) }),
    };
    const { agent, host, port } = this;
    this.calls += 1;
    const localAddress = `127.0.0.${1 + (this.calls % addresses)}`;
    const path = addressOf(route, { params: call.params, query: call.query });
    return new Promise((resolve, reject) => {
      const method = route.method.toUpperCase();
      const sent = request({ agent, host, port, path, method, headers, localAddress, timeout: 30_000 });
      sent.once('error', reject);
      sent.once('timeout', () => sent.destroy(new Error('no answer within 30 s')));
      sent.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const cookie = response.headers['set-cookie']?.[0];
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8'), cookie });
        });
      });
      sent.end(text);
    });
  }
}

interface Raw {
  status: number;
  text: string;
  cookie: string | undefined;
}
