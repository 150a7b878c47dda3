import type { Visit } from './visit.ts';

/** The day at the portal, `YYYY-MM-DD`. */
export function todayOf({ now, portal }: Pick<Visit, 'now' | 'portal'>): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: portal.timeZone, dateStyle: 'short' }).format(now);
}
