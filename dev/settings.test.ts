import { describe, expect, it } from '@jest/globals';
import { childEnvironment } from './child-environment.ts';
import { readSettings } from './settings.ts';

const keys = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

describe('settings of npm start', () => {
  it('has the documented defaults, and an empty value counts as unset', () => {
    const settings = readSettings({ PORT: '', SMTP_URL: '' });
    expect(settings.ports).toEqual({
      api: 8080,
      ops: 8081,
      workerOps: 8082,
      postgres: 5439,
      temporal: 7233,
      temporalUi: 8233,
      smtp: 1025,
      mailUi: 1080,
      adminUi: 5173,
    });
    expect(settings).toMatchObject({ publicUrl: 'http://localhost:8080', isDemo: true, isTemporalEmbedded: true });
    expect(settings.database).toBeUndefined();
  });

  it('builds PUBLIC_URL from PORT', () => {
    expect(readSettings({ PORT: '9000' }).publicUrl).toBe('http://localhost:9000');
  });

  it.each([
    ['PORT', 'abc'],
    ['OPS_PORT', '70000'],
    ['SMTP_URL', 'localhost:25'],
    ['DATABASE_URL', 'mysql://x/y'],
    ['DATABASE_OWNER_URL', 'postgresql://owner@localhost/x'],
    ['PUBLIC_URL', 'http://portal.example.org'],
    ['PUBLIC_URL', 'https://portal.example.org/path'],
    ['GATEHOUSE_KEYS', 'k1:short'],
    ['GATEHOUSE_DEMO', 'maybe'],
    ['TEMPORAL_ADDRESS', 'no-port'],
  ])('refuses %s=%s with one line that names it', (name, value) => {
    const refusal = refusalOf({ [name]: value });
    expect(refusal.split('\n')).toHaveLength(1);
    expect(refusal).toMatch(name === 'DATABASE_OWNER_URL' ? /DATABASE_URL/ : new RegExp(`^${name}:`));
  });

  it('never gives the owner database or the demonstration password to worker and API', () => {
    const environment = {
      DATABASE_OWNER_URL: 'postgresql://o@h/d',
      DATABASE_URL: 'postgresql://a@h/d',
      GATEHOUSE_DEMO_PASSWORD: 'x',
    };
    const env = childEnvironment(readSettings(environment), { appUrl: environment.DATABASE_URL, keys }, environment);
    expect(Object.keys(env)).not.toEqual(expect.arrayContaining(['DATABASE_OWNER_URL']));
    expect(Object.keys(env)).not.toEqual(expect.arrayContaining(['GATEHOUSE_DEMO_PASSWORD']));
    expect(env).toMatchObject({
      DATABASE_URL: 'postgresql://a@h/d',
      SMTP_URL: 'smtp://127.0.0.1:1025',
      TEMPORAL_ADDRESS: '127.0.0.1:7233',
      TEMPORAL_UI_ORIGINS: 'http://localhost:8233,http://127.0.0.1:8233',
      PUBLIC_URL: 'http://localhost:8080',
    });
  });

  it('names the origins of pages under development to the API, beside those that are given', () => {
    const started = { appUrl: 'x', keys, devOrigins: ['http://localhost:5173'] };
    const origins = (environment: NodeJS.ProcessEnv, more: Partial<typeof started> = started) =>
      childEnvironment(readSettings(environment), { ...started, devOrigins: [], ...more }, environment).DEV_ORIGINS;
    expect(origins({})).toBe('http://localhost:5173');
    expect(origins({ DEV_ORIGINS: 'http://localhost:3000' })).toBe('http://localhost:3000,http://localhost:5173');
    expect(origins({}, {})).toBeUndefined();
  });

  it('starts no Temporal beside the one that is named', () => {
    const environment = { TEMPORAL_ADDRESS: 'temporal.internal:7233' };
    const settings = readSettings(environment);
    expect(settings.isTemporalEmbedded).toBe(false);
    expect(childEnvironment(settings, { appUrl: 'x', keys }, environment)).toMatchObject(environment);
  });
});

function refusalOf(environment: NodeJS.ProcessEnv): string {
  try {
    readSettings(environment);
    return 'was accepted';
  } catch (error) {
    return (error as Error).message;
  }
}
