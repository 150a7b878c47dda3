import {
  allHandlersFinished,
  condition,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { Timer } from '../domain/case.ts';
import { isNewer, type Snapshot } from '../domain/snapshot.ts';
import { messageDescriptions, type Plan } from '../engine/names.ts';
import { endDetails, timerSummary, waitDetails } from '../engine/readable-texts.ts';
import { searchAttributeUpdatesOf } from '../engine/search-attributes.ts';
import { plan, reread, wake } from './messages.ts';

/** What a run knows of its case: the newest snapshot, and what it has set going because of it. */
export interface FollowedCase<State extends string> {
  readonly now: Snapshot<State>;
  /** Takes an activity's answer, which is fresher than any signal; an older one is ignored. */
  accept(answer: Snapshot<State>): void;
  /** Starts `deliver` once for every mail the case owes; they run beside the waiting. */
  deliverOwedMails(deliver: (mail: { id: string; template: string }) => Promise<Snapshot<State>>): void;
  /** The timer that fired, or undefined when the case moved on before it. */
  nextTimer(): Promise<Timer | undefined>;
  /** Whether nothing is under way or owed, so that the run may end or begin anew. */
  isIdle(): boolean;
  /** Waits until the run is idle, owes another mail, or the case goes on after all. */
  idleOrOwing(): Promise<void>;
}

/** A timer that fires in vain (the database's clock was behind) is tried again after this. */
const vainWaitMs = 5_000;
/** The relay is this late at most in ordinary times; a clock that moved further is worth a new timer. */
const clockToleranceMs = 1_000;

/** Follows one case: registers `wake`, `plan` and `reread` first, keeps the newest snapshot, shows what is waited for. */
export function followCase<State extends string>(
  start: Snapshot<State>,
  read: (caseId: string) => Promise<Snapshot<State>>,
): FollowedCase<State> {
  let newest = start;
  // The database's clock decides. A snapshot is older than its arrival, so its time is a lower bound for the clock's lead;
  // an activity's answer has just been read and says it exactly.
  let leadMs = Math.max(0, leadOf(start));
  let shown = attributesText(start);
  let firedInVain: string | undefined;
  const underWay = new Set<string>();
  const settledMails = new Set<string>();

  const take = (snapshot: Snapshot<State>) => {
    if (!isNewer(snapshot, newest)) return;
    newest = snapshot;
    show();
  };
  const accept = (answer: Snapshot<State>) => {
    leadMs = leadOf(answer);
    take(answer);
  };
  const planned = (): Plan => ({ state: newest.state, version: newest.version, waitsFor: newest.timers });

  setHandler(
    wake,
    (snapshot) => {
      leadMs = Math.max(leadMs, leadOf(snapshot));
      take(snapshot as Snapshot<State>);
    },
    { description: messageDescriptions.wake },
  );
  setHandler(plan, planned, { description: messageDescriptions.plan });
  setHandler(
    reread,
    async () => {
      accept(await read(newest.caseId));
      return planned();
    },
    { description: messageDescriptions.reread, validator: refuseWhenOver },
  );

  function refuseWhenOver(): void {
    if (newest.waitingOn === null && newest.owes.mails.length === 0) throw new Error('the case is over');
  }

  function show(): void {
    setCurrentDetails(
      newest.waitingOn ? waitDetails(newest.waitingOn, newest.timers[0]) : endDetails(newest.state as never),
    );
    const text = attributesText(newest);
    if (text === shown) return;
    shown = text;
    upsertSearchAttributes(searchAttributeUpdatesOf(newest));
  }

  const owesNewMail = () => newest.owes.mails.some(({ id }) => !underWay.has(id) && !settledMails.has(id));
  const hasWork = () => newest.waitingOn === null || newest.owes.secret || newest.owes.approval || owesNewMail();
  const isIdle = () => underWay.size === 0 && !owesNewMail() && allHandlersFinished();
  const msUntil = (timer: Timer) => Date.parse(timer.firesAt) - (Date.now() + leadMs);

  show();
  return {
    get now() {
      return newest;
    },
    accept,
    deliverOwedMails(deliver) {
      for (const mail of newest.owes.mails) {
        if (underWay.has(mail.id) || settledMails.has(mail.id)) continue;
        underWay.add(mail.id);
        // A delivery fails only when the run is cancelled; then the ledger's row waits for the next run.
        void deliver(mail).then(
          (answer) => {
            underWay.delete(mail.id);
            settledMails.add(mail.id);
            accept(answer);
          },
          () => underWay.delete(mail.id),
        );
      }
    },
    async nextTimer() {
      const timer = newest.timers[0];
      const isMoved = () => hasWork() || !sameTimer(timer, newest.timers[0]);
      if (!timer) {
        await condition(isMoved);
        return undefined;
      }
      const waitMs = Math.max(msUntil(timer), firedInVain === timerText(timer) ? vainWaitMs : 0);
      const leadAtStart = leadMs;
      // Time travel (and a skewed clock set right) changes how long the same instant is away.
      const isWoken = () => isMoved() || Math.abs(leadMs - leadAtStart) > clockToleranceMs;
      if (waitMs > 0 && (await condition(isWoken, waitMs, { summary: timerSummary(timer.name) }))) return undefined;
      if (isWoken()) return undefined;
      firedInVain = timerText(timer);
      return timer;
    },
    isIdle,
    idleOrOwing: () => condition(() => isIdle() || owesNewMail() || newest.waitingOn !== null),
  };
}

const leadOf = (snapshot: Snapshot) => Date.parse(snapshot.now) - Date.now();
const timerText = (timer: Timer) => `${timer.name} ${timer.firesAt}`;
const sameTimer = (a: Timer | undefined, b: Timer | undefined) =>
  a === b || (a !== undefined && b !== undefined && timerText(a) === timerText(b));
const attributesText = ({ state, waitingOn, dueAt, expiresAt }: Snapshot) =>
  [state, waitingOn, dueAt, expiresAt].join(' ');
