import { Problem } from '../../contract/problems.ts';
import type { WireBody } from '../../contract/route.ts';
import { identifyForRegistration } from '../../contract/routes/public/registrations.ts';
import { identificationBody } from '../../contract/schemas/registration.ts';
import { DateField, dateParts } from '../forms/DateField.tsx';
import { FieldGroup } from '../forms/FieldGroup.tsx';
import { PageForm } from '../forms/PageForm.tsx';
import { isPostalCode } from '../forms/postal-code.ts';
import { readDate } from '../forms/read-date.ts';
import { TextField } from '../forms/TextField.tsx';
import { judgedOnce } from '../judged-once.ts';
import type { FieldError, Page, Taken, Told } from '../page.ts';
import { Prose } from '../reading/Prose.tsx';
import { todayOf } from '../today.ts';
import type { Visit } from '../visit.ts';
import { formWords } from '../words/forms.ts';
import { lockedPage } from './ended-pages.tsx';
import { onward, paramsOf, pathOf, showStep, stepPage, takeStep, wordsOf } from './steps.tsx';

type Identity = WireBody<typeof identifyForRegistration>;

/** The whole question: which part of it does not fit is never told. */
const group = 'who';

/** Step 1: names, date of birth and ZIP code as on file. The policy's last wrong try locks the link. */
export const identificationPage: Page = {
  path: pathOf('identification'),
  show: (visit, told) =>
    showStep(visit, 'identification', (walk) =>
      stepPage(visit, { walk, title: wordsOf(visit).whoTitle, body: identificationShown(visit, told) }),
    ),
  take: (visit) =>
    takeStep(visit, async () => {
      const read = readIdentity(visit);
      if ('errors' in read) return read;
      return judgedOnce(visit, {
        refusedAs: 'identity_not_matched',
        typed: JSON.stringify(read.identity),
        judge: () => identify(visit, read.identity),
        refusal: (triesLeft) => notFitting(visit, triesLeft),
      });
    }),
};

async function identify(visit: Visit, body: Identity): Promise<Taken> {
  try {
    const walk = await visit.call(identifyForRegistration, { params: paramsOf(visit), body });
    visit.kept.registration = { isIdentified: true };
    return onward(visit, walk);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'validation_failed') throw error;
    return { errors: Object.keys(error.errors ?? {}).map((name) => refusedField(visit, name)) };
  }
}

function notFitting(visit: Visit, triesLeft: number): Taken {
  delete visit.kept.registration; // why it is asked again was told
  if (triesLeft === 0) return { shown: lockedPage(visit) };
  return { errors: [{ field: group, message: wordsOf(visit).notFit(triesLeft) }] };
}

/** What the form of a text alone tells costs no try. */
function readIdentity(visit: Visit): { identity: Identity } | { errors: FieldError[] } {
  const words = wordsOf(visit);
  const [firstName, lastName, postalCode] = ['firstName', 'lastName', 'postalCode'].map((name) =>
    visit.typed.text(name),
  ) as [string, string, string];
  const read = readDate(visit.typed, visit.language, todayOf(visit));
  const errors = [
    nameError('firstName', firstName, words.typeFirstName, words.checkAgain),
    nameError('lastName', lastName, words.typeLastName, words.checkAgain),
    ...('errors' in read ? read.errors : []),
    isPostalCode(visit, postalCode) ? undefined : { field: 'postalCode', message: words.typeZip },
  ].filter((error) => error !== undefined);
  if (errors.length > 0 || 'errors' in read) return { errors };
  return { identity: { firstName, lastName, dateOfBirth: read.date, postalCode } };
}

function nameError(
  field: 'firstName' | 'lastName',
  typed: string,
  missing: string,
  wrong: string,
): FieldError | undefined {
  if (typed === '') return { field, message: missing };
  return identificationBody.shape[field].safeParse(typed).success ? undefined : { field, message: wrong };
}

/** A day that exists and still is none, of a year long gone; or a text that is far too long. */
function refusedField(visit: Visit, name: string): FieldError {
  if (name === 'dateOfBirth') return { field: dateParts.year, message: formWords[visit.language].yearFourNumbers };
  const field = name === 'lastName' || name === 'postalCode' ? name : 'firstName';
  return { field, message: wordsOf(visit).checkAgain };
}

function identificationShown(visit: Visit, told: Told) {
  const words = wordsOf(visit);
  const { continue: goOn, tryAgain, dateHint } = formWords[visit.language];
  const shared = { told, language: visit.language };
  const isRefused = told.errors.some(({ field }) => field === group);
  return (
    <>
      <AskedAgain visit={visit} />
      <PageForm visit={visit}>
        <FieldGroup {...shared} id={group} legend={words.whoTitle} hint={words.whoHint} isHeading>
          <TextField
            {...shared}
            name="firstName"
            label={words.firstName}
            input={{ autoComplete: 'given-name', spellCheck: false }}
          />
          <TextField
            {...shared}
            name="lastName"
            label={words.lastName}
            input={{ autoComplete: 'family-name', spellCheck: false }}
          />
          <DateField {...shared} legend={words.born} hint={dateHint} />
          <TextField
            {...shared}
            name="postalCode"
            label={words.zip}
            hint={words.zipHint}
            input={{ className: 'w10', autoComplete: 'postal-code', inputMode: 'numeric' }}
          />
        </FieldGroup>
        <button className="btn" type="submit">
          {told.errors.length > 0 ? tryAgain : goOn}
        </button>
      </PageForm>
      {isRefused && <WhatToCheck visit={visit} />}
    </>
  );
}

/** Who had come further is led back here when the record or an account changed meanwhile; which, is not told. */
function AskedAgain({ visit }: { visit: Visit }) {
  if (!visit.kept.registration?.isIdentified) return null;
  const words = wordsOf(visit);
  return (
    <div className="card wait" role="status">
      <p className="state">{words.againTitle}</p>
      <p>{words.again}</p>
    </div>
  );
}

/** The usual causes, always all of them. */
function WhatToCheck({ visit }: { visit: Visit }) {
  const words = wordsOf(visit);
  return (
    <>
      <h2>{words.whatToCheck}</h2>
      <ul>
        {words.checks.map(([what, text]) => (
          <li key={what}>
            <strong>{what}</strong> {text}
          </li>
        ))}
      </ul>
      <p>
        <Prose visit={visit}>{words.allRight}</Prose>
      </p>
    </>
  );
}
