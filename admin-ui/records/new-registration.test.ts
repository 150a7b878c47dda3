import { expect, it } from '@jest/globals';
import { isSendable, nothingTyped, registrationOf } from './new-registration.ts';

const record = { id: '01999999-0000-7000-8000-000000000001', portal: 'maplestreet' };
const elsewhere = { isElsewhere: true, email: ' ada@mail.example ', reason: 'address_outdated', note: '' };

it('goes to the address on file unless another was chosen, whatever was typed before', () => {
  expect(registrationOf(record, nothingTyped)).toEqual({
    kind: 'registration',
    portal: 'maplestreet',
    patientRecordId: record.id,
  });
  expect(registrationOf(record, { ...elsewhere, isElsewhere: false })).not.toHaveProperty('email');
  expect(registrationOf(record, { ...elsewhere, isElsewhere: false })).not.toHaveProperty('reason');
});

it('to another address it goes with the reason', () => {
  expect(registrationOf(record, { ...elsewhere, note: 'By phone' })).toMatchObject({
    email: 'ada@mail.example',
    reason: 'address_outdated',
    note: 'By phone',
  });
});

it('another address has to be one, and has to be explained', () => {
  expect(isSendable(nothingTyped)).toBe(true);
  expect(isSendable(elsewhere)).toBe(true);
  expect(isSendable({ ...elsewhere, email: 'ada' })).toBe(false);
  expect(isSendable({ ...elsewhere, reason: '' })).toBe(false);
  expect(isSendable({ ...elsewhere, reason: 'other' })).toBe(false);
  expect(isSendable({ ...elsewhere, reason: 'other', note: 'New mailbox' })).toBe(true);
});
