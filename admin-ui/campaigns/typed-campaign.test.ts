import { expect, it } from '@jest/globals';
import type { Campaign } from './campaigns.ts';
import { campaignOf, missingIn, nothingTyped, typedAgain, typedIn } from './typed-campaign.ts';

const typed = { ...nothingTyped, name: ' Spring ', portal: 'maplestreet' };

it('one that is tried again keeps its name, portal and pace, and nothing else that came along with the address', () => {
  const tried = { name: 'Spring', portal: 'maplestreet', source: 'csv', perMinute: 60 } as Campaign;
  expect(typedIn(typedAgain(tried))).toEqual({ ...tried, perMinute: '60' });
  expect(typedIn({ name: 7, source: 'else', q: 'Ada', perMinute: '5' })).toEqual({ perMinute: '5' });
  expect(typedIn(null)).toEqual({});
});

it('says what is missing before the server has to', () => {
  expect(missingIn(typed, true)).toEqual({});
  expect(missingIn(nothingTyped, false)).toEqual({
    name: 'campaigns.nameNeeded',
    portal: 'import.portalNeeded',
    csv: 'import.fileNeeded',
  });
  for (const perMinute of ['', '0', '1.5', '6001', 'fast']) {
    expect(missingIn({ ...typed, perMinute }, true)).toEqual({ perMinute: 'campaigns.paceWrong' });
  }
  expect(missingIn({ ...typed, source: 'records' }, false)).toEqual({});
});

it('sends either the file or what records are looked for, never both', () => {
  expect(campaignOf({ ...typed, q: 'ada' }, 'mrn\n1')).toEqual({
    name: 'Spring',
    portal: 'maplestreet',
    perMinute: 4000,
    csv: 'mrn\n1',
  });
  expect(campaignOf({ ...typed, source: 'records', practice: ' Elm ' }, 'mrn\n1')).toEqual({
    name: 'Spring',
    portal: 'maplestreet',
    perMinute: 4000,
    records: { practice: 'Elm' },
  });
});
