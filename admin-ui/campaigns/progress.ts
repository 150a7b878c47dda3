import type { Campaign } from './campaigns.ts';

/** How many it goes to in all, and to how many it has gone. Rows that were refused are in neither. */
export function progressOf({ counts }: Pick<Campaign, 'counts'>): { all: number; done: number; part: number } {
  const all = counts.ready + counts.queued;
  return { all, done: counts.queued, part: all === 0 ? 0 : counts.queued / all };
}

/** How long the rest takes at the campaign's pace, in milliseconds. */
export function timeLeft({ counts, perMinute }: Pick<Campaign, 'counts' | 'perMinute'>): number {
  return Math.ceil((counts.ready / perMinute) * 60) * 1000;
}

/** Whether anything may still change by itself: rows are made, or mails and people are waited for. */
export function isMoving({ state, counts }: Pick<Campaign, 'state' | 'counts'>): boolean {
  return state === 'running' || (state === 'done' && counts.mailWaiting > 0);
}
