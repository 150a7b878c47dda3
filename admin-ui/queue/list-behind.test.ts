import { expect, it } from '@jest/globals';
import { listBehind } from './list-behind.ts';

it('a case leads back to the list one came from, with its view', () => {
  expect(listBehind('registration', 'mine').path).toBe('/queue');
  expect(listBehind('application', 'registrations.locked')).toEqual({
    screen: '/registrations',
    path: '/registrations?view=locked',
    word: 'registrations.back',
  });
});

it('one that was opened by itself leads to the list of its kind', () => {
  expect(listBehind('registration', undefined).path).toBe('/registrations');
  expect(listBehind('application', undefined).path).toBe('/queue');
});
