import { expect, it } from '@jest/globals';
import { testPolicy } from '../../test/support/policy.ts';
import { changedFields } from './changed-fields.ts';

it('names what differs by its path, however deep, and never the version', () => {
  const before = testPolicy();
  const after = structuredClone(before);
  after.version += 1;
  after.name = 'Another name';
  after.account.questions.count = 2;
  after.accessCode.reminders = ['P1D'];
  expect(changedFields(before, after)).toEqual(['accessCode.reminders', 'account.questions.count', 'name']);
  expect(changedFields(before, { ...before, version: 9 })).toEqual([]);
});

it('names the fields of a section that one of the two does not have', () => {
  expect(changedFields({ version: 1 }, { version: 2, theme: { brand: '#000000', logo: null } })).toEqual([
    'theme.brand',
    'theme.logo',
  ]);
  expect(changedFields({ theme: { brand: '#000000' } }, {})).toEqual(['theme.brand']);
});

it('minds no order of keys, for the database keeps none', () => {
  expect(changedFields({ a: { b: 1, c: [1, 2] } }, { a: { c: [1, 2], b: 1 } })).toEqual([]);
  expect(changedFields({ a: { c: [1, 2] } }, { a: { c: [2, 1] } })).toEqual(['a.c']);
});
