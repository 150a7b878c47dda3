import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { connectClient, type EngineClient } from '../engine/connection.ts';
import { workflowId } from '../engine/names.ts';
import { verifyAudit } from '../store/audit-verification.ts';
import { liveProcesses } from '../store/heartbeats.ts';
import { codecKeys } from '../store/key-ring.ts';
import { queueMessage } from '../store/messages.ts';
import { freePort } from '../test/support/free-port.ts';
import { type House, openHouse } from '../test/support/house.ts';
import { type MailSink, startMailSink } from '../test/support/mail-sink.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { startReconciler } from './reconciler.ts';
import { type RunningWorker, startWorker } from './start.ts';

const program = join(homedir(), '.cache', 'gatehouse', 'bin', 'temporal');
const withServer = existsSync(program) ? describe : describe.skip;

withServer('a worker that was started before everything else', () => {
  let house: House;
  let sink: MailSink;
  let ports: { temporal: number; ops: number };
  let worker: RunningWorker;
  let engine: EngineClient;
  let server: TestWorkflowEnvironment | undefined;
  const logged: string[] = [];

  beforeAll(async () => {
    [house, sink] = await Promise.all([openHouse(), startMailSink()]);
    ports = { temporal: await freePort(), ops: await freePort() };
    const environment = { TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}` };
    worker = await startWorker(
      {
        isProduction: false,
        databaseUrl: house.database.pool.options.connectionString ?? '',
        environment,
        smtpUrl: sink.url,
        requireTls: false,
        publicUrl: 'https://portal.example',
        keys: house.database.keys,
        opsPort: ports.ops,
      },
      createLog({ stream: { write: (line: string) => void logged.push(line) } }),
    );
    engine = connectClient({ environment, keys: codecKeys(house.database.keys) });
  });

  afterAll(async () => {
    await worker?.stop('SIGTERM');
    await engine?.close();
    await server?.teardown();
    await sink?.close();
    await house?.close();
  }, 30_000);

  const ask = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${ports.ops}${path}`);
    return { status: answer.status, text: await answer.text() };
  };
  const stateOf = async (id: string) => (await house.row(id)).state;

  it('delivers the mails of no case, seals the audit and says what it waits for while Temporal is away', async () => {
    const { id } = await house.applies({ email: 'first@mail.example' });
    const at = await house.now();
    await house.database.transaction((tx) =>
      queueMessage(tx, {
        ...{ portal: 'harborview', template: 'account_exists', to: 'second@mail.example', language: 'en' },
        ...{ data: {}, at },
      }),
    );
    await eventually(() => expect(sink.mails).toHaveLength(1));
    await eventually(async () => expect((await verifyAudit(house.database)).sealedTo).toBeGreaterThan(0));
    await eventually(async () => expect(await liveProcesses(house.database, 'worker')).toBe(1));
    expect((await ask('/livez')).status).toBe(200);
    const ready = await ask('/readyz');
    expect({ status: ready.status, body: JSON.parse(ready.text) }).toEqual({
      status: 503,
      body: { status: 'starting', dependencies: { database: 'up', temporal: 'down', mail: 'up' } },
    });
    expect((await ask('/metrics')).text).toMatch(/^gatehouse_outbox_rows 1$/m);
    expect(await stateOf(id)).toBe('submitted');
  }, 30_000);

  it('serves the engine as soon as it is there, and tells it what waited', async () => {
    server = await startServer(ports.temporal);
    await eventually(() => expect(sink.mails).toHaveLength(2), 20_000); // the receipt, by the workflow
    await eventually(async () => expect((await ask('/readyz')).status).toBe(200));
    const [left] = await house.query<{ rows: number }>('SELECT count(*)::int AS rows FROM outbox');
    expect(left?.rows).toBe(0);
  }, 40_000);

  it('issues and mails the code of an approved case', async () => {
    const { id } = await house.applies({ email: 'third@mail.example' });
    await house.moves(id, 'claim', house.reviewer);
    await house.moves(id, 'approve', house.reviewer);
    await eventually(async () => expect(await stateOf(id)).toBe('code_sent'));
    const mails = await house.query('SELECT 1 FROM messages WHERE case_id = $1', [id]);
    expect(mails).toHaveLength(2);
  });

  it('starts no run for a case that was over before anybody was told', async () => {
    const before = await house.query<{ id: string }>('SELECT id FROM messages');
    const { id } = await house.applies({ email: 'fourth@mail.example' });
    await house.query(`UPDATE messages SET state = 'accepted', settled_at = gatehouse_now() WHERE case_id = $1`, [id]);
    expect(before.length).toBeGreaterThan(0);
    await eventually(async () => expect(await house.query('SELECT 1 FROM outbox')).toEqual([]));
    await engine.client.workflow.getHandle(workflowId('application', id)).terminate();
    await house.query(`UPDATE cases SET state = 'withdrawn', waiting_on = NULL WHERE id = $1`, [id]);
    await house.query(
      'INSERT INTO outbox (case_id, created_at, next_at) VALUES ($1, gatehouse_now(), gatehouse_now())',
      [id],
    );
    await eventually(async () => expect(await house.query('SELECT 1 FROM outbox')).toEqual([]));
    const { status } = await engine.client.workflow.getHandle(workflowId('application', id)).describe();
    expect(status.name).toBe('TERMINATED');
  });

  it('runs a terminated case again from its row, and sends nothing twice', async () => {
    const { id } = await house.caseIn('submitted');
    const handle = engine.client.workflow.getHandle(workflowId('application', id));
    await eventually(async () => expect((await handle.describe()).status.name).toBe('RUNNING'));
    await eventually(async () =>
      expect(await house.query(`SELECT 1 FROM messages WHERE state = 'queued'`)).toEqual([]),
    );
    const { runId } = await handle.describe();
    const sent = sink.mails.length;
    await handle.terminate('by hand');
    await house.query(`UPDATE cases SET updated_at = updated_at - interval '3 minutes' WHERE id = $1`, [id]);
    const { database } = house;
    const log = createLog({ level: 'silent' });
    const metrics = createMetrics(database);
    const reconciler = startReconciler({ database, engine, log, metrics, firstMs: 0, everyMs: 200 });
    try {
      await eventually(async () => {
        const again = await handle.describe();
        expect({ status: again.status.name, isOther: again.runId !== runId }).toEqual({
          status: 'RUNNING',
          isOther: true,
        });
      });
    } finally {
      await reconciler.stop();
    }
    expect(sink.mails.length).toBe(sent);
  });

  it('outlives a Temporal that goes and comes back', async () => {
    await server?.teardown();
    const { id } = await house.applies({ email: 'fifth@mail.example' });
    await house.moves(id, 'claim', house.reviewer);
    await house.moves(id, 'approve', house.reviewer);
    server = await startServer(ports.temporal); // it forgot everything, as after the loss of its disk
    await eventually(async () => expect(await stateOf(id)).toBe('code_sent'), 40_000);
  }, 60_000);

  it('logs no address and no name', () => {
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.filter((line) => /@mail\.example|Ferris/.test(line))).toEqual([]);
  });
});

function startServer(port: number): Promise<TestWorkflowEnvironment> {
  const executable = { type: 'existing-path', path: program } as const;
  return TestWorkflowEnvironment.createLocal({
    server: { executable, port, ui: false, log: { format: 'pretty', level: 'error' } },
  });
}

async function eventually(check: () => void | Promise<void>, withinMs = 10_000): Promise<void> {
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
