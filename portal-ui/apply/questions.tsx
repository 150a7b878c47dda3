import type { ReactNode } from 'react';
import { applicant } from '../../contract/schemas/application.ts';
import { Choices } from '../forms/Choices.tsx';
import { DateField } from '../forms/DateField.tsx';
import { isPostalCode } from '../forms/postal-code.ts';
import { readDate } from '../forms/read-date.ts';
import { emailError } from '../forms/read-email.ts';
import { TextField } from '../forms/TextField.tsx';
import type { FieldError, Told } from '../page.ts';
import { todayOf } from '../today.ts';
import type { Visit } from '../visit.ts';
import { formWords } from '../words/forms.ts';
import type { ClaimField, Draft } from './draft.ts';
import { applyWords } from './words.ts';

/** One question of the application: its page, and how its answer is read. */
export interface Question {
  name: string;
  title(visit: Visit): string;
  /** Which fields it asks; a refusal of one of them leads back here. */
  fields: readonly ClaimField[];
  /** Asked only where it makes a difference. */
  isAsked?(visit: Visit): boolean;
  read(visit: Visit): { answers: Draft } | { errors: FieldError[] };
  body(visit: Visit, told: Told, draft: Draft): ReactNode;
}

const wordsOf = (visit: Visit) => applyWords[visit.language];

const name: Question = {
  name: 'name',
  title: (visit) => wordsOf(visit).nameTitle,
  fields: ['firstName', 'lastName'],
  read: (visit) => {
    const words = wordsOf(visit);
    const answers = textsOf(visit, ['firstName', 'lastName']);
    return judged(answers, [
      wrongUnless(isClaim('firstName', answers.firstName), 'firstName', words.typeFirstName),
      wrongUnless(isClaim('lastName', answers.lastName), 'lastName', words.typeLastName),
    ]);
  },
  body: (visit, told, draft) => {
    const words = wordsOf(visit);
    const shared = { told, language: visit.language };
    const input = { spellCheck: false, 'aria-describedby': 'name-h' };
    return (
      <fieldset>
        <legend>
          <h1>{words.nameTitle}</h1>
        </legend>
        <p className="hint" id="name-h">
          {words.nameHint}
        </p>
        <TextField
          {...shared}
          name="firstName"
          label={words.firstName}
          initial={draft.firstName}
          input={{ ...input, autoComplete: 'given-name' }}
        />
        <TextField
          {...shared}
          name="lastName"
          label={words.lastName}
          initial={draft.lastName}
          input={{ ...input, autoComplete: 'family-name' }}
        />
      </fieldset>
    );
  },
};

const born: Question = {
  name: 'born',
  title: (visit) => wordsOf(visit).bornTitle,
  fields: ['dateOfBirth'],
  read: (visit) => {
    const read = readDate(visit.typed, visit.language, todayOf(visit));
    return 'errors' in read ? read : { answers: { dateOfBirth: read.date } };
  },
  body: (visit, told, draft) => (
    <DateField
      legend={wordsOf(visit).bornTitle}
      told={told}
      language={visit.language}
      hint={formWords[visit.language].dateHint}
      isHeading
      initial={draft.dateOfBirth}
    />
  ),
};

const email: Question = {
  name: 'email',
  title: (visit) => wordsOf(visit).emailTitle,
  fields: ['email'],
  read: (visit) => {
    const answers = textsOf(visit, ['email']);
    const wrong = emailError(answers.email ?? '', visit.language);
    return judged(answers, [wrong && { field: 'email', message: wrong }]);
  },
  body: (visit, told, draft) => {
    const words = wordsOf(visit);
    return (
      <>
        <TextField
          name="email"
          label={words.emailTitle}
          told={told}
          language={visit.language}
          hint={words.emailHint}
          isHeading
          initial={draft.email}
          input={{ type: 'email', autoComplete: 'email', spellCheck: false, autoCapitalize: 'none' }}
        />
        <details>
          <summary>{words.noEmail}</summary>
          <p>{words.noEmailText}</p>
        </details>
      </>
    );
  },
};

