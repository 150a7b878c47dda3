import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { whereTemporalIs } from './connection.ts';

const keys = { currentId: 'k1', keyFor: () => undefined };
const configuration = mkdtempSync(join(tmpdir(), 'gatehouse-profile-'));
mkdirSync(join(configuration, 'temporalio'));
writeFileSync(
  join(configuration, 'temporalio', 'temporal.toml'),
  '[profile.default]\naddress = "file.example:7233"\nnamespace = "from-file"\n' +
    '[profile.cloud]\naddress = "cloud.example:7233"\nnamespace = "ours.abc"\napi_key = "key"\n',
);
afterAll(() => rmSync(configuration, { recursive: true }));

describe('where Temporal is', () => {
  const environment = { XDG_CONFIG_HOME: configuration };

  it('is here, with nothing said', () => {
    expect(whereTemporalIs({ keys })).toEqual({ address: 'localhost:7233', namespace: 'default' });
  });

  it('comes from a profile file, before it from the environment, before that from the settings', () => {
    expect(whereTemporalIs({ keys, environment })).toEqual({ address: 'file.example:7233', namespace: 'from-file' });
    const more = { ...environment, TEMPORAL_ADDRESS: 'here.example:7233', TEMPORAL_NAMESPACE: '' };
    expect(whereTemporalIs({ keys, environment: more })).toEqual({
      address: 'here.example:7233',
      namespace: 'from-file',
    });
    expect(whereTemporalIs({ keys, environment: more, address: 'said.example:1' })).toMatchObject({
      address: 'said.example:1',
    });
  });

  it('of a cloud profile carries the key and turns TLS on', () => {
    expect(whereTemporalIs({ keys, environment: { ...environment, TEMPORAL_PROFILE: 'cloud' } })).toEqual({
      address: 'cloud.example:7233',
      namespace: 'ours.abc',
      apiKey: 'key',
      tls: true,
    });
  });
});
