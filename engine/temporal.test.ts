import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import proto from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { Snapshot } from '../domain/snapshot.ts';
import { freePort } from '../test/support/free-port.ts';
import type { CodecKeys } from './codec.ts';
import { connectClient, type EngineClient, isReachable, withTimeout } from './connection.ts';
import { failureConverterPath } from './data-converter.ts';
import { describeCase, type EngineView } from './describe.ts';
import { messageNames, taskQueue, workflowId } from './names.ts';
import { ensureRetention, ensureSearchAttributes } from './namespace.ts';
import { wakeCase } from './wake.ts';
import { connectWorker, type WorkerConnection } from './worker-connection.ts';

const canary = 'canary-Ada-Ferris';
const keys: CodecKeys = { currentId: 'k1', keyFor: (id) => (id === 'k1' ? Buffer.alloc(32, 7) : undefined) };
const firesAt = '2026-11-25T22:00:00.000Z';

const start: Snapshot = {
  caseId: '018f3e7a-7b3c-7cc0-9a51-0242ac120002',
  kind: 'application',
  reference: 'GH-7K3Q-M2XP',
  portal: 'harborview',
  version: 4,
  state: 'approved',
  waitingOn: 'engine',
  now: '2026-09-26T22:00:00.000Z',
  dueAt: null,
  expiresAt: firesAt,
  timers: [{ name: 'code_expires', firesAt }],
  owes: { secret: true, approval: false, mails: [] },
};
const id = workflowId(start.kind, start.caseId);
const toldOf = (state: string, version: number): Snapshot => ({ ...start, state, version });

describe('while Temporal is down', () => {
  it('making a client succeeds, and asking answers soon with values', async () => {
    const engine = connectClient({ address: `127.0.0.1:${await freePort()}`, keys });
    const began = performance.now();
    expect(await isReachable(engine)).toBe(false);
    expect(await describeCase(engine.client, id, { askRun: true })).toEqual({
      workflowId: id,
      status: 'UNREACHABLE',
      unreachable: true,
      pendingActivities: [],
    });
    await expect(wakeCase(engine.client, start)).rejects.toThrow();
    expect(performance.now() - began).toBeLessThan(4000);
    await engine.close();
  });
});

const program = join(homedir(), '.cache', 'gatehouse', 'bin', 'temporal');
const withServer = existsSync(program) ? describe : describe.skip;

