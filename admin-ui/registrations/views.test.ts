import { expect, it } from '@jest/globals';
import { addressOfView, queryOfBoard, viewNames, viewOf } from './views.ts';

it('the board begins with those who have a link and have not finished', () => {
  expect(viewOf({})).toBe('waiting');
  expect(viewOf({ view: ['constructor'] })).toBe('waiting');
  expect(queryOfBoard({})).toEqual({ state: ['sent', 'identified'], waitingOn: 'applicant' });
});

it('what staff must do has a view of its own, before all others, and nobody waits in two', () => {
  expect(viewNames[0]).toBe('staff');
  expect(queryOfBoard({ view: ['staff'] })).toEqual({ waitingOn: 'staff' });
});

it('a view asks for its states, within a campaign when one is named', () => {
  expect(queryOfBoard({ view: ['done'] })).toEqual({ state: ['registered', 'linked'] });
  expect(queryOfBoard({ view: ['all'], campaignId: ['c1'] })).toEqual({ campaignId: 'c1' });
});

it('shows what ends soonest first, and in views of what is over the newest', () => {
  expect(addressOfView('waiting')).toEqual({ view: 'waiting', sort: undefined, order: undefined });
  expect(addressOfView('locked')).toEqual({ view: 'locked', sort: 'updatedAt', order: 'desc' });
});
