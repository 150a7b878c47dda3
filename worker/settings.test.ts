import { describe, expect, it } from '@jest/globals';
import { makeKeyRingText } from '../store/key-ring.ts';
import { readCommandSettings, readWorkerSettings, WrongSetting } from './settings.ts';

const complete = {
  DATABASE_URL: 'postgresql://app:secret@db:5432/gatehouse',
  SMTP_URL: 'smtp://relay:25',
  PUBLIC_URL: 'https://portal.example/',
  GATEHOUSE_KEYS: makeKeyRingText('k1'),
};

describe('the settings of the worker', () => {
  it('have defaults for all that may be left out; an empty value counts as left out', () => {
    expect(readWorkerSettings({ ...complete, WORKER_OPS_PORT: '' })).toMatchObject({
      isProduction: false,
      requireTls: false,
      opsPort: 8082,
      publicUrl: 'https://portal.example',
    });
  });

  it('demand TLS towards the relay in production', () => {
    expect(readWorkerSettings({ ...complete, NODE_ENV: 'production' })).toMatchObject({ requireTls: true });
  });

  it.each([
    ['DATABASE_URL', { DATABASE_URL: 'db:5432' }],
    ['SMTP_URL', { SMTP_URL: 'http://relay' }],
    ['PUBLIC_URL', { NODE_ENV: 'production', PUBLIC_URL: 'http://localhost:8080' }],
    ['GATEHOUSE_KEYS', { GATEHOUSE_KEYS: 'k1:short' }],
    ['GATEHOUSE_KEYS', { NODE_ENV: 'production', GATEHOUSE_KEYS: `dev:${Buffer.alloc(32, 7).toString('base64')}` }],
    ['WORKER_OPS_PORT', { WORKER_OPS_PORT: '70000' }],
  ])('name a wrong %s in one line, without its value', (name, wrong) => {
    const read = () => readWorkerSettings({ ...complete, ...wrong });
    expect(read).toThrow(WrongSetting);
    expect(read).toThrow(new RegExp(`^${name}: [^\n]+$`));
    expect(read).not.toThrow(/secret|:short|70000/);
  });

  it('of a command name the role it works as', () => {
    expect(() => readCommandSettings('owner', complete)).toThrow('DATABASE_OWNER_URL: is missing');
    expect(readCommandSettings('app', complete).databaseUrl).toBe(complete.DATABASE_URL);
  });
});