withServer('a run on a real Temporal server', () => {
  let server: TestWorkflowEnvironment;
  let engine: EngineClient;
  let connected: WorkerConnection;
  let worker: Worker;
  let running: Promise<void>;

  beforeAll(async () => {
    const telemetryOptions = { logging: { forward: {}, filter: 'ERROR' } };
    Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined), telemetryOptions });
    const port = await freePort();
    engine = connectClient({ address: `127.0.0.1:${port}`, keys }); // before there is a server
    expect(await isReachable(engine)).toBe(false);
    const [started, workflowBundle] = await Promise.all([startServer(port), bundle()]);
    server = started;
    connected = await connectWorker({ address: server.address, keys });
    await ensureSearchAttributes(connected.connection, connected.namespace);
    const { connection, namespace, dataConverter } = connected;
    worker = await Worker.create({ connection, namespace, dataConverter, taskQueue, workflowBundle, activities });
    running = worker.run();
  });

  afterAll(async () => {
    worker?.shutdown();
    await running;
    await connected?.close();
    await engine?.close();
    await server?.teardown();
  });

  it('is reached by a client that was made before the server', async () => {
    await eventually(async () => expect(await isReachable(engine)).toBe(true), 3000);
  });

  it('finds the search attributes registered, however often and by however many', async () => {
    const { connection, namespace } = connected;
    const ensure = () => ensureSearchAttributes(connection, namespace);
    expect(await Promise.all([ensure(), ensure()])).toEqual([{ added: [] }, { added: [] }]);
  });

  it('lengthens a retention, never shortens it', async () => {
    const { connection, namespace } = connected;
    expect(await ensureRetention(connection, namespace, 90)).toBe(true);
    expect(await ensureRetention(connection, namespace, 90)).toBe(false);
    expect(await ensureRetention(connection, namespace, 30)).toBe(false);
  });

  it('that was never started is a value', async () => {
    expect(await describeCase(engine.client, 'application/none')).toMatchObject({ status: 'NOT_FOUND' });
  });

  it('lives from wake to failure without showing a payload or an error text, and shows what an operator needs', async () => {
    const { client } = engine;
    const first = await wakeCase(client, start);
    expect(await wakeCase(client, start)).toBe(first); // told, not started again

    const failing = await until(client, (view) => view.pendingActivities[0]?.lastFailure !== undefined);
    expect(failing).toMatchObject({ status: 'RUNNING', runId: first, startedAt: expect.any(Date) });
    expect(failing.pendingActivities).toMatchObject([
      { name: 'mail', attempt: 2, lastFailure: `no relay for ${canary}` },
    ]);
    expect(failing.pendingActivities[0]?.nextAttemptAt).toBeInstanceOf(Date);

    expect(await describeCase(client, id, { askRun: true })).toMatchObject({
      plan: { state: 'approved', version: 4, waitsFor: start.timers },
      currentDetails: `waits for engine until ${firesAt} (code_expires)`,
    });
    expect(JSON.stringify(await metadataOnTheWire())).toContain(`waits for engine until ${firesAt} (code_expires)`);

    const update = client.workflow.getHandle(id).executeUpdate(messageNames.reread, { args: [canary] });
    await expect(update).rejects.toMatchObject({ cause: { message: `refused ${canary}` } });

    // Each told only when the timer before has started: two quick moves are one step to a run, and would leave a timer out.
    await wakeCase(client, toldOf('code_sent', 5));
    await eventually(async () => expect(await timersStarted()).toBe(1), 5000);
    await wakeCase(client, toldOf('expired', 6));
    await eventually(async () => expect(await timersStarted()).toBe(2), 5000);
    await wakeCase(client, toldOf('rejected', 7));
    await expect(client.workflow.getHandle(id).result()).rejects.toMatchObject({
      cause: { message: `failed for ${canary}`, details: [canary] },
    });

    const history = await rawHistory(id);
    const hidden = ['canary', '"reference"']; // the latter a field of the snapshot
    expect(hidden.filter((text) => history.includes(text))).toEqual([]);
    const shown = ['"application GH-7K3Q-M2XP"', '"read case"', '"mail access_code"', '"reminder"', '"code_sent"'];
    expect(shown.filter((text) => !history.includes(text))).toEqual([]);

    const again = await wakeCase(client, toldOf('approved', 8)); // a closed run does not stand in the way
    expect(again).not.toBe(first);
  });

  it('that fails by a mistake shows no text of it either', async () => {
    const options = { taskQueue, workflowId: 'broken', args: [], staticSummary: `names ${canary}` };
    await engine.client.workflow.start('broken', options);
    await eventually(async () => {
      const history = await rawHistory('broken');
      const shown = ['Encoded failure', 'canary'].filter((text) => history.includes(text));
      expect(shown).toEqual(['Encoded failure']);
    }, 5000);
  });

  it('is found by its search attributes', async () => {
    await eventually(async () => {
      const found: string[] = [];
      const query =
        "CaseKind = 'application' AND CaseState = 'approved' AND WaitingOn = 'engine' AND ExpiresAt > '2026-11-01T00:00:00Z'";
      for await (const run of engine.client.workflow.list({ query })) found.push(run.workflowId);
      expect(found).toContain(id);
    }, 5000);
  });

  /** As the server keeps it: protobuf bytes, in which every text stands as it is. */
  async function rawHistory(workflow: string): Promise<string> {
    const { History } = proto.temporal.api.history.v1;
    return Buffer.from(History.encode({ events: await eventsOf(workflow) }).finish()).toString('latin1');
  }

  async function timersStarted(): Promise<number> {
    return (await eventsOf(id)).filter((event) => event.timerStartedEventAttributes).length;
  }

  async function eventsOf(workflow: string) {
    const { workflowService } = engine.connection;
    const request = { namespace: engine.namespace, execution: { workflowId: workflow } };
    const { history } = await workflowService.getWorkflowExecutionHistory(request);
    return history?.events ?? [];
  }

  async function metadataOnTheWire() {
    const { workflowService } = engine.connection;
    const query = { queryType: '__temporal_workflow_metadata' };
    const request = { namespace: engine.namespace, execution: { workflowId: id }, query };
    const { queryResult } = await withTimeout(engine.client, 2000, () => workflowService.queryWorkflow(request));
    return queryResult?.payloads?.map(({ data }) => JSON.parse(Buffer.from(data ?? []).toString()));
  }
});

const activities = {
  look: async (text: string) => `looked at ${text}`,
  mail: async (text: string) => {
    throw new Error(`no relay for ${text}`);
  },
};

function bundle() {
  const workflowsPath = join(import.meta.dirname, 'trial-workflow.cjs');
  return bundleWorkflowCode({
    workflowsPath,
    failureConverterPath,
    logger: new DefaultLogger('ERROR', () => undefined),
  });
}

function startServer(port: number): Promise<TestWorkflowEnvironment> {
  return TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: program },
      port,
      ui: false,
      log: { format: 'pretty', level: 'error' },
    },
  });
}

async function until(client: EngineClient['client'], holds: (view: EngineView) => boolean): Promise<EngineView> {
  let view = await describeCase(client, id);
  await eventually(async () => {
    view = await describeCase(client, id);
    expect(holds(view)).toBe(true);
  }, 5000);
  return view;
}

async function eventually(check: () => Promise<void>, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
