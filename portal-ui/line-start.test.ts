import { expect, it } from '@jest/globals';
import { atLineStart } from './line-start.ts';

it('a line begins with a capital letter, and is otherwise as it was', () => {
  expect(atLineStart('lunes a viernes, de 8:30 a. m. a 5 p. m.', 'es')).toBe(
    'Lunes a viernes, de 8:30 a. m. a 5 p. m.',
  );
  expect(atLineStart('Monday to Friday', 'en')).toBe('Monday to Friday');
  expect(atLineStart('', 'es')).toBe('');
});
