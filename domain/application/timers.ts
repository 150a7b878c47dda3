import { silencingFlags, type Timer, type TimerName } from '../case.ts';
import type { ApplicationFacts } from './facts.ts';

/** Every timer that runs in the state, soonest first; `facts` and Temporal show the same ones. */
export function timersOf(facts: ApplicationFacts): Timer[] {
  return runningTimers(facts).sort((a, b) => a.firesAt.localeCompare(b.firesAt));
}

function runningTimers(facts: ApplicationFacts): Timer[] {
  switch (facts.state) {
    case 'submitted':
    case 'in_review':
      return [
        ...timer('turns_due', facts.turnedDueAt ? null : facts.dueAt),
        ...timer('turns_late', facts.turnedLateAt ? null : facts.lateAt),
      ];
    case 'waiting_on_applicant':
      return [...reminders(facts), ...timer('closes_unanswered', facts.closesAt)];
    case 'approved':
      return timer('code_expires', facts.expiresAt);
    case 'code_sent':
      return [...reminders(facts), ...timer('code_expires', facts.expiresAt)];
    case 'expired':
      return timer('closes', facts.closesAt);
    default:
      return [];
  }
}

function reminders(facts: ApplicationFacts): Timer[] {
  return isSilenced(facts) ? [] : facts.remindersAt.flatMap((at) => timer('reminder', at));
}

function timer(name: TimerName, at: Date | null): Timer[] {
  return at ? [{ name, firesAt: at.toISOString() }] : [];
}

/** Whether a flag stands during which the engine issues and mails the person nothing. */
export function isSilenced(facts: Pick<ApplicationFacts, 'flags'>): boolean {
  return facts.flags.some((flag) => silencingFlags.includes(flag));
}