const address: Question = {
  name: 'address',
  title: (visit) => wordsOf(visit).addressTitle,
  fields: ['postalCode', 'addressLine', 'city'],
  read: (visit) => {
    const answers = textsOf(visit, ['postalCode', 'addressLine', 'city']);
    const tooLong = (field: 'addressLine' | 'city') => tooLongError(visit, field, answers[field]);
    return judged(answers, [
      wrongUnless(isPostalCode(visit, answers.postalCode), 'postalCode', wordsOf(visit).typeZip),
      tooLong('addressLine'),
      tooLong('city'),
    ]);
  },
  body: (visit, told, draft) => {
    const words = wordsOf(visit);
    const shared = { told, language: visit.language };
    return (
      <fieldset>
        <legend>
          <h1>{words.addressTitle}</h1>
        </legend>
        <TextField
          {...shared}
          name="postalCode"
          label={words.zip}
          hint={words.addressHint}
          initial={draft.postalCode}
          input={{ className: 'w10', inputMode: 'numeric', autoComplete: 'postal-code' }}
        />
        <TextField
          {...shared}
          name="addressLine"
          label={words.street}
          isOptional
          initial={draft.addressLine}
          input={{ autoComplete: 'street-address' }}
        />
        <TextField
          {...shared}
          name="city"
          label={words.city}
          isOptional
          initial={draft.city}
          input={{ autoComplete: 'address-level2' }}
        />
      </fieldset>
    );
  },
};

const phone: Question = {
  name: 'phone',
  title: (visit) => wordsOf(visit).phoneTitle,
  fields: ['phone'],
  read: (visit) => {
    const answers = textsOf(visit, ['phone']);
    const isRight = !answers.phone || isClaim('phone', answers.phone);
    return judged(answers, [wrongUnless(isRight, 'phone', wordsOf(visit).typePhone)]);
  },
  body: (visit, told, draft) => (
    <TextField
      name="phone"
      label={wordsOf(visit).phoneTitle}
      told={told}
      language={visit.language}
      hint={wordsOf(visit).phoneHint}
      isHeading
      isOptional
      initial={draft.phone}
      input={{ className: 'w10', type: 'tel', autoComplete: 'tel' }}
    />
  ),
};

const language: Question = {
  name: 'language',
  title: (visit) => wordsOf(visit).languageTitle,
  fields: ['language'],
  isAsked: (visit) => visit.portal.languages.length > 1,
  read: (visit) => {
    const answers = textsOf(visit, ['language']);
    const isOffered = visit.portal.languages.includes(answers.language ?? '');
    return judged(answers, [wrongUnless(isOffered, 'language', wordsOf(visit).chooseLanguage)]);
  },
  body: (visit, told, draft) => (
    <Choices
      name="language"
      legend={wordsOf(visit).languageTitle}
      told={told}
      language={visit.language}
      choices={visit.portal.languages.map((tag) => ({ value: tag, words: languageName(tag), lang: tag }))}
      initial={draft.language ?? visit.language}
    />
  ),
};

const more: Question = {
  name: 'more',
  title: (visit) => wordsOf(visit).moreTitle,
  fields: ['message'],
  read: (visit) => {
    const answers = textsOf(visit, ['message']);
    return judged(answers, [tooLongError(visit, 'message', answers.message)]);
  },
  body: (visit, told, draft) => (
    <TextField
      name="message"
      label={wordsOf(visit).moreTitle}
      told={told}
      language={visit.language}
      hint={wordsOf(visit).moreHint}
      isHeading
      isOptional
      isLong
      initial={draft.message}
    />
  ),
};

const all: readonly Question[] = [name, born, email, address, phone, language, more];

/** The questions this portal asks, in order. */
export function questionsOf(visit: Visit): Question[] {
  return all.filter((question) => question.isAsked?.(visit) ?? true);
}

export const questionNames = all.map((question) => question.name);

/** `Español` for `es`. */
export function languageName(tag: string): string {
  const own = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  return own.charAt(0).toLocaleUpperCase(tag) + own.slice(1);
}

function textsOf(visit: Visit, fields: readonly ClaimField[]): Draft {
  return Object.fromEntries(fields.map((field) => [field, visit.typed.text(field)]));
}

/** Whether the API would take it. */
function isClaim(field: ClaimField, value: string | undefined): boolean {
  return applicant.shape[field].safeParse(value).success;
}

/** The longest texts the API takes, in letters. */
const mostLetters = { addressLine: 200, city: 100, message: 2000 } as const;

function tooLongError(visit: Visit, field: keyof typeof mostLetters, text = ''): FieldError | undefined {
  const beyond = [...text].length - mostLetters[field];
  if (beyond > 0) return { field, message: formWords[visit.language].tooLongBy(beyond) };
  return wrongUnless(text === '' || isClaim(field, text), field, wordsOf(visit).notRight);
}

const wrongUnless = (isRight: boolean, field: string, message: string): FieldError | undefined =>
  isRight ? undefined : { field, message };

function judged(
  answers: Draft,
  found: (FieldError | undefined | false | '')[],
): { answers: Draft } | { errors: FieldError[] } {
  const errors = found.filter((error) => error !== undefined && error !== false && error !== '');
  return errors.length > 0 ? { errors } : { answers };
}
