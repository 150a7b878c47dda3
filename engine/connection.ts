import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
  type TLSConfig,
} from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { CodecKeys } from './codec.ts';
import { dataConverter } from './data-converter.ts';

/** Where Temporal is. What is given here wins over `environment`, and that over a profile file. */
export interface EngineSettings {
  /** `host:port`; default localhost:7233. */
  address?: string | undefined;
  /** Default `default`. */
  namespace?: string | undefined;
  tls?: TLSConfig | boolean | undefined;
  /** The process's environment, for `TEMPORAL_*` and profile files (`@temporalio/envconfig`); without it neither is read. */
  environment?: Readonly<Record<string, string | undefined>> | undefined;
  keys: CodecKeys;
  /** Shown in histories as who started or signalled. */
  identity?: string | undefined;
}

/** A way to Temporal that may be down: see `connectClient`. */
export interface EngineClient {
  client: Client;
  connection: Connection;
  namespace: string;
  close(): Promise<void>;
}

/**
 * Makes the client without waiting for Temporal, so that a process starts and works while it is down: calls then fail within
 * a second, and succeed within a second of its return. Give each call a deadline all the same (`withTimeout`).
 * Throws only on a profile that cannot be read.
 */
export function connectClient(settings: EngineSettings): EngineClient {
  const { namespace, ...where } = whereTemporalIs(settings);
  const connection = Connection.lazy({ ...where, channelArgs: quickReconnect, interceptors: [fewRetries()] });
  const client = new Client({
    connection,
    namespace,
    dataConverter: dataConverter(settings.keys),
    ...(settings.identity === undefined ? {} : { identity: settings.identity }),
  });
  return { client, connection, namespace, close: () => connection.close() };
}

/** Runs calls of `client` so that each ends after `timeoutMs`, or when `signal` is aborted. */
export function withTimeout<T>(
  client: Client,
  timeoutMs: number,
  call: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const timed = () => client.withDeadline(Date.now() + timeoutMs, call);
  return signal ? client.withAbortSignal(signal, timed) : timed();
}

/** Whether Temporal answers and knows the namespace. Never throws; answers within `timeoutMs`. */
export async function isReachable(engine: EngineClient, timeoutMs = 1000): Promise<boolean> {
  const { client, connection, namespace } = engine;
  try {
    await withTimeout(client, timeoutMs, () => connection.workflowService.describeNamespace({ namespace }));
    return true;
  } catch {
    return false;
  }
}

/** Address, namespace and credentials, from settings, environment and profile, in the form both kinds of connection take. */
export function whereTemporalIs({ address, namespace, tls, environment }: EngineSettings) {
  const profile = environment ? loadClientConnectConfig({ overrideEnvVars: defined(environment) }) : undefined;
  const { apiKey, metadata, ...found } = profile?.connectionOptions ?? {};
  return {
    address: address ?? found.address ?? 'localhost:7233',
    namespace: namespace ?? profile?.namespace ?? 'default',
    ...optional('tls', tls ?? found.tls),
    ...optional('apiKey', apiKey),
    ...optional('metadata', metadata),
  };
}

// gRPC's own backoff between attempts to connect grows to two minutes: long after Temporal's return calls would still fail.
const quickReconnect = { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 1000 };

/** The SDK's ten attempts take half a minute. Whoever calls has its own way to come again: the outbox, or the next page view. */
function fewRetries() {
  return makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts: 3 }));
}

/** An empty variable counts as unset, as everywhere in our settings. */
function defined(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined | null): { [N in Name]?: Value } {
  return value === undefined || value === null ? {} : ({ [name]: value } as { [N in Name]: Value });
}
