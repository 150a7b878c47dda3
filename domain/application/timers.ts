import type { Timer } from '../case.ts';
import { reminderTimers, timer } from '../move-effects.ts';
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
      return [...reminderTimers(facts), ...timer('closes_unanswered', facts.closesAt)];
    case 'approved':
      return timer('code_expires', facts.expiresAt);
    case 'code_sent':
      return [...reminderTimers(facts), ...timer('code_expires', facts.expiresAt)];
    case 'expired':
      return timer('closes', facts.closesAt);
    default:
      return [];
  }
}
