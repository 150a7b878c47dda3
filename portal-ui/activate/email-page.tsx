import { Problem } from '../../contract/problems.ts';
import { confirmEmail, sendMailboxCode } from '../../contract/routes/public/activations.ts';
import { Choices } from '../forms/Choices.tsx';
import { PageForm } from '../forms/PageForm.tsx';
import { emailError } from '../forms/read-email.ts';
import { TextField } from '../forms/TextField.tsx';
import { CallUs } from '../layout/CallUs.tsx';
import type { Page, Taken, Told } from '../page.ts';
import type { Visit } from '../visit.ts';
import { formWords } from '../words/forms.ts';
import { MaskedAddress } from './masked-address.tsx';
import { onward, paramsOf, showStep, stepPage, takeStep, type Walk, wordsOf } from './steps.tsx';

/** Step 3: the address stays, or another takes its place. The numbers that are due then are sent at once. */
export const emailPage: Page = {
  path: '/activate/email',
  show: (visit, told) =>
    showStep(visit, 'email', (walk) =>
      stepPage(visit, {
        step: 'email',
        title: wordsOf(visit).emailTitle,
        walk,
        ...(walk.needsMailboxCode && { back: { path: '/activate/email-code' } }),
        body: emailBody(visit, told, walk),
      }),
    ),
  take: (visit) => takeStep(visit, () => takeAddress(visit)),
};

async function takeAddress(visit: Visit): Promise<Taken> {
  const keep = visit.typed.text('keep');
  if (keep !== 'yes' && keep !== 'no') return { errors: [{ field: 'keep', message: wordsOf(visit).chooseYesNo }] };
  const email = visit.typed.text('email');
  const wrong = keep === 'no' ? emailError(email, visit.language) : undefined;
  if (wrong) return { errors: [{ field: 'email', message: wrong }] };
  try {
    const body = keep === 'no' ? { email } : { keep: true as const };
    const walk = await visit.call(confirmEmail, { params: paramsOf(visit), body });
    return onward(visit, walk.needsMailboxCode ? await sendNumbersUnlessJustSent(visit, walk) : walk);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'validation_failed') throw error;
    return { errors: [addressRefused(visit, keep)] };
  }
}

/** The form of an address was judged before: what is left is one that somebody signs in with. */
function addressRefused(visit: Visit, keep: 'yes' | 'no') {
  return { field: keep === 'no' ? 'email' : 'keep', message: wordsOf(visit).addressInUse };
}

/** Pressing twice, or coming back, sends no second mail: the page after this one offers it. */
export async function sendNumbersUnlessJustSent(visit: Visit, walk: Walk): Promise<Walk> {
  try {
    return await visit.call(sendMailboxCode, { params: paramsOf(visit) });
  } catch (error) {
    if (error instanceof Problem && error.code === 'mailed_recently') return walk;
    throw error;
  }
}

function emailBody(visit: Visit, told: Told, walk: Walk) {
  const words = wordsOf(visit);
  const other = (
    <TextField
      name="email"
      label={words.newEmail}
      told={told}
      language={visit.language}
      hint={words.newEmailHint}
      input={{ type: 'email', autoComplete: 'email', spellCheck: false, autoCapitalize: 'none' }}
    />
  );
  return (
    <>
      <PageForm visit={visit}>
        <Choices
          name="keep"
          legend={words.emailTitle}
          told={told}
          language={visit.language}
          lead={
            <p className="big">
              <MaskedAddress hint={walk.emailHint} language={visit.language} />
            </p>
          }
          choices={[
            { value: 'yes', words: words.keep },
            { value: 'no', words: words.another, under: other },
          ]}
        />
        <button className="btn" type="submit">
          {formWords[visit.language].continue}
        </button>
      </PageForm>
      <details>
        <summary>{words.cannotReadOld}</summary>
        <p>
          {words.cannotReadOldThen} <CallUs visit={visit}>{words.callUs}</CallUs>
          {words.cannotReadOldText}
        </p>
      </details>
    </>
  );
}
