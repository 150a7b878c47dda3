import { nameKey } from '../../domain/people/normalise.ts';
import type { ApplicationClaim } from '../../store/applications.ts';
import { databaseNow } from '../../store/clock.ts';
import type { Transaction } from '../../store/database.ts';
import { tellEngine } from '../../store/outbox.ts';
import { harborviewStories, type Story } from './harborview-stories.ts';
import { writeDryRun } from './maplestreet-campaign.ts';
import { maplestreetStories } from './maplestreet-stories.ts';
import { demonstrationMembers, type MemberName } from './members.ts';
import type { PasswordHashes } from './password-hashes.ts';
import { beginPast, type Past, type Setting, setClockTo } from './past.ts';
import { type PastTimes, pastTimes } from './past-times.ts';
import { type DemonstrationRecord, demonstrationRecords } from './patient-records.ts';
import { type DemonstrationPortal, demonstrationPolicies } from './policies/index.ts';
import { demonstrationPractices } from './practices.ts';
import type { Step } from './story-steps.ts';

/** Before the oldest story: policies, staff and records were there when it began. */
const beginningDaysAgo = 300;

/**
 * Writes the whole demonstration in the caller's transaction, which must be the owner's: while the past is told, the clock
 * is set back, and nobody else sees it move, because it is put back before the commit. Killed at any instant, it
 * leaves nothing behind.
 */
export async function loadDemonstration(tx: Transaction, passwordHashes: PasswordHashes): Promise<void> {
  await liftTimeLimits(tx);
  const now = await databaseNow(tx);
  const [clock] = await tx.query<{ shift: string }>('SELECT shift::text FROM clock_shift');
  await setClockTo(tx, new Date(now.getTime() - beginningDaysAgo * 86_400_000));
  const members = await writeMembers(tx, passwordHashes.ofMember);
  const records = new Map<string, Setting['records']>();
  for (const portal of portals) {
    await writePolicy(tx, portal);
    const practiceIds = await writePractices(tx, portal, members.supervisor.id);
    if (portal !== 'bayside') records.set(portal, await writeRecords(tx, portal, practiceIds));
  }
  const told = { cases: new Map(), relay: new Map() };
  const pastOf = (portal: keyof typeof storiesOf) =>
    beginPast(
      {
        tx,
        portal,
        policy: demonstrationPolicies[portal],
        members,
        records: records.get(portal) ?? new Map(),
        passwordHash: passwordHashes.ofAccount,
        securityAnswers: passwordHashes.ofAnswers,
      },
      told,
    );
  const maplestreet = pastOf('maplestreet');
  await tell([pastOf('harborview'), maplestreet], now);
  await writeDryRun(maplestreet.setting);
  await tx.query('UPDATE clock_shift SET shift = $1::interval', [clock?.shift ?? '0']);
  await oweTheEngineEveryOpenCase(tx);
}

/**
 * The limits of ordinary transactions are made for requests, not for this one. Zero, since a running transaction's limit can
 * be lifted and not be made longer.
 */
export async function liftTimeLimits(tx: Transaction): Promise<void> {
  for (const limit of [
    'transaction_timeout',
    'statement_timeout',
    'lock_timeout',
    'idle_in_transaction_session_timeout',
  ]) {
    await tx.query(`SET LOCAL ${limit} = 0`);
  }
}

const portals = Object.keys(demonstrationPolicies) as DemonstrationPortal[];

async function writeMembers(tx: Transaction, hashes: Record<MemberName, string>): Promise<Setting['members']> {
  const written: Partial<Setting['members']> = {};
  for (const key of Object.keys(demonstrationMembers) as MemberName[]) {
    const { name, email, roles } = demonstrationMembers[key];
    const [row] = await tx.query<{ id: string }>(
      'INSERT INTO members (name, email, email_key, password_hash, roles) VALUES ($1, $2, $2, $3, $4) RETURNING id',
      [name, email, hashes[key], roles],
    );
    if (row) written[key] = { id: row.id, roles };
  }
  return written as Setting['members'];
}

async function writePolicy(tx: Transaction, portal: DemonstrationPortal): Promise<void> {
  const policy = demonstrationPolicies[portal];
  await tx.query('INSERT INTO portals (id, policy_version) VALUES ($1, $2)', [portal, policy.version]);
  await tx.query('INSERT INTO policies (portal, version, document) VALUES ($1, $2, $3)', [
    portal,
    policy.version,
    JSON.stringify(policy),
  ]);
}

