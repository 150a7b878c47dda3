import { type Language, languageOf } from '../language.ts';

export type EmailRefusal = 'missing' | 'too_long' | 'quoted_local_part' | 'address_literal' | 'invalid';

/**
 * Why an e-mail address is not accepted, or undefined. Surrounding blanks are forgiven; no quoted local parts, no address
 * literals (security.md). Domains may be international, local parts are ASCII: not every relay carries others.
 */
export function emailRefusal(text: string): EmailRefusal | undefined {
  // Trimmed of spaces only: a line end may not even stand at the edge.
  const address = text.replace(/^ +| +$/g, '').normalize('NFC');
  if (address === '') return 'missing';
  const at = address.lastIndexOf('@');
  if (at < 1) return 'invalid';
  const localPart = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (localPart.startsWith('"')) return 'quoted_local_part';
  if (domain.startsWith('[')) return 'address_literal';
  if (address.length > longestAddress || localPart.length > longestLocalPart) return 'too_long';
  return atoms.test(localPart) && isDomain(domain) ? undefined : 'invalid';
}

/** A refusal for the person, with what to do. */
export function emailRefusalInWords(refusal: EmailRefusal, language: string): string {
  return words[languageOf(language)][refusal];
}

const longestAddress = 254;
const longestLocalPart = 64;
const atoms = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const label = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;

function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  const last = labels[labels.length - 1] ?? '';
  return domain.length <= 253 && labels.length >= 2 && labels.every((part) => label.test(part)) && !/^\d+$/.test(last);
}

const words: Record<Language, Record<EmailRefusal, string>> = {
  en: {
    missing: 'Enter an email address.',
    too_long: 'This email address is too long. Check it, or use another one.',
    quoted_local_part: 'Email addresses in quotation marks do not work here. Use another one.',
    address_literal: 'Enter the name after the @, not a number in brackets.',
    invalid: 'Enter an email address in the form name@example.com.',
  },
  es: {
    missing: 'Escriba una dirección de correo electrónico.',
    too_long: 'La dirección es demasiado larga. Revísela o use otra.',
    quoted_local_part: 'Las direcciones entre comillas no sirven aquí. Use otra.',
    address_literal: 'Después de la @ escriba un nombre, no un número entre corchetes.',
    invalid: 'Escriba la dirección con la forma nombre@example.com.',
  },
};
