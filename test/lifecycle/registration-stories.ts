import type { WorkflowHandle } from '@temporalio/client';
import type { Actor } from '../../domain/case.ts';
import type { RegistrationMove, RegistrationState } from '../../domain/registration/lifecycle.ts';
import { enrollAccount } from '../../store/accounts.ts';
import type { CaseRow } from '../../store/cases.ts';
import { type MoveRequest, moveCase } from '../../store/moves.ts';
import { currentPolicy } from '../../store/portals.ts';
import { sendRegistration } from '../../store/registrations.ts';
import { lookupsOf } from '../../store/secrets.ts';
import { engine, type Gatehouse, person, portal } from '../support/gatehouse.ts';
import { addAccount, addRecord, type RecordToAdd } from '../support/seed.ts';
import type { Member } from './stories.ts';

/** Registrations of a house, and what people do in one line. Every step waits until the engine has taken it in. */
export interface RegistrationStories {
  readonly clerk: Member;
  readonly ana: Member;
  /** Sends to a new record of somebody new. */
  sends(record?: Partial<RecordToAdd>): Promise<CaseRow>;
  /** Another one of the same record. */
  sendsTo(recordId: string): Promise<CaseRow>;
  /** A new registration, led to a state by people and the engine. */
  caseIn(state: RegistrationState, record?: Partial<RecordToAdd>): Promise<CaseRow>;
  does(row: Pick<CaseRow, 'id'>, move: RegistrationMove, actor: Actor, more?: Partial<MoveRequest>): Promise<CaseRow>;
  registers(row: Pick<CaseRow, 'id'>): Promise<CaseRow>;
  runOf(row: Pick<CaseRow, 'id'>): WorkflowHandle;
  /** The links the relay took to an address, in order. */
  linksTo(address: string): string[];
  /** How the secrets behind links stand, by the way an opened link finds them: `live`, `over`, or how it ended. */
  standingOf(links: readonly string[]): Promise<(string | undefined)[]>;
}

/** Tells stories of registrations in a house. */
export async function registrationStoriesIn(gatehouse: Gatehouse): Promise<RegistrationStories> {
  const [clerk, ana] = await Promise.all([
    gatehouse.member('Rita Registrar', 'clerk'),
    gatehouse.member('Rob Reviewer', 'reviewer'),
  ]);
  let people = 0;

  const settled = async (id: string) => {
    await gatehouse.idle(id);
    return gatehouse.row(id);
  };
  const sendsTo: RegistrationStories['sendsTo'] = async (recordId) => {
    const { id } = await gatehouse.transaction(async (tx) => {
      const policy = await currentPolicy(tx, portal);
      if (!policy) throw new Error('the portal has a policy');
      return sendRegistration(tx, { portal, policy, recordId, actor: clerk });
    });
    return settled(id);
  };
  const sends: RegistrationStories['sends'] = async (record) => {
    people += 1;
    const recordId = await addRecord(gatehouse.database, portal, {
      mrn: `RG-${people}`,
      firstName: 'Ben',
      lastName: `Okafor ${people}`,
      dateOfBirth: '1990-07-14',
      postalCode: '04101',
      email: `ben.${people}@mail.example`,
      ...record,
    });
    return sendsTo(recordId);
  };
  const does: RegistrationStories['does'] = async ({ id }, move, actor, more = {}) => {
    await gatehouse.transaction((tx) => moveCase(tx, { caseId: id, move, actor, ...more }));
    return settled(id);
  };
  const account = async ({ id }: Pick<CaseRow, 'id'>) => {
    const { email, patientRecordId } = await gatehouse.row(id);
    const accountId = await addAccount(gatehouse.database, portal, { username: id, email });
    if (patientRecordId) {
      await gatehouse.transaction(async (tx) =>
        enrollAccount(tx, { accountId, patientRecordId, caseId: id, at: await gatehouse.now() }),
      );
    }
    return { accountId, email: `account.${email}` };
  };
  const registers: RegistrationStories['registers'] = async (row) => {
    const { accountId } = await account(row);
    return does(row, 'register', person, { input: { accountId } });
  };
  const ways: Record<RegistrationState, (record?: Partial<RecordToAdd>) => Promise<CaseRow>> = {
    // Stays there: the relay is away.
    draft: async (record) => {
      gatehouse.sink.manner = 'is away';
      const stuck = await sends(record);
      gatehouse.sink.manner = 'takes';
      return stuck;
    },
    sent: sends,
    identified: async (record) => does(await sends(record), 'identify', person),
    registered: async (record) => registers(await ways.identified(record)),
    linked: async (record) => {
      const row = await ways.identified(record);
      const { accountId, email } = await account(row);
      const linkedTo = { email, language: 'en', practice: 'Maple Street' };
      return does(row, 'link', person, { input: { accountId, linkedTo } });
    },
    expired: async (record) => does(await sends(record), 'expireNow', ana),
    locked: async (record) => does(await sends(record), 'link_locked', engine),
    cancelled: async (record) => does(await sends(record), 'cancel', ana, { reason: 'wrong_person' }),
    undeliverable: async (record) => {
      gatehouse.sink.manner = 'refuses';
      const stuck = await sends(record);
      gatehouse.sink.manner = 'takes';
      return stuck;
    },
  };

  return {
    clerk,
    ana,
    sends,
    sendsTo,
    caseIn: (state, record) => ways[state](record),
    does,
    registers,
    runOf: ({ id }) => gatehouse.runOf(id, 'registration'),
    linksTo: (address) =>
      gatehouse
        .inboxOf(address)
        .flatMap(({ text }) => /\/p\/harborview\/register#([\w-]{43})\s/.exec(text ?? '')?.[1] ?? []),
    standingOf: (links) =>
      Promise.all(
        links.map(async (link) => {
          const [row] = await gatehouse.database.query<{ standing: string }>(
            `SELECT COALESCE(ended_as, CASE WHEN expires_at > gatehouse_now() THEN 'live' ELSE 'over' END) AS standing
             FROM secrets WHERE portal = $1 AND lookup = ANY($2)`,
            [portal, lookupsOf(gatehouse.database.keys, portal, 'registration_link', link)],
          );
          return row?.standing;
        }),
      ),
  };
}