async function writePractices(tx: Transaction, portal: DemonstrationPortal, confirmedBy: string): Promise<string[]> {
  const ids: string[] = [];
  for (const { name, faxes, isPartner, opens } of demonstrationPractices[portal]) {
    const [practice] = await tx.query<{ id: string }>(
      'INSERT INTO practices (portal, name, partner, opens_messages, opens_record) VALUES ($1, $2, $3, $4, $5) RETURNING id',
      [portal, name, isPartner ?? false, opens?.messages ?? true, opens?.record ?? 'all'],
    );
    if (!practice) throw new Error('an inserted practice has an id');
    ids.push(practice.id);
    for (const { number, isConfirmed } of faxes) {
      await tx.query(
        `INSERT INTO practice_faxes (practice_id, number, confirmed_by, confirmed_how, confirmed_at)
         VALUES ($1, $2, $3, $4, CASE WHEN $3::uuid IS NULL THEN NULL ELSE gatehouse_now() END)`,
        [practice.id, number, isConfirmed ? confirmedBy : null, isConfirmed ? 'called the practice' : null],
      );
    }
  }
  return ids;
}

/** Records of one human being share a person; a record that was merged names the one that stayed. */
async function writeRecords(tx: Transaction, portal: RecordPortal, practiceIds: string[]): Promise<Setting['records']> {
  const written = new Map<string, { id: string; personId: string; claim: ApplicationClaim }>();
  for (const record of demonstrationRecords[portal]) {
    const same = record.samePersonAs === undefined ? undefined : written.get(record.samePersonAs);
    const personId = same?.personId ?? (await writePerson(tx, portal));
    const survivor = record.mergedInto === undefined ? undefined : written.get(record.mergedInto);
    const [row] = await tx.query<{ id: string }>(
      `INSERT INTO patient_records (portal, practice_id, person_id, mrn, first_name, last_name, date_of_birth, postal_code, sex,
         email, phone, primary_care_provider, deceased_on, merged_into, confidential, first_name_key, last_name_key)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) RETURNING id`,
      [
        portal,
        practiceIds[record.practice] ?? null,
        personId,
        record.mrn,
        record.firstName,
        record.lastName,
        record.dateOfBirth,
        record.postalCode,
        record.sex,
        record.email,
        record.phone,
        record.primaryCareProvider,
        record.deceasedOn ?? null,
        survivor?.id ?? null,
        record.isConfidential ?? false,
        nameKey(record.firstName),
        nameKey(record.lastName),
      ],
    );
    if (row) written.set(record.mrn, { id: row.id, personId, claim: claimOf(record) });
  }
  return written;
}

type RecordPortal = Exclude<DemonstrationPortal, 'bayside'>;

async function writePerson(tx: Transaction, portal: string): Promise<string> {
  const [person] = await tx.query<{ id: string }>('INSERT INTO persons (portal) VALUES ($1) RETURNING id', [portal]);
  if (!person) throw new Error('an inserted person has an id');
  return person.id;
}

/** What somebody writes who applies with the data the record holds. */
function claimOf(record: DemonstrationRecord): ApplicationClaim {
  return {
    firstName: record.firstName,
    lastName: record.lastName,
    dateOfBirth: record.dateOfBirth,
    postalCode: record.postalCode,
    email: record.email ?? `${record.mrn.toLowerCase()}@mail.example`,
    phone: record.phone ?? undefined,
    sexAtBirth: record.sex,
    language: 'en',
  };
}

const storiesOf = { harborview: harborviewStories, maplestreet: maplestreetStories } satisfies Partial<
  Record<DemonstrationPortal, (times: PastTimes) => readonly Story[]>
>;

/** All stories of all portals at once, event by event as time goes; then the time up to `now` passes. */
async function tell(pasts: readonly [Past, ...Past[]], now: Date): Promise<void> {
  const events = pasts.flatMap((past) => eventsOf(past, now));
  events.sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const { past, name, at, steps, isLeftToTheEngine } of events) {
    if (at > now) throw new RangeError(`the story "${name}" has not happened yet`);
    await past.goTo(at);
    for (const step of steps) await happen(past, name, step);
    if (!isLeftToTheEngine) await past.engineWorks(name);
  }
  await pasts[0].goTo(now);
}

function eventsOf(past: Past, now: Date) {
  const { portal, policy } = past.setting;
  const stories = storiesOf[portal as keyof typeof storiesOf](pastTimes(now, policy));
  return stories.flatMap(({ name, events, isFresh }) =>
    events.map(([at, ...steps], index) => ({
      past,
      name,
      at,
      steps,
      isLeftToTheEngine: isFresh && index === events.length - 1,
    })),
  );
}

async function happen(past: Past, name: string, step: Step): Promise<void> {
  try {
    await step(past, name);
  } catch (error) {
    throw new Error(`the story "${name}" cannot go on`, { cause: error });
  }
}

/** The worker starts each open case's workflow from its row. */
async function oweTheEngineEveryOpenCase(tx: Transaction): Promise<void> {
  await tx.query('DELETE FROM outbox');
  const open = await tx.query<{ id: string }>('SELECT id FROM cases WHERE waiting_on IS NOT NULL ORDER BY received_at');
  for (const { id } of open) tellEngine(tx, id, await databaseNow(tx));
}
