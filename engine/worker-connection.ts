import type { DataConverter } from '@temporalio/common';
import { NativeConnection } from '@temporalio/worker';
import { type EngineSettings, whereTemporalIs } from './connection.ts';
import { dataConverter } from './data-converter.ts';

/** What `Worker.create` takes of the engine. */
export interface WorkerConnection {
  connection: NativeConnection;
  namespace: string;
  dataConverter: DataConverter;
  close(): Promise<void>;
}

/** Connects a worker; rejects when Temporal does not answer (try again: nothing is left open). */
export async function connectWorker(settings: EngineSettings): Promise<WorkerConnection> {
  const { namespace, ...where } = whereTemporalIs(settings);
  const connection = await NativeConnection.connect(where);
  return { connection, namespace, dataConverter: dataConverter(settings.keys), close: () => connection.close() };
}
