import { describe, expect, it } from '@jest/globals';
import { duplicateKey } from './duplicates.ts';

const ada = { email: 'ada.ferris@mail.example', dateOfBirth: '1984-02-29', lastName: 'Ferris' };

describe('the key of duplicates', () => {
  it.each([{ email: ' ADA.Ferris@Mail.Example ' }, { lastName: ' FÉRRIS ' }, { lastName: 'Fer-ris' }])(
    'is the same in spite of %j',
    (changed) => {
      expect(duplicateKey({ ...ada, ...changed })).toBe(duplicateKey(ada));
    },
  );

  it.each([{ email: 'ada@mail.example' }, { dateOfBirth: '1984-02-28' }, { lastName: 'Ferrin' }])(
    'is another with %j',
    (changed) => {
      expect(duplicateKey({ ...ada, ...changed })).not.toBe(duplicateKey(ada));
    },
  );
});
