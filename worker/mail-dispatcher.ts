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
const mailsPerRound = 24;
/** At the end mails on their way are waited for: one cut off after DATA would be sent twice. */
const graceMs = 4_000;
/** A mail that failed by a mistake of ours, or while the database was away, rests this long before it is tried again. */
const failedRestMs = 30_000;

/**
 * Delivers mails without a case (mailbox codes and security notices first) and whatever a workflow has left unclaimed for a
 * minute, so that no mail depends on the engine being up. The ledger's lease keeps two senders apart.
 */
export function startMailDispatcher({ delivery, log, metrics }: MailDispatcherOptions): Loop {
  const { database } = delivery;
  const underWay = new Map<string, Promise<void>>();
  const resting = new Map<string, number>();
  const cutOff = new AbortController();

  // A slow mail keeps its own place only: the next ones are taken as places become free.
  async function round(stopping: AbortSignal): Promise<boolean> {
    forgetRested();
    const due = await dueMails(database, mailsPerRound, [...underWay.keys(), ...resting.keys()]);
    for (const id of due) {
      while (underWay.size >= mailsInFlight) await Promise.race(underWay.values());
      if (stopping.aborted) return false;
      underWay.set(id, deliver(id));
    }
    return due.length === mailsPerRound;
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
      const impatient = setTimeout(() => cutOff.abort(), graceMs);
      await loop.stop();
      await Promise.all(underWay.values());
      clearTimeout(impatient);
    },
  };
}
