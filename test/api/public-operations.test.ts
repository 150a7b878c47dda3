import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { createOperations, watchReadiness } from '../../api/operations.ts';
import { createApi } from '../../api/server.ts';
import { openDatabase } from '../../store/database.ts';
import { beat, stopBeating } from '../../store/heartbeats.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { harborview } from '../support/house.ts';

let api: TestApi;
let operations: Server;
let url: string;

beforeAll(async () => {
  api = await startTestApi();
  operations = createOperations(api.dependencies).listen(0, '127.0.0.1');
  await once(operations, 'listening');
  url = `http://127.0.0.1:${(operations.address() as AddressInfo).port}`;
});
afterAll(async () => {
  operations.closeAllConnections();
  operations.close();
  await api.stop();
});

describe('the operations port', () => {
  it('lives, is not ready before everything has been up, and names each dependency', async () => {
    expect((await request(url).get('/livez')).body).toEqual({ status: 'up' });
    const { status, body } = await request(url).get('/readyz');
    expect(status).toBe(503);
    expect(body).toEqual({
      status: 'down',
      dependencies: { database: 'up', temporal: 'down', mail: 'up', worker: 'down' },
    });
    expect((await request(url).get('/nothing')).status).toBe(404);
  });

  it('tells the promises from the database, by portal and route template, with nothing personal', async () => {
    await api.house.caseIn('expired');
    const { id } = await api.house.caseIn('submitted');
    await api.house.query(`UPDATE cases SET late_at = gatehouse_now() - interval '1 day' WHERE id = $1`, [id]);
    await api.client().portal('post', '/applications/status', { reference: 'GH-0000-0000', dateOfBirth: '1984-02-29' });
    const { text, headers } = await request(url).get('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toContain(`gatehouse_applications_received_total{portal="${harborview}"} 2`);
    expect(text).toContain(`gatehouse_access_codes_expired_total{portal="${harborview}"} 1`);
    expect(text).toContain(`gatehouse_sla_late_cases{portal="${harborview}"} 1`);
    expect(text).toMatch(/gatehouse_outbox_age_seconds [0-9.]+/);
    expect(text).toMatch(/gatehouse_messages_queued \d+/);
    expect(text).toContain('route="/portals/:portal/applications/status",status="404"');
    expect(text).not.toMatch(/GH-|example|Ferris/);
  });
});

describe('readiness', () => {
  it('comes once every dependency was up, and leaves only with the database', async () => {
    const { database, settings } = api.dependencies;
    const relay = createServer((socket) => socket.end('220 relay\r\n')).listen(0, '127.0.0.1');
    await once(relay, 'listening');
    const smtpUrl = `smtp://127.0.0.1:${(relay.address() as AddressInfo).port}`;
    let isTemporalUp = false;
    const describeNamespace = async () => {
      if (!isTemporalUp) throw new Error('away');
    };
    const engine = {
      ...api.dependencies.engine,
      connection: { workflowService: { describeNamespace } },
    } as never;
    const standing = { database, engine, settings: { ...settings, smtpUrl } };
    const readiness = watchReadiness(standing);
    expect((await readiness()).dependencies).toEqual({ database: 'up', temporal: 'down', mail: 'up', worker: 'down' });

    await beat(database, 'worker-1', 'worker');
    isTemporalUp = true;
    expect((await readiness()).status).toBe('up');

    isTemporalUp = false;
    relay.close();
    await stopBeating(database, 'worker-1');
    expect(await readiness()).toEqual({
      status: 'degraded',
      dependencies: { database: 'up', temporal: 'degraded', mail: 'degraded', worker: 'degraded' },
    });
    standing.database = openDatabase({ url: 'postgresql://nobody@127.0.0.1:9/none', keys: database.keys });
    const without = await watchReadiness(standing)();
    expect(without).toMatchObject({ status: 'down', dependencies: { database: 'down' } });
    await standing.database.close();
  });
});

describe('under https', () => {
  it('cookies carry __Host- and Secure, and only they count', async () => {
    const settings = { ...api.dependencies.settings, isHttps: true, publicOrigin: 'https://gatehouse.example' };
    const { app } = createApi({ ...api.dependencies, settings });
    const { id } = await api.house.caseIn('code_sent');
    const accessCode = await api.secretOf('access_code', id);
    const begun = await request(app).post(`/api/v1/portals/${harborview}/activations`).send({ accessCode });
    const cookie = String(begun.headers['set-cookie']?.[0]);
    expect(cookie).toMatch(
      /^__Host-gh_activation_harborview=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const path = `/api/v1/portals/${harborview}/activations/current`;
    const [pair = ''] = cookie.split(';');
    expect((await request(app).get(path).set('Cookie', pair)).status).toBe(200);
    expect((await request(app).get(path).set('Cookie', pair.replace('__Host-', ''))).status).toBe(401);
    expect(begun.headers['strict-transport-security']).toContain('max-age=');
  });
});
