import { expect, it } from '@jest/globals';
import type { Campaign } from './campaigns.ts';
import { isMoving, progressOf, timeLeft } from './progress.ts';

const counts = { rows: 12, ready: 6, queued: 2, refused: 4, mailed: 1, mailWaiting: 1, mailTrouble: 0, registered: 0 };
const of = (to: Partial<Campaign['counts']>, state: Campaign['state'] = 'running') =>
  ({ state, perMinute: 60, counts: { ...counts, ...to } }) as Campaign;

it('measures how far it is by those it goes to, not by the refused rows', () => {
  expect(progressOf(of({}))).toEqual({ all: 8, done: 2, part: 0.25 });
  expect(progressOf(of({ ready: 0, queued: 0 }))).toEqual({ all: 0, done: 0, part: 0 });
});

it('says how long the rest takes at its pace, in whole seconds', () => {
  expect(timeLeft(of({}))).toBe(6_000);
  expect(timeLeft({ ...of({ ready: 1 }), perMinute: 3_000 })).toBe(1_000);
  expect(timeLeft(of({ ready: 0 }))).toBe(0);
});

it('is watched while it runs, and until every mail is settled', () => {
  expect(isMoving(of({}))).toBe(true);
  expect(isMoving(of({}, 'draft'))).toBe(false);
  expect(isMoving(of({}, 'done'))).toBe(true);
  expect(isMoving(of({ mailWaiting: 0 }, 'done'))).toBe(false);
});
