import type { Response } from 'supertest';
import type { CaseMove } from '../../domain/case-names.ts';
import { nameKey } from '../../domain/people/normalise.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { type MoveRequest, moveCase } from '../../store/moves.ts';
import { replacePolicy } from '../../store/policy-changes.ts';
import { currentPolicy } from '../../store/portals.ts';
import { sendRegistration } from '../../store/registrations.ts';
import { type SecretRow, secretColumns, secretText } from '../../store/secrets.ts';
import type { TestApi, TestClient } from './api.ts';
import { engine, harborview } from './house.ts';

export const password = 'seven lanterns over quiet water';
export const accept = { acceptTerms: true, termsVersion: '2026-1' };
export const answers = [
  { question: 'first_pet', answer: 'Marble' },
  { question: 'first_job', answer: 'Portsmouth' },
];
export interface Patient {
  recordId: string;
  personId: string;
  /** As on file, and as it identifies. */
  identity: { firstName: string; lastName: string; dateOfBirth: string; postalCode: string };
  email: string;
}

export interface Walk extends Patient {
  caseId: string;
  token: string;
  client: TestClient;
}

export const start = (client: TestClient, token: string) => client.portal('post', '/registrations', { token });
export const step = (client: TestClient, name: string, body: object) =>
  client.portal('put', `/registrations/current/${name}`, body);
export const complete = (client: TestClient, key?: string, body: object = accept) =>
  client.portal('post', '/registrations/current/complete', body, key === undefined ? {} : { 'Idempotency-Key': key });
export const current = (client: TestClient) => client.portal('get', '/registrations/current');

export function isOk({ status, body }: Response): void {
  if (status !== 200) throw new Error(JSON.stringify(body));
}

export function isCreated({ status, body }: Response): void {
  if (status !== 201) throw new Error(JSON.stringify(body));
}

/** Everything of an answer that must be alike where nothing may be told. */
export const bareBody = ({ status, body: { requestId: _, ...body }, headers }: Response) => ({
  status,
  body,
  headers: Object.keys(headers).sort(),
});

