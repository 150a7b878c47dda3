import { describe, expect, it } from '@jest/globals';
import { type Identity, isSameIdentity } from './identity.ts';

const onFile: Identity = {
  firstName: 'Zoë',
  lastName: 'O’Brien Smith',
  dateOfBirth: '1984-02-29',
  postalCode: '02139-1234',
};
const isSame = (typed: Partial<Identity>, namesIgnoreCase = true) =>
  isSameIdentity({ ...onFile, ...typed }, onFile, { namesIgnoreCase });

describe('an identity', () => {
  it.each<[string, Partial<Identity>]>([
    ['as on file', {}],
    ['with blanks around and doubled', { firstName: ' Zoë ', lastName: 'O’Brien   Smith' }],
    ['with a straight apostrophe', { lastName: "O'Brien Smith" }],
    ['with the mark apart', { firstName: 'Zoe\u0308' }],
    ['in capitals', { firstName: 'ZOË', lastName: 'O’BRIEN SMITH' }],
    ['with five numbers of the ZIP code', { postalCode: '02139' }],
    ['with nine without the hyphen', { postalCode: '021391234' }],
    ['with another +4', { postalCode: '02139 9999' }],
  ])('is the same %s', (_, typed) => {
    expect(isSame(typed)).toBe(true);
  });

  it.each<[string, Partial<Identity>]>([
    ['without the mark', { firstName: 'Zoe' }],
    ['with a hyphen', { lastName: 'O’Brien-Smith' }],
    ['with the names swapped', { firstName: onFile.lastName, lastName: onFile.firstName }],
    ['born a day later', { dateOfBirth: '1984-03-01' }],
    ['with another ZIP code', { postalCode: '02138' }],
    ['without a ZIP code', { postalCode: null }],
  ])('is another %s', (_, typed) => {
    expect(isSame(typed)).toBe(false);
  });

  it('in capitals is another where letter case counts', () => {
    expect(isSame({ firstName: 'ZOË' }, false)).toBe(false);
    expect(isSame({ firstName: 'Zoë' }, false)).toBe(true);
  });

  it('never fits a record without a ZIP code', () => {
    const bare = { ...onFile, postalCode: null };
    expect(isSameIdentity(bare, bare, { namesIgnoreCase: true })).toBe(false);
  });
});
