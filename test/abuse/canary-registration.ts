import { readPortal } from '../../contract/routes/public/portals.ts';
import * as registrations from '../../contract/routes/public/registrations.ts';
import { signIn } from '../../contract/routes/public/session.ts';
import { createCampaign, listCampaignRows } from '../../contract/routes/staff/campaigns.ts';
import { actOnCase, createCase, previewNewCase } from '../../contract/routes/staff/cases.ts';
import { importPatientRecords, listPatientRecords } from '../../contract/routes/staff/patient-records.ts';
import type { Database } from '../../store/database.ts';
import { type SecretIdentity, secretText } from '../../store/secrets.ts';
import type { Stack } from '../support/stack.ts';
import { changePolicy, readOf, until, withoutLimits } from '../support/stories.ts';
import { openVisitor, sendRaw, type Visitor } from '../support/visitor.ts';

/** What a life of registrations leaves to be looked for. */
export interface RegistrationCanaries {
  /** The cases, whose runs are looked into. */
  caseIds: string[];
  /** May stand in their own columns. */
  personal: string[];
  /** May stand nowhere. */
  secret: string[];
}

const portal = 'maplestreet';
const params = { portal };
const identity = {
  firstName: 'Hildegonde',
  lastName: 'Brackenthwaite',
  dateOfBirth: '1947-11-03',
  postalCode: '05907-6613',
};
const onFile = 'hildegonde.b@canarymail.example';
const elsewhere = 'hb.elsewhere@canarymail.example';
const mrns = ['MRNZQX-447191', 'MRNZQX-447192', 'MRNZQX-447193'] as const;
const username = 'brackenfern.canary';
const password = 'gooseberry trellis saxifrage';
const note = 'Chupacabra mentioned at the desk';
const answers = [
  { question: 'first_pet', answer: 'Grizzlewick the tortoise' },
  { question: 'first_job', answer: 'Ballachulish on Thames' },
];
const wrongAnswer = 'Umbrellifer of yesteryear';

/**
 * Records imported, two registrations of one person (a new account, then another practice on it) with every refusal on the way,
 * and a campaign's dry run, all with words that nobody else uses.
 */
export async function registrationCanaries(
  stack: Stack,
  staff: Visitor,
  database: Database,
): Promise<RegistrationCanaries> {
  await changePolicy(staff, withoutLimits, portal);
  const [first, second] = await imported(staff);
  const links: string[] = [];
  const cookies: string[] = [];
  const sent = async (patientRecordId: string) => {
    const asked = { kind: 'registration', portal, patientRecordId, email: elsewhere, reason: 'other', note } as const;
    await staff.does(previewNewCase, { body: asked });
    await staff.call(createCase, { body: { ...asked, note: ' ' } });
    const { id } = await staff.does(createCase, { body: asked });
    await until(async () => (await readOf(staff, id)).state === 'sent', 30_000, 'the link is sent');
    links.push(await linkOf(database, id));
    return id;
  };

  const registered = await sent(first);
  const { version } = await readOf(staff, registered);
  await staff.does(actOnCase, {
    params: { caseId: registered, action: 'resend' },
    body: { version, note, message: note },
  });
  await until(async () => (await readOf(staff, registered)).state === 'sent', 30_000, 'the second link is sent');
  links.push(await linkOf(database, registered));
  const person = openVisitor(stack.apiUrl);
  await person.call(registrations.startRegistration, { params, body: { token: links[0] ?? '' } });
  await person.does(registrations.startRegistration, { params, body: { token: links[1] ?? '' } });
  cookies.push(...person.cookies.values());
  await person.call(registrations.identifyForRegistration, {
    params,
    body: { ...identity, lastName: 'Brackenthwait' },
  });
  await person.does(registrations.identifyForRegistration, { params, body: identity });
  await person.call(registrations.chooseProfile, {
    params,
    body: { username, password: username, securityQuestions: answers },
  });
  await person.does(registrations.chooseProfile, { params, body: { username, password, securityQuestions: answers } });
  await completes(person);
  await person.does(signIn, { params, body: { login: username, password } });
  cookies.push(...person.cookies.values());

  const linked = await sent(second);
  const again = openVisitor(stack.apiUrl);
  await again.does(registrations.startRegistration, { params, body: { token: links[2] ?? '' } });
  await again.does(registrations.identifyForRegistration, { params, body: identity });
  cookies.push(...again.cookies.values());
  await again.call(registrations.verifyAccount, { params, body: { answers: [wrongAnswer, answers[1]?.answer ?? ''] } });
  await again.call(registrations.verifyAccount, { params, body: { username: 'brackenfern.other' } });
  await again.does(registrations.verifyAccount, { params, body: { answers: answers.map(({ answer }) => answer) } });
  await completes(again);

  const states = await Promise.all([registered, linked].map(async (id) => (await readOf(staff, id)).state));
  if (states.join() !== 'registered,linked') throw new Error(`the registrations came to ${states.join()}`);

  await campaign(staff);
  await astray(stack, staff, links);
  return {
    caseIds: [registered, linked],
    personal: [...Object.values(identity), onFile, elsewhere, ...mrns, 'brackenfern', note],
    secret: [
      password,
      wrongAnswer,
      ...answers.map(({ answer }) => answer),
      ...links,
      ...selectorsOf(links),
      ...cookies,
    ],
  };
}

