import { describe, expect, it } from '@jest/globals';
import { makeKeyRingText } from '../store/key-ring.ts';
import { readSettings } from './settings.ts';

const least = { DATABASE_URL: 'postgresql://app:x@localhost:5432/gatehouse', GATEHOUSE_KEYS: makeKeyRingText('k1') };

describe('settings', () => {
  it('have the defaults of npm start', () => {
    expect(readSettings(least)).toMatchObject({
      port: 8080,
      opsPort: 8081,
      publicOrigin: 'http://localhost:8080',
      isHttps: false,
      trustProxy: false,
      temporalUiOrigins: [],
      isProduction: false,
    });
  });

  it.each([
    ['PORT', '0'],
    ['OPS_PORT', 'eighty'],
    ['DATABASE_URL', ''],
    ['DATABASE_URL', 'mysql://x/y'],
    ['GATEHOUSE_KEYS', ''],
    ['GATEHOUSE_KEYS', 'k1:short'],
    ['PUBLIC_URL', 'http://gatehouse.example'],
    ['PUBLIC_URL', 'https://gatehouse.example/path'],
    ['TRUST_PROXY', 'true'],
    ['TEMPORAL_ADDRESS', 'nowhere'],
    ['TEMPORAL_UI_ORIGINS', 'https://temporal.example/path'],
    ['SMTP_URL', 'http://relay.example'],
  ])('a wrong %s (%s) is named in one line', (name, value) => {
    expect(() => readSettings({ ...least, [name]: value })).toThrow(new RegExp(`^${name}: [^\\n]+$`));
  });

  it('never show the value of a key that is wrong', () => {
    expect(() => readSettings({ ...least, GATEHOUSE_KEYS: 'k1:c2VjcmV0' })).toThrow(/^(?!.*c2VjcmV0)/);
  });

  it('refuse in production what is for development', () => {
    const production = { ...least, NODE_ENV: 'production', PUBLIC_URL: 'https://gatehouse.example' };
    expect(readSettings(production)).toMatchObject({ isProduction: true, isHttps: true });
    expect(() => readSettings({ ...production, PUBLIC_URL: 'http://localhost:8080' })).toThrow(/^PUBLIC_URL: /);
    expect(() => readSettings({ ...production, DEV_ORIGINS: 'http://localhost:5173' })).toThrow(/^DEV_ORIGINS: /);
    const weak = `k1:${Buffer.alloc(32).toString('base64')}`;
    expect(() => readSettings({ ...production, GATEHOUSE_KEYS: weak })).toThrow(/^GATEHOUSE_KEYS: /);
  });

  it('read proxies as a number or as addresses', () => {
    expect(readSettings({ ...least, TRUST_PROXY: '1' }).trustProxy).toBe(1);
    expect(readSettings({ ...least, TRUST_PROXY: 'loopback, 10.0.0.0/8' }).trustProxy).toBe('loopback, 10.0.0.0/8');
  });
});
