import { type DeliveryDependencies, deliverMail } from '../activities/index.ts';
import { dueMails } from '../store/due-mails.ts';
import type { Logger } from './log.ts';
import { type Loop, startLoop } from './loop.ts';
import type { WorkerMetrics } from './metrics.ts';

export interface MailDispatcherOptions {
  delivery: DeliveryDependencies;
  log: Logger;
  metrics: WorkerMetrics;
}

/** As many as the transport keeps connections. */
const mailsInFlight = 8;
/** Of these for bulk mails: whatever else comes finds a place at once. */
const bulkInFlight = 6;
const mailsPerRound = 24;
/** Bulk mails are fetched ahead, so that a place that gets free is taken without asking. */
const bulkAhead = 48;
/** At the end mails on their way are waited for: one cut off after DATA would be sent twice. */
const graceMs = 4_000;
/** A mail that failed by a mistake of ours, or while the database was away, rests this long before it is tried again. */
const failedRestMs = 30_000;

/**
 * Delivers mails without a case (mailbox codes and security notices first), bulk mails after everything else, and whatever a
 * workflow has left unclaimed for a minute, so that no mail depends on the engine being up. The ledger's lease keeps two senders
 * apart.
 */
export function startMailDispatcher({ delivery, log, metrics }: MailDispatcherOptions): Loop {
  const { database } = delivery;
  const underWay = new Map<string, Promise<void>>();
  const resting = new Map<string, number>();
  const cutOff = new AbortController();
  let bulkWaiting: string[] = [];
  let bulkUnderWay = 0;
  /** The ledger may hold more bulk mails than were fetched. */
  let hasMoreBulk = false;
  /** An ordinary mail waits for a place; a bulk one takes none meanwhile. */
  let isPlaceWanted = false;
  let isStopped = false;

  // A slow mail keeps its own place only: the next ones are taken as places become free.
  async function round(stopping: AbortSignal): Promise<boolean> {
    forgetRested();
    const bulk = bulkWaiting.length < bulkInFlight ? bulkAhead : 0;
    const except = [...underWay.keys(), ...resting.keys(), ...bulkWaiting];
    const due = await dueMails(database, { ordinary: mailsPerRound, bulk, except });
    hasMoreBulk = due.bulk.length === bulk;
    bulkWaiting.push(...due.bulk);
    for (const id of due.ordinary) {
      await untilPlaceIsFree();
      if (stopping.aborted) return false;
      underWay.set(id, deliver(id));
    }
    startBulk();
    return due.ordinary.length === mailsPerRound;
  }

  async function untilPlaceIsFree(): Promise<void> {
    isPlaceWanted = true;
    while (underWay.size >= mailsInFlight) await Promise.race(underWay.values());
    isPlaceWanted = false;
  }

  /** Fills the places for bulk mails; asks for more in time. */
  function startBulk(): void {
    while (!isPlaceWanted && !isStopped && bulkUnderWay < bulkInFlight && underWay.size < mailsInFlight) {
      const id = bulkWaiting.shift();
      if (id === undefined) break;
      bulkUnderWay += 1;
      const delivered = deliver(id).finally(() => {
        bulkUnderWay -= 1;
        startBulk();
      });
      underWay.set(id, delivered);
    }
    if (hasMoreBulk && bulkWaiting.length < bulkInFlight) loop.nudge();
  }

  async function deliver(id: string): Promise<void> {
    try {
      const { kind } = await deliverMail(delivery, id, { isEngineWaiting: false, signal: cutOff.signal });
      metrics.dispatched.inc({ result: kind });
    } catch (error) {
      metrics.dispatched.inc({ result: 'failed' });
      log.error({ messageId: id, error }, 'a mail could not be delivered');
      resting.set(id, performance.now() + failedRestMs);
    } finally {
      underWay.delete(id);
    }
  }

  function forgetRested(): void {
    for (const [id, until] of resting) if (until <= performance.now()) resting.delete(id);
  }

  const loop = startLoop({ task: 'mail dispatcher', everyMs: 1_000, log, work: round });
  const stopListening = database.listen('mail', loop.nudge);
  return {
    nudge: loop.nudge,
    get lastGoodAt() {
      return loop.lastGoodAt;
    },
    stop: async () => {
      stopListening();
      isStopped = true;
      bulkWaiting = [];
      const impatient = setTimeout(() => cutOff.abort(), graceMs);
      await loop.stop();
      await Promise.all(underWay.values());
      clearTimeout(impatient);
    },
  };
}
