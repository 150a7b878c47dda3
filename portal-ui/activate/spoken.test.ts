import { describe, expect, it } from '@jest/globals';
import { paragraphsOf } from '../forms/TermsForm.tsx';
import { spokenMask } from './masked-address.tsx';
import { activateWords } from './words.ts';

describe('what is heard', () => {
  it('a masked address says what is left of it', () => {
    expect(spokenMask('a•••••s@mail.example', 'en')).toBe('starts with a, ends with s, at mail.example');
    expect(spokenMask('a•••••s@mail.example', 'es')).toBe('empieza con a, termina con s, en mail.example');
    expect(spokenMask('a•••••@mail.example', 'en')).toBe('starts with a, at mail.example');
    expect(spokenMask('a•••••@mail.example', 'es')).toBe('empieza con a, en mail.example');
    expect(spokenMask('•••••@mail.example', 'en')).toBe(' @mail.example');
  });

  it("one o'clock is one hour in Spanish", () => {
    const { digitsSent, digitsUntil } = activateWords.es;
    expect(digitsSent('1:05 p. m.')).toBe('Enviados a la 1:05 p. m. a');
    expect(digitsSent('11:05 p. m.')).toBe('Enviados a las 11:05 p. m. a');
    expect(digitsUntil('1:15 p. m.')).toBe('Los números sirven hasta la 1:15 p. m.');
  });

  it('terms keep their paragraphs', () => {
    expect(paragraphsOf('One.\n\n Two,\nstill two.\r\n \r\nThree.\n')).toEqual(['One.', 'Two,\nstill two.', 'Three.']);
  });
});