/** Half of a link finds its row; not even that may be read anywhere. */
const selectorsOf = (links: readonly string[]) => links.map((link) => link.slice(0, 22));

async function imported(staff: Visitor): Promise<[string, string]> {
  const { firstName, lastName, dateOfBirth, postalCode } = identity;
  const lines = mrns.map((mrn, at) =>
    [mrn, firstName, lastName, dateOfBirth, postalCode, onFile, `Practice ${at + 1}`].join(','),
  );
  const header = 'mrn,firstName,lastName,dateOfBirth,postalCode,email,practice';
  const refused = `MRNZQX-447199,${firstName},${lastName},not a date,${postalCode},${onFile},Practice 1`;
  const { rows } = await staff.does(importPatientRecords, {
    body: { portal, csv: [header, ...lines, refused].join('\n') },
  });
  const [first, second] = rows.flatMap(({ id }) => id ?? []);
  if (first === undefined || second === undefined) throw new Error('the records were not imported');
  return [first, second];
}

/** The text of the case's newest link, live or not, made from the keys as the mail's was. */
async function linkOf(database: Database, caseId: string): Promise<string> {
  const [secret] = await database.query<SecretIdentity & Record<string, unknown>>(
    `SELECT id, key_id AS "keyId", portal, purpose FROM secrets WHERE case_id = $1 AND purpose = 'registration_link'
     ORDER BY issued_at DESC LIMIT 1`,
    [caseId],
  );
  if (!secret) throw new Error('the case has no link');
  return secretText(database.keys, secret);
}

async function completes(visitor: Visitor): Promise<void> {
  const { terms } = await visitor.does(readPortal, { params });
  await visitor.does(registrations.completeRegistration, {
    params,
    body: { acceptTerms: true, termsVersion: terms.version },
  });
}

async function campaign(staff: Visitor): Promise<void> {
  const csv = [
    'mrn,email,reason',
    `${mrns[2]},${elsewhere},patient_request`,
    `${mrns[0]},${onFile},`,
    `,${elsewhere},`,
  ].join('\n');
  const { id } = await staff.does(createCampaign, { body: { portal, name: 'Autumn', csv } });
  await staff.does(listCampaignRows, { params: { campaignId: id } });
}

/** Where a person, or a careless page, puts what belongs elsewhere. */
async function astray(stack: Stack, staff: Visitor, links: readonly string[]): Promise<void> {
  const visitor = openVisitor(stack.apiUrl);
  await visitor.call(registrations.startRegistration, { params, body: { token: `${links[0]}` } });
  await visitor.call(registrations.startRegistration, {
    params,
    body: { token: `https://x/p/${portal}/register#${links[1]}` },
  });
  await staff.call(listPatientRecords, { query: { q: mrns[0] } });
  await staff.call(listPatientRecords, { query: { q: identity.lastName } });
  for (const path of [
    `/p/${portal}/register?token=${links[1]}`,
    `/p/${portal}/register/${links[1]}`,
    `/api/v1/portals/${portal}/registrations/${links[1]}`,
    `/api/v1/staff/patient-records?q=${mrns[0]}&sort=${identity.lastName}`,
  ]) {
    await sendRaw(stack.apiUrl, { method: 'GET', path });
  }
}
