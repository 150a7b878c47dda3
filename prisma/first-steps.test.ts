import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Database, openDatabase } from '../store/database.ts';
import { makeKeyRingText, parseKeyRing } from '../store/key-ring.ts';
import { createTestDatabase, type TestDatabase } from '../test/support/database.ts';
import { demonstrationPolicies } from './demonstration/policies/index.ts';
import { takeFirstSteps } from './first-steps.ts';
import { isPasswordOf } from './password-hash.ts';

let testDatabase: TestDatabase;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({ url: testDatabase.ownerUrl, keys: parseKeyRing(makeKeyRingText('k1')), connections: 2 });
});

afterAll(async () => {
  await database?.close();
  await testDatabase?.drop();
});

const { harborview, bayside } = demonstrationPolicies;
const simone = { name: 'Simone Adeyemi', email: 'simone@clinic.example' };

it('adds a portal and a supervisor who can sign in with the password shown', async () => {
  const said = await takeFirstSteps(database, { portal: { id: 'clinic', policy: harborview }, supervisor: simone });
  const password = /first password: (\S+)/.exec(said.join('\n'))?.[1] ?? '';
  const [member] = await database.query<{ hash: string; roles: string[] }>(
    'SELECT password_hash AS hash, roles FROM members WHERE email = $1',
    [simone.email],
  );
  expect(member?.roles).toEqual(['supervisor']);
  expect(await isPasswordOf(member?.hash ?? '', password)).toBe(true);
  expect(await database.query("SELECT 1 FROM policies WHERE portal = 'clinic' AND version = 1")).toHaveLength(1);
  expect(await database.query('SELECT action FROM audit_entries ORDER BY id')).toEqual([
    { action: 'portal_added' },
    { action: 'member_added' },
  ]);
});

it('refuses what is there already, and does neither of two when one is refused', async () => {
  await expect(takeFirstSteps(database, { supervisor: simone })).rejects.toThrow('exists');
  const both = { portal: { id: 'second', policy: harborview }, supervisor: simone };
  await expect(takeFirstSteps(database, both)).rejects.toThrow('exists');
  expect(await database.query("SELECT 1 FROM portals WHERE id = 'second'")).toEqual([]);
});

it('refuses a policy with problems, naming the field', async () => {
  const policy = { ...harborview, timeZone: 'nowhere' };
  await expect(takeFirstSteps(database, { portal: { id: 'third', policy } })).rejects.toThrow('timeZone');
  await expect(takeFirstSteps(database, { portal: { id: 'third', policy: bayside } })).rejects.toThrow('patientPortal');
  await expect(takeFirstSteps(database, { portal: { id: 'third', policy: {} as typeof bayside } })).rejects.toThrow(
    'no policy',
  );
});
