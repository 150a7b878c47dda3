import type { Actor } from '../../domain/case.ts';
import type { RegistrationMove, RegistrationState } from '../../domain/registration/lifecycle.ts';
import { enrollAccount } from '../../store/accounts.ts';
import type { CaseRow } from '../../store/cases.ts';
import type { Transaction } from '../../store/database.ts';
import { type MoveRequest, moveCase } from '../../store/moves.ts';
import { policyAt } from '../../store/portals.ts';
import { type RegistrationToSend, sendRegistration } from '../../store/registrations.ts';
import { engine, type House, harborview, person } from './house.ts';
import { addAccount, addRecord, type RecordToAdd } from './seed.ts';

/** Another address than the one on file, why, and what else sending takes. */
export type Sending = Partial<Omit<RegistrationToSend, 'portal' | 'policy' | 'recordId'>> & { portal?: string };

/** Registrations in a house without its engine, led along by moves. */
export interface RegistrationHouse {
  /** A patient record of somebody new, of age, with an address and a ZIP code. Answers its id. */
  record(more?: Partial<RecordToAdd>, portal?: string): Promise<string>;
  sends(recordId: string, more?: Sending): Promise<CaseRow>;
  moves(caseId: string, move: RegistrationMove, actor: Actor, more?: Partial<MoveRequest>): Promise<CaseRow>;
  /** A new registration of somebody new, led to a state by moves. */
  caseIn(state: RegistrationState): Promise<CaseRow>;
  /** An account that shows the case's record, as the last step of the walk leaves it. */
  enrolledAccount(row: Pick<CaseRow, 'id' | 'email' | 'patientRecordId'>, caseId?: string | null): Promise<string>;
  everythingOf(caseId: string): Promise<Record<string, unknown[]>>;
}

export function registrationsIn(house: House): RegistrationHouse {
  let people = 0;

  const record: RegistrationHouse['record'] = (more = {}, portal = harborview) => {
    people += 1;
    return addRecord(house.database, portal, {
      mrn: `HV-${people}`,
      firstName: 'Ben',
      lastName: `Okafor ${people}`,
      dateOfBirth: '1990-07-14',
      postalCode: '04101-2244',
      email: `ben.${people}@mail.example`,
      ...more,
    });
  };
  const policyOf = async (tx: Transaction, portal: string) => {
    const [found] = await tx.query<{ version: number }>('SELECT policy_version AS version FROM portals WHERE id = $1', [
      portal,
    ]);
    return policyAt(tx, portal, found?.version ?? 0);
  };
  const sends: RegistrationHouse['sends'] = async (recordId, { portal = harborview, ...more } = {}) => {
    const { id } = await house.database.transaction(async (tx) =>
      sendRegistration(tx, { portal, policy: await policyOf(tx, portal), recordId, actor: house.clerk, ...more }),
    );
    return house.row(id);
  };
  const moves: RegistrationHouse['moves'] = (caseId, move, actor, more = {}) =>
    house.database.transaction((tx) => moveCase(tx, { caseId, move, actor, ...more }));

  const enrolledAccount: RegistrationHouse['enrolledAccount'] = async ({ id, email, patientRecordId }, caseId = id) => {
    const accountId = await addAccount(house.database, harborview, { username: id, email: `account.${email}` });
    if (patientRecordId) {
      await house.database.transaction(async (tx) =>
        enrollAccount(tx, { accountId, patientRecordId, caseId, at: await house.now() }),
      );
    }
    return accountId;
  };
  const steps: Record<Step, (row: CaseRow) => Promise<unknown>> = {
    link_issued: ({ id }) => moves(id, 'link_issued', engine, { isEngineWaiting: true }),
    link_sent: ({ id }) => moves(id, 'link_sent', engine, { isEngineWaiting: true }),
    identify: ({ id }) => moves(id, 'identify', person),
    register: async (row) => moves(row.id, 'register', person, { input: { accountId: await enrolledAccount(row) } }),
    link: async (row) =>
      moves(row.id, 'link', person, {
        input: {
          accountId: await enrolledAccount(row),
          linkedTo: { email: `account.${row.email}`, language: 'es', practice: 'Maple Street' },
        },
      }),
    link_locked: ({ id }) => moves(id, 'link_locked', engine),
    mail_refused: ({ id }) => moves(id, 'mail_refused', engine),
    cancel: ({ id }) => moves(id, 'cancel', house.reviewer, { reason: 'wrong_person' }),
    expireNow: ({ id }) => moves(id, 'expireNow', house.reviewer),
  };

  return {
    record,
    sends,
    moves,
    caseIn: async (state) => {
      const row = await sends(await record());
      for (const step of ways[state]) await steps[step](row);
      return house.row(row.id);
    },
    enrolledAccount,
    everythingOf: async (caseId) => {
      const own = ['registrations', 'registration_walks'].map(async (table) => {
        const rows = await house.query(`SELECT to_jsonb(t) AS r FROM ${table} t WHERE case_id = $1 ORDER BY 1`, [
          caseId,
        ]);
        return [table, rows] as const;
      });
      return { ...(await house.everythingOf(caseId)), ...Object.fromEntries(await Promise.all(own)) };
    },
  };
}

type Step =
  | 'link_issued'
  | 'link_sent'
  | 'identify'
  | 'register'
  | 'link'
  | 'link_locked'
  | 'mail_refused'
  | 'cancel'
  | 'expireNow';

const toSent = ['link_issued', 'link_sent'] as const;
const toIdentified = [...toSent, 'identify'] as const;
const ways: Record<RegistrationState, readonly Step[]> = {
  draft: ['link_issued'],
  sent: toSent,
  identified: toIdentified,
  registered: [...toIdentified, 'register'],
  linked: [...toIdentified, 'link'],
  expired: [...toSent, 'expireNow'],
  locked: [...toSent, 'link_locked'],
  cancelled: [...toSent, 'cancel'],
  undeliverable: ['link_issued', 'mail_refused'],
};
