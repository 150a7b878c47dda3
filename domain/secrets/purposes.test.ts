import { expect, it } from '@jest/globals';
import { secretFigures, secretPurposes } from './purposes.ts';

it('knows the ten secrets of the product', () => {
  expect([...secretPurposes].sort()).toEqual([
    'access_code',
    'backup_code',
    'consent_link',
    'enrollment_code',
    'invitation_token',
    'mailbox_code',
    'pass_code',
    'registration_link',
    'second_factor_code',
    'setup_link',
  ]);
});

it('everything a person types can be tried five times', () => {
  const typed = secretPurposes.filter((purpose) => secretFigures[purpose].form !== 'link' && purpose !== 'backup_code');
  for (const purpose of typed) expect(secretFigures[purpose]).toMatchObject({ tries: 5 });
});

it('links carry 256 bits', () => {
  for (const purpose of ['registration_link', 'setup_link', 'consent_link'] as const) {
    expect(secretFigures[purpose].bytes * 8).toBe(256);
  }
});
