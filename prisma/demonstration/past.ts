import type { Role, TimerName } from '../../domain/case.ts';
import type { CaseEngineMove, CaseMove } from '../../domain/case-names.ts';
import { lifecycles } from '../../domain/lifecycles.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { type ApplicationClaim, acceptApplication } from '../../store/applications.ts';
import type { Transaction } from '../../store/database.ts';
import { type Settlement, settleMail } from '../../store/mail-delivery.ts';
import { type MoveRequest, moveCase } from '../../store/moves.ts';
import { sendRegistration } from '../../store/registrations.ts';
import type { HashedAnswer } from '../../store/security-answers.ts';
import { snapshotsOf } from '../../store/snapshots.ts';
import type { MemberName } from './members.ts';

/** The portal as it stood, and who worked in it. */
export interface Setting {
  tx: Transaction;
  portal: string;
  policy: Policy;
  members: Record<MemberName, { id: string; roles: readonly Role[] }>;
  /** Record id and claim by MRN. */
  records: ReadonlyMap<string, { id: string; claim: ApplicationClaim }>;
  /** Of the accounts that are opened. */
  passwordHash: string;
  securityAnswers: readonly HashedAnswer[];
}

/**
 * The past, lived through: the clock is set before each event, what people do goes through the one door, and the engine's
 * part — codes, mails, timers — is done here as the engine would have done it. So no row, entry or timer is invented.
 */
export interface Past {
  readonly setting: Setting;
  /** The case of the story that is told. */
  caseId(story: string): string;
  accept(story: string, claim: ApplicationClaim, keyedInBy?: MemberName): Promise<void>;
  /** Sends a registration e-mail to a record. */
  invite(
    story: string,
    by: MemberName,
    mrn: string,
    elsewhere: { email?: string; reason?: string; note?: string },
  ): Promise<void>;
  move(story: string, by: MemberName | 'person' | 'engine', request: Move): Promise<void>;
  /** How the relay answers the story's next mails; accepted unless told. */
  relayWill(story: string, settlement: Settlement): void;
  /** Lets time pass up to an instant; timers that fire on the way are acted on. */
  goTo(at: Date): Promise<void>;
  /** Does what the engine owes the story's case: code, mails, what follows from them. */
  engineWorks(story: string): Promise<void>;
}

type Move = Omit<MoveRequest, 'caseId' | 'actor' | 'move'> & { move: CaseMove };

/** What all portals' pasts have in common: time passes for every story at once. */
export interface ToldCases {
  /** Case by story. */
  cases: Map<string, string>;
  relay: Map<string, Settlement>;
}

/** Begins a portal's past; the transaction must be the owner's, who alone may set the clock. */
export function beginPast(setting: Setting, { cases, relay }: ToldCases): Past {
  const { tx } = setting;

  const caseId = (story: string): string => {
    const id = cases.get(story);
    if (id === undefined) throw new Error(`the story "${story}" has no case yet`);
    return id;
  };

  const storyOf = (id: string) => [...cases].find(([, known]) => known === id)?.[0] ?? '';

  async function settleQueued(id: string): Promise<void> {
    const queued = await tx.query<{ id: string }>(
      `UPDATE messages SET attempts = 1 WHERE state = 'queued' AND (case_id = $1 OR case_id IS NULL) RETURNING id`,
      [id],
    );
    if (queued.length > 0) await setClockOn(tx, 2);
    const settlement = relay.get(storyOf(id)) ?? { state: 'accepted' };
    for (const message of queued) await settleMail(tx, message.id, { ...settlement, isEngineWaiting: true });
  }

  async function work(id: string): Promise<void> {
    await settleQueued(id);
    const [snapshot] = await snapshotsOf(tx, [id]);
    if (!snapshot?.owes.secret) return;
    await setClockOn(tx, 1);
    await moveCase(tx, {
      caseId: id,
      move: lifecycles[snapshot.kind].secret.issued,
      actor: { kind: 'engine' },
      isEngineWaiting: true,
    });
    await settleQueued(id);
  }

  async function nextTimer(until: Date): Promise<{ id: string; move: CaseEngineMove; at: Date } | undefined> {
    const timers = (await snapshotsOf(tx, [...cases.values()])).flatMap(({ caseId: id, timers: running }) =>
      running.map(({ name, firesAt }) => ({ id, move: moveOf[name], at: new Date(firesAt) })),
    );
    const [first] = timers.sort((a, b) => a.at.getTime() - b.at.getTime());
    return first && first.at <= until ? first : undefined;
  }

  return {
    setting,
    caseId,
    async accept(story, claim, keyedInBy) {
      const accepted = await acceptApplication(tx, {
        portal: setting.portal,
        policy: setting.policy,
        claim,
        source: keyedInBy ? 'office' : 'online',
        actor: keyedInBy ? { kind: 'member', ...setting.members[keyedInBy] } : { kind: 'person' },
      });
      cases.set(story, accepted.id);
    },
    async invite(story, by, mrn, elsewhere) {
      const record = setting.records.get(mrn);
      if (!record) throw new Error(`there is no record ${mrn}`);
      const { portal, policy } = setting;
      const actor = { kind: 'member', ...setting.members[by] } as const;
      const { id } = await sendRegistration(tx, { portal, policy, recordId: record.id, actor, ...elsewhere });
      cases.set(story, id);
    },
    async move(story, by, request) {
      const actor =
        by === 'person' || by === 'engine'
          ? ({ kind: by } as const)
          : ({ kind: 'member', ...setting.members[by] } as const);
      await moveCase(tx, { ...request, caseId: caseId(story), actor, isEngineWaiting: true });
    },
    relayWill: (story, settlement) => void relay.set(story, settlement),
    async goTo(at) {
      for (;;) {
        const timer = await nextTimer(at);
        if (!timer) break;
        await setClockTo(tx, timer.at);
        await moveCase(tx, { caseId: timer.id, move: timer.move, actor: { kind: 'engine' }, isEngineWaiting: true });
        await work(timer.id);
      }
      await setClockTo(tx, at);
    },
    engineWorks: (story) => work(caseId(story)),
  };
}

/** What the engine records when a timer fires, as in `workflows/`. */
const moveOf: Record<TimerName, CaseEngineMove> = {
  turns_due: 'turned_due',
  turns_late: 'turned_late',
  reminder: 'reminded',
  closes_unanswered: 'left_unanswered',
  code_expires: 'code_expired',
  link_expires: 'link_expired',
  closes: 'lapsed',
};

/** Sets the product's clock; seen by this transaction alone until it commits. */
export async function setClockTo(tx: Transaction, at: Date): Promise<void> {
  await tx.query('UPDATE clock_shift SET shift = $1::timestamptz - clock_timestamp()', [at]);
}

/** Lets a few seconds pass. */
async function setClockOn(tx: Transaction, seconds: number): Promise<void> {
  await tx.query('UPDATE clock_shift SET shift = shift + make_interval(secs => $1)', [seconds]);
}
