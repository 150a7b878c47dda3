import type { Timer } from '../case.ts';
import { reminderTimers, timer } from '../move-effects.ts';
import type { RegistrationFacts } from './facts.ts';

/** Every timer that runs in the state, soonest first; the case and Temporal show the same ones. */
export function timersOf(facts: RegistrationFacts): Timer[] {
  return runningTimers(facts).sort((a, b) => a.firesAt.localeCompare(b.firesAt));
}

function runningTimers(facts: RegistrationFacts): Timer[] {
  switch (facts.state) {
    case 'draft':
      return timer('link_expires', facts.expiresAt);
    case 'sent':
    case 'identified':
      return [...reminderTimers(facts), ...timer('link_expires', facts.expiresAt)];
    default:
      return [];
  }
}