/** Registrations over a running API, each step led to by calls; the portal asks for two security questions. */
export function registrationStories(api: () => TestApi) {
  let people = 0;
  let usernames = 0;

  const nextUsername = () => {
    usernames += 1;
    return `okafor${usernames}`;
  };

  /** A patient record of somebody nobody else is, or one more of a person at a practice. */
  async function patient(
    more: { of?: Patient; practice?: string; email?: string; firstName?: string; lastName?: string } = {},
  ): Promise<Patient> {
    people += 1;
    const { of, practice } = more;
    const firstName = more.firstName ?? of?.identity.firstName ?? 'Ben';
    const lastName = more.lastName ?? of?.identity.lastName ?? `O’Káfor ${'abcdefghij'.charAt(people % 10)}${people}`;
    const identity = { firstName, lastName, dateOfBirth: '1990-07-14', postalCode: '04101' };
    const email = more.email ?? of?.email ?? `ben.${people}@mail.example`;
    const practiceId = practice === undefined ? null : await practiceOf(practice);
    const [person] = of
      ? [{ id: of.personId }]
      : await api().house.query<{ id: string }>('INSERT INTO persons (portal) VALUES ($1) RETURNING id', [harborview]);
    const [record] = await api().house.query<{ id: string }>(
      `INSERT INTO patient_records (portal, person_id, practice_id, mrn, first_name, last_name, date_of_birth, postal_code, email,
       first_name_key, last_name_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`,
      [
        harborview,
        person?.id,
        practiceId,
        `HV-${people}`,
        firstName,
        lastName,
        identity.dateOfBirth,
        '04101-2244',
        email,
        nameKey(firstName),
        nameKey(lastName),
      ],
    );
    if (!record || !person) throw new Error('a record has an id');
    return { recordId: record.id, personId: person.id, identity, email };
  }

  async function practiceOf(name: string): Promise<string> {
    const [known] = await api().house.query<{ id: string }>(
      'SELECT id FROM practices WHERE portal = $1 AND name = $2',
      [harborview, name],
    );
    if (known) return known.id;
    const [made] = await api().house.query<{ id: string }>(
      'INSERT INTO practices (portal, name) VALUES ($1, $2) RETURNING id',
      [harborview, name],
    );
    return made?.id ?? '';
  }

  const moves = (caseId: string, move: CaseMove, more: Partial<MoveRequest> = {}) =>
    api().house.database.transaction((tx) => moveCase(tx, { caseId, move, actor: engine, ...more }));

  /** A registration whose e-mail has left, and the text of its link. */
  async function sentTo({ recordId }: Pick<Patient, 'recordId'>): Promise<{ caseId: string; token: string }> {
    const { id: caseId } = await api().house.database.transaction(async (tx) => {
      const policy = await currentPolicy(tx, harborview);
      if (!policy) throw new Error('the portal has a policy');
      return sendRegistration(tx, { portal: harborview, policy, recordId, actor: api().house.clerk });
    });
    await moves(caseId, 'link_issued');
    await moves(caseId, 'link_sent');
    return { caseId, token: await linkOf(caseId) };
  }

  async function linkOf(caseId: string): Promise<string> {
    const [secret] = await api().house.query<SecretRow & Record<string, unknown>>(
      `SELECT ${secretColumns} FROM secrets s WHERE s.case_id = $1 AND s.ended_at IS NULL`,
      [caseId],
    );
    if (!secret) throw new Error('there is no live link');
    return secretText(api().house.database.keys, secret);
  }

  /** The link is opened in a browser. */
  async function opened(someone?: Patient): Promise<Walk> {
    const who = someone ?? (await patient());
    const sent = await sentTo(who);
    const client = api().client();
    isCreated(await start(client, sent.token));
    return { ...who, ...sent, client };
  }

  async function identified(someone?: Patient): Promise<Walk> {
    const walk = await opened(someone);
    isOk(await step(walk.client, 'identification', walk.identity));
    return walk;
  }

  async function atDisclaimer(someone?: Patient, username = nextUsername()): Promise<Walk & { username: string }> {
    const walk = await identified(someone);
    isOk(await step(walk.client, 'profile', { username, password, securityQuestions: answers }));
    return { ...walk, username };
  }

  /** Somebody with an account by a record of one practice, at the verification for a record of another. */
  async function atVerification(more: { username?: string } = {}): Promise<Walk & { username: string; first: Walk }> {
    const first = await atDisclaimer(await patient({ practice: 'Maple Street' }), more.username);
    isCreated(await complete(first.client));
    const walk = await identified(await patient({ of: first, practice: 'Harbor Point' }));
    return { ...walk, username: first.username, first };
  }

  const stateOf = async (caseId: string) => {
    const { state, flags, waitingOn } = await api().house.row(caseId);
    return { state, flags, waitingOn };
  };

  const secretOf = async (caseId: string) => {
    const [secret] = await api().house.query(
      `SELECT identity_tries AS "identityTries", tries, ended_as AS "endedAs" FROM secrets
     WHERE case_id = $1 ORDER BY issued_at DESC, id LIMIT 1`,
      [caseId],
    );
    return secret;
  };

  const tasksOf = async (caseId: string) =>
    (await api().house.query('SELECT reason FROM staff_tasks WHERE case_id = $1 AND settled_at IS NULL', [caseId])).map(
      ({ reason }) => reason,
    );

  const mailsOf = async (caseId: string) =>
    (
      await api().house.query(
        `SELECT template, to_address AS "to" FROM messages WHERE case_id = $1 ORDER BY queued_at, id`,
        [caseId],
      )
    ).map(({ template, to }) => `${template} ${to}`);

  const setRecord = (recordId: string, sets: string) =>
    api().house.query(`UPDATE patient_records SET ${sets} WHERE id = $1`, [recordId]);

  async function changePolicy(change: (policy: Policy) => void): Promise<void> {
    await api().house.database.transaction(async (tx) => {
      const policy = await currentPolicy(tx, harborview);
      if (!policy) throw new Error('the portal has a policy');
      const changed = structuredClone(policy);
      change(changed);
      await replacePolicy(tx, harborview, changed, api().house.supervisor);
    });
  }

  /** What is done under a policy of its own; the one before is in force again afterwards. */
  async function under(change: (policy: Policy) => void, work: () => Promise<void>): Promise<void> {
    const before = await currentPolicy(api().house.database, harborview);
    await changePolicy(change);
    try {
      await work();
    } finally {
      await changePolicy((policy) => Object.assign(policy, { ...before, version: policy.version }));
    }
  }

  async function registered(someone?: Patient) {
    const walk = await atDisclaimer(someone);
    isCreated(await complete(walk.client));
    return walk;
  }

  const setAccount = (username: string, state: string) =>
    api().house.query('UPDATE accounts SET state = $2 WHERE username = $1', [username, state]);

  return {
    patient,
    practiceOf,
    moves,
    sentTo,
    linkOf,
    opened,
    identified,
    atDisclaimer,
    atVerification,
    registered,
    stateOf,
    secretOf,
    tasksOf,
    mailsOf,
    setRecord,
    setAccount,
    under,
    nextUsername,
  };
}
