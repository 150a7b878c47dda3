import { Problem } from '../../contract/problems.ts';
import { chooseProfile } from '../../contract/routes/public/registrations.ts';
import {
  CredentialFields,
  type Credentials,
  credentialsOf,
  refusedCredential,
  withTaken,
  wrongCredentials,
} from '../forms/CredentialFields.tsx';
import { credentialFields } from '../forms/credential-errors.ts';
import { PageForm } from '../forms/PageForm.tsx';
import type { FieldError, Page, Taken, Told } from '../page.ts';
import type { Visit } from '../visit.ts';
import { credentialWords } from '../words/credentials.ts';
import { formWords } from '../words/forms.ts';
import { addressInUsePage } from './ended-pages.tsx';
import {
  type Chosen,
  type Offered,
  offeredQuestions,
  readSecurityQuestions,
  refusedQuestion,
  SecurityQuestions,
} from './security-questions.tsx';
import { onward, paramsOf, pathOf, showStep, stepPage, takeStep, wordsOf } from './steps.tsx';

/** Step 2 of who gets a new account. The last step may lead back here, when somebody else was first with the username. */
export const profilePage: Page = {
  path: pathOf('profile'),
  show: (visit, told) =>
    showStep(visit, 'profile', async (walk) => {
      const { username, isTaken } = visit.kept.registration ?? {};
      const taken = isTaken ? username : undefined;
      const errors = withTaken(visit, told, taken);
      const title = credentialWords[visit.language].credentialsTitle;
      const body = profileBody(visit, { ...told, errors }, taken, await offeredQuestions(visit));
      return stepPage(visit, { walk, title, errors, body });
    }),
  take: (visit) =>
    takeStep(visit, async () => {
      const credentials = credentialsOf(visit);
      const wrong = wrongCredentials(visit, credentials);
      const read = readSecurityQuestions(visit, await offeredQuestions(visit));
      if ('errors' in read) return { errors: [...wrong, ...read.errors] };
      return wrong.length > 0 ? { errors: wrong } : choose(visit, credentials, read.chosen);
    }),
};

async function choose(visit: Visit, credentials: Credentials, securityQuestions: Chosen): Promise<Taken> {
  try {
    const body = { ...credentials, securityQuestions };
    const walk = await visit.call(chooseProfile, { params: paramsOf(visit), body });
    visit.kept.registration = { isIdentified: true, username: credentials.username };
    return onward(visit, walk);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const wrong = refusedCredential(visit, error, credentials);
    if (wrong) return { errors: [wrong] };
    if (error.code !== 'validation_failed') throw error;
    if (error.errors?.email) return { shown: addressInUsePage(visit) };
    return { errors: refusedFields(visit, error) };
  }
}

function refusedFields(visit: Visit, { errors = {} }: Problem): FieldError[] {
  const message = credentialWords[visit.language].usernameRefused;
  const found = Object.keys(errors).map((path) =>
    path.startsWith('securityQuestions')
      ? refusedQuestion(visit, path.split('.'))
      : { field: credentialFields.username, message },
  );
  return found.filter((one, index) => found.findIndex(({ field }) => field === one.field) === index);
}

function profileBody(visit: Visit, told: Told, taken: string | undefined, offered: Offered) {
  return (
    <PageForm visit={visit}>
      <h1>{credentialWords[visit.language].credentialsTitle}</h1>
      {taken !== undefined && <p className="note">{wordsOf(visit).typeAllAgain}</p>}
      <CredentialFields visit={visit} told={told} taken={taken} />
      <SecurityQuestions visit={visit} told={told} offered={offered} />
      <button className="btn" type="submit">
        {formWords[visit.language].continue}
      </button>
    </PageForm>
  );
}
