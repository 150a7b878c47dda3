import { z } from 'zod';
import { isRealDate } from '../../domain/people/dates.ts';
import { emailRefusal, emailRefusalInWords } from '../../domain/people/email.ts';
import { cleanLines, cleanText, hasForbiddenCharacters } from '../../domain/people/normalise.ts';

/** An instant: RFC 3339 in UTC on the wire, `Date` in code. */
export const instant = z
  .codec(z.iso.datetime({ error: 'Write an instant in UTC, like 2026-11-21T20:31:00.000Z.' }), z.date(), {
    decode: (text) => new Date(text),
    encode: (at) => at.toISOString(),
  })
  .describe('RFC 3339, UTC.');

/** A day of an answer; what people type is checked by `dateOfBirth`. */
export const isoDate = z.string().describe('YYYY-MM-DD').meta({ format: 'date' });

export const uuid = z.uuid({ error: 'This is not an id.' });

/** The short name of a portal, as in its paths. */
export const portalId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'This is not a portal.' });

/** A name of ours: a template, a move. */
export const identifier = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,59}$/, { error: 'This is not known here.' });

/** Any well-formed code; whether it is offered is judged where the move is. Empty = not given. */
export const reasonCode = z.string().regex(/^[A-Za-z_]{0,60}$/, { error: 'Pick one of the reasons offered.' });

const unseen = { error: 'Leave out characters that cannot be seen.' };

/** One line a person typed: NFC, trimmed, blanks collapsed; control and bidirectional characters refused. */
export function lineText(shortest: number, longest: number, missing = 'This is needed.') {
  return z
    .string()
    .refine((text) => !hasForbiddenCharacters(text), unseen)
    .overwrite(cleanText)
    .min(shortest, { error: missing })
    .max(longest);
}

/** Several lines a person typed, with the same care; line ends become `\n`. */
export function longText(shortest: number, longest: number, missing = 'This is needed.') {
  return z
    .string()
    .refine((text) => !hasForbiddenCharacters(text, { lines: true }), unseen)
    .overwrite(cleanLines)
    .min(shortest, { error: missing })
    .max(longest);
}

/** A text that may be left out; an empty one counts as left out. */
export function skippable<S extends z.ZodType<string>>(text: S) {
  return text.transform((given): string | undefined => given || undefined).optional();
}

export const personName = lineText(1, 100, 'Type a name.').refine((name) => name === '' || /\p{L}/u.test(name), {
  error: 'A name has letters.',
});

/** Trimmed of spaces only, so that no line end gets past; no quoted local parts, no address literals (security.md). */
export const emailAddress = z
  .string()
  .superRefine((text, context) => {
    const refusal = emailRefusal(text);
    if (refusal) context.addIssue({ code: 'custom', message: emailRefusalInWords(refusal, 'en') });
  })
  .overwrite((text) => text.replace(/^ +| +$/g, '').normalize('NFC'))
  .meta({ format: 'email' });

/** A day that exists; whether it can be a living person's is judged with the clock. */
export const dateOfBirth = z
  .string()
  .refine(isRealDate, { error: 'This date does not exist. Write it as year-month-day, like 1984-02-29.' })
  .meta({ format: 'date' });

const postalCodeHint = 'Type your ZIP code, 5 numbers, like 12345.';
export const postalCode = lineText(1, 12, postalCodeHint).refine(
  (code) => code === '' || /^[\p{L}\p{N}][\p{L}\p{N} -]+$/u.test(code),
  { error: postalCodeHint },
);

/** May be empty, for `skippable`. */
export const phoneNumber = lineText(0, 40).refine(isPhoneNumber, {
  error: 'Type it with the area code, like 617 555 0147.',
});

/** A language tag such as `en` or `es-US`; may be empty, for `skippable`. */
export const languageTag = z
  .string()
  .regex(/^(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})?$/, { error: 'Name a language, like en or es.' });

/** A reference as typed. Its form is not judged here: an unreadable one is answered like an unknown one. */
export const typedReference = z.string().min(1, { error: 'Type your reference, like GH-7K3Q-M2XP.' }).max(100);

/** Any secret as typed. Its form is not judged here: what is no code is answered like a wrong one. */
export const typedCode = z.string().min(1, { error: 'Type the code.' }).max(500);

/** Exactly as typed, any characters. The rule for new ones is judged where they are set. */
export const typedPassword = z.string().min(1, { error: 'Type the password.' }).max(1024);

export const typedUsername = z.string().min(1, { error: 'Type a username.' }).max(320);

function isPhoneNumber(text: string): boolean {
  if (text === '') return true;
  const count = text.replace(/[^0-9]/g, '').length;
  return count >= 7 && count <= 20 && /^\+?[0-9 ().\u2010-\u2013/-]+(?:(?:x|ext\.?) ?[0-9]{1,6})?$/i.test(text);
}
