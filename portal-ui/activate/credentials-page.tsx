import { Problem } from '../../contract/problems.ts';
import { chooseCredentials } from '../../contract/routes/public/activations.ts';
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
import type { Page, Taken, Told } from '../page.ts';
import type { Visit } from '../visit.ts';
import { credentialWords } from '../words/credentials.ts';
import { formWords } from '../words/forms.ts';
import { onward, paramsOf, showStep, stepPage, takeStep } from './steps.tsx';

/** Step 4: username and password. The last step may lead back here, when somebody else was first with the username. */
export const credentialsPage: Page = {
  path: '/activate/credentials',
  show: (visit, told) =>
    showStep(visit, 'credentials', (walk) => {
      // Nobody comes back to this step but from the last one, which found the username taken.
      const errors = withTaken(visit, told, walk.username);
      return stepPage(visit, {
        step: 'credentials',
        title: credentialWords[visit.language].credentialsTitle,
        walk,
        errors,
        body: credentialsBody(visit, { ...told, errors }, walk.username),
      });
    }),
  take: (visit) =>
    takeStep(visit, async () => {
      const typed = credentialsOf(visit);
      const errors = wrongCredentials(visit, typed);
      return errors.length > 0 ? { errors } : choose(visit, typed);
    }),
};

async function choose(visit: Visit, body: Credentials): Promise<Taken> {
  try {
    return onward(visit, await visit.call(chooseCredentials, { params: paramsOf(visit), body }));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const wrong = refusedCredential(visit, error, body);
    if (wrong) return { errors: [wrong] };
    if (error.code !== 'validation_failed') throw error;
    const message = credentialWords[visit.language].usernameRefused;
    return { errors: [{ field: credentialFields.username, message }] };
  }
}

function credentialsBody(visit: Visit, told: Told, taken: string | undefined) {
  const words = credentialWords[visit.language];
  return (
    <PageForm visit={visit}>
      <h1>{words.credentialsTitle}</h1>
      {taken !== undefined && <p className="note">{words.usernameTakenNote}</p>}
      <CredentialFields visit={visit} told={told} taken={taken} />
      <button className="btn" type="submit">
        {formWords[visit.language].continue}
      </button>
    </PageForm>
  );
}
