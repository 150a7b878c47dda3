import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { emailRefusal } from '../domain/people/email.ts';
import { emailKey } from '../domain/people/normalise.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { policyProblems } from '../domain/policy/policy-rules.ts';
import { writeAudit } from '../store/audit.ts';
import { databaseNow } from '../store/clock.ts';
import { type Database, openDatabase, type Transaction } from '../store/database.ts';
import { hashPassword } from './password-hash.ts';
import { runAsProgram } from './run-as-program.ts';
import { readOwnerSettings } from './settings.ts';

const USAGE = `npm run setup -- --portal <id> --policy <file.json>            adds a portal
npm run setup -- --supervisor "<name>" --email <address>       adds a supervisor and prints a first password
Both may stand in one call. DATABASE_OWNER_URL and GATEHOUSE_KEYS must be set.`;

/** The first portal and the first supervisor of an installation; from then on supervisors do the rest through the API. */
export interface FirstSteps {
  portal?: { id: string; policy: Policy } | undefined;
  supervisor?: { name: string; email: string } | undefined;
}

/** Takes the steps in one transaction of the owner. Answers lines to print, the first password among them. Throws one line. */
export async function takeFirstSteps(database: Database, { portal, supervisor }: FirstSteps): Promise<string[]> {
  const password = newPassword();
  const hash = supervisor ? await hashPassword(password) : '';
  return database.transaction(async (tx) => {
    const said: string[] = [];
    if (portal) said.push(await addPortal(tx, portal.id, portal.policy));
    if (supervisor) {
      await addSupervisor(tx, supervisor, hash);
      said.push(`${supervisor.email} may sign in as supervisor`, `first password: ${password}`, changeIt);
    }
    return said;
  });
}

const changeIt = 'It is shown this once. Another supervisor can set a new one: PATCH /api/v1/staff/members/{id}.';

async function addPortal(tx: Transaction, id: string, policy: Policy): Promise<string> {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(id)) throw new Error('--portal: small letters, digits and -, such as harborview');
  const problems = problemsOf(policy);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const [known] = await tx.query('SELECT 1 FROM portals WHERE id = $1', [id]);
  if (known)
    throw new Error(`the portal ${id} exists; its policy is replaced with PUT /api/v1/staff/portals/${id}/policy`);
  if (policy.patientPortal !== null) {
    const [other] = await tx.query('SELECT 1 FROM portals WHERE id = $1', [policy.patientPortal]);
    if (!other) throw new Error(`patientPortal: there is no portal ${policy.patientPortal}; add it first`);
  }
  await tx.query('INSERT INTO portals (id, policy_version) VALUES ($1, 1)', [id]);
  await tx.query('INSERT INTO policies (portal, version, document) VALUES ($1, 1, $2)', [
    id,
    JSON.stringify({ ...policy, version: 1 }),
  ]);
  writeAudit(tx, { at: await databaseNow(tx), actor: { kind: 'engine' }, action: 'portal_added', portal: id });
  tx.afterCommit('policy');
  return `portal ${id} added`;
}

/** A file of another shape breaks the rules before they can judge it. */
function problemsOf(policy: Policy): string[] {
  try {
    return Object.entries(policyProblems(policy)).map(([path, problem]) => `${path}: ${problem}`);
  } catch {
    return ['--policy: the file is no policy document; docs/operations.md names a complete one'];
  }
}

async function addSupervisor(
  tx: Transaction,
  { name, email }: { name: string; email: string },
  hash: string,
): Promise<void> {
  if (name.trim() === '') throw new Error('--supervisor: the name is missing');
  if (emailRefusal(email) !== undefined) throw new Error('--email: write an e-mail address');
  const [added] = await tx.query<{ id: string }>(
    `INSERT INTO members (name, email, email_key, password_hash, roles) VALUES ($1, $2, $3, $4, '{supervisor}')
     ON CONFLICT (email_key) DO NOTHING RETURNING id`,
    [name.trim(), email, emailKey(email), hash],
  );
  if (!added) throw new Error(`a member with the address ${email} exists`);
  const detail = { memberId: added.id, roles: ['supervisor'] };
  writeAudit(tx, { at: await databaseNow(tx), actor: { kind: 'engine' }, action: 'member_added', detail });
}

/** Five groups, some 99 bits, without look-alikes: it is read from a terminal. */
function newPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return Array.from({ length: 5 }, group).join('-');
}

runAsProgram(import.meta.url, async () => {
  const steps = await readArguments();
  if (!steps) return USAGE;
  const { ownerUrl, keys } = readOwnerSettings();
  const database = openDatabase({ url: ownerUrl, keys, connections: 1, name: 'gatehouse setup' });
  try {
    return (await takeFirstSteps(database, steps)).join('\n');
  } finally {
    await database.close();
  }
});

async function readArguments(): Promise<FirstSteps | undefined> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { portal: text, policy: text, supervisor: text, email: text } });
  const { portal, policy, supervisor, email } = values;
  if ((portal === undefined) !== (policy === undefined) || (supervisor === undefined) !== (email === undefined))
    return undefined;
  if (portal === undefined && supervisor === undefined) return undefined;
  return {
    portal: portal !== undefined && policy !== undefined ? { id: portal, policy: await readPolicy(policy) } : undefined,
    supervisor: supervisor !== undefined && email !== undefined ? { name: supervisor, email } : undefined,
  };
}

async function readPolicy(file: string): Promise<Policy> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Policy;
  } catch (error) {
    throw new Error(`--policy: ${file} cannot be read as JSON (${error instanceof Error ? error.message : 'unknown'})`);
  }
}
