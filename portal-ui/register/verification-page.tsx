import type { ReactNode } from 'react';
import type { WireBody } from '../../contract/route.ts';
import { verifyAccount } from '../../contract/routes/public/registrations.ts';
import type { LinkProof } from '../../contract/schemas/registration.ts';
import { Choices } from '../forms/Choices.tsx';
import { FieldGroup } from '../forms/FieldGroup.tsx';
import { PageForm } from '../forms/PageForm.tsx';
import { PasswordField } from '../forms/PasswordField.tsx';
import { passwordWords } from '../forms/password-words.ts';
import { TextField } from '../forms/TextField.tsx';
import { judgedOnce } from '../judged-once.ts';
import type { FieldError, Page, Taken, Told } from '../page.ts';
import { Prose } from '../reading/Prose.tsx';
import type { Visit } from '../visit.ts';
import { formWords } from '../words/forms.ts';
import { lockedPage } from './ended-pages.tsx';
import { offeredQuestions } from './security-questions.tsx';
import { onward, paramsOf, pathOf, runningWalk, showStep, stepPage, takeStep, type Walk, wordsOf } from './steps.tsx';

type Proof = WireBody<typeof verifyAccount>;

/** The whole question; also the field that says which proof was chosen. */
const group = 'proof';
const fields = { username: 'user', password: 'pw' } as const;
const answerField = (index: number) => `answer${index + 1}`;

/** Step 2 of who has an account already: to show that it is theirs. The third wrong try locks the link. */
export const verificationPage: Page = {
  path: pathOf('verification'),
  show: (visit, told) =>
    showStep(visit, 'verification', async (walk) => {
      const words = wordsOf(visit);
      if (offeredBy(walk).length === 0) return stepPage(visit, { walk, title: words.callTitle, body: callBody(visit) });
      const inWords = await asked(visit, walk);
      return stepPage(visit, { walk, title: words.proofTitle, body: verificationShown(visit, told, inWords) });
    }),
  take: (visit) =>
    takeStep(visit, async () => {
      const walk = await runningWalk(visit);
      const read = readProof(visit, walk);
      if ('errors' in read) return read;
      return judgedOnce(visit, {
        refusedAs: 'verification_failed',
        typed: undefined, // answers and passwords are kept nowhere
        judge: async () =>
          onward(visit, await visit.call(verifyAccount, { params: paramsOf(visit), body: read.proof })),
        refusal: (triesLeft, isUnjudged) => notYours(visit, triesLeft, isUnjudged),
      });
    }),
};

function notYours(visit: Visit, triesLeft: number, isUnjudged: boolean): Taken {
  if (triesLeft === 0) return { shown: lockedPage(visit) };
  const words = wordsOf(visit);
  const message = isUnjudged ? words.sentBefore(triesLeft) : words.notYours(triesLeft);
  return { errors: [{ field: group, message }] };
}

/** What is offered: with answers there are questions. */
function offeredBy({ proofs = [], questions = [] }: Walk): readonly LinkProof[] {
  return proofs.filter((proof) => proof !== 'answers' || questions.length > 0);
}

/** The account's own questions in the language of the page; the API tells them in the language of the mail. */
async function asked(visit: Visit, walk: Walk): Promise<Walk> {
  if (!walk.questions || walk.questions.length === 0) return walk;
  const { data: questions } = await offeredQuestions(visit);
  const inWords = new Map(questions.map(({ id, text }) => [id, text]));
  return { ...walk, questions: walk.questions.map(({ id, text }) => ({ id, text: inWords.get(id) ?? text })) };
}

/** Without a walk the API is asked all the same, and says why there is none. */
function readProof(visit: Visit, walk: Walk | undefined): { proof: Proof } | { errors: FieldError[] } {
  const offered = walk ? offeredBy(walk) : [];
  const proof = offered.find((each) => each === visit.typed.text(group));
  if (walk && offered.length > 0 && proof === undefined) {
    return { errors: [{ field: group, message: wordsOf(visit).chooseHow }] };
  }
  return proof === 'answers' ? readAnswers(visit, walk?.questions?.length ?? 0) : readUsername(visit, proof);
}

function readAnswers(visit: Visit, count: number): { proof: Proof } | { errors: FieldError[] } {
  const answers = Array.from({ length: count }, (_, index) => visit.typed.text(answerField(index)));
  const errors = answers.flatMap((answer, index) =>
    answer === '' ? [{ field: answerField(index), message: wordsOf(visit).answerQuestion(index + 1) }] : [],
  );
  return errors.length > 0 ? { errors } : { proof: { answers } };
}

function readUsername(visit: Visit, proof: LinkProof | undefined): { proof: Proof } | { errors: FieldError[] } {
  const needsPassword = proof === 'username_and_password';
  const [username, password] = [visit.typed.text('username'), visit.typed.raw('password')];
  const errors = [
    ...(username === '' ? [{ field: fields.username, message: wordsOf(visit).typeUsername }] : []),
    ...(needsPassword && password === ''
      ? [{ field: fields.password, message: passwordWords[visit.language].typePassword }]
      : []),
  ];
  if (errors.length > 0) return { errors };
  return { proof: { username, ...(needsPassword && { password }) } };
}

function verificationShown(visit: Visit, told: Told, walk: Walk) {
  const words = wordsOf(visit);
  const { continue: goOn, tryAgain } = formWords[visit.language];
  return (
    <>
      <h1>{words.proofTitle}</h1>
      <p>{words.proofIntro(walk.practice)}</p>
      <PageForm visit={visit}>
        <Proofs visit={visit} told={told} walk={walk} />
        <button className="btn" type="submit">
          {told.errors.length > 0 ? tryAgain : goOn}
        </button>
      </PageForm>
      <details>
        <summary>{words.forgotBoth}</summary>
        <p>
          <Prose visit={visit}>{words.forgotBothText}</Prose>
        </p>
      </details>
      <details>
        <summary>{words.noAccount}</summary>
        <p>
          <Prose visit={visit}>{words.noAccountText}</Prose>
        </p>
      </details>
    </>
  );
}

/** One of several, or the only one at once. */
function Proofs({ visit, told, walk }: { visit: Visit; told: Told; walk: Walk }) {
  const words = wordsOf(visit);
  const shared = { told, language: visit.language };
  const labels: Record<LinkProof, string> = {
    answers: words.byAnswers,
    username: words.byUsername,
    username_and_password: words.byPassword,
  };
  const offered = offeredBy(walk).map((proof) => ({
    value: proof,
    words: labels[proof],
    under: proof === 'answers' ? answersAsked(visit, told, walk) : usernameAsked(visit, told, proof),
  }));
  const [only, ...others] = offered;
  if (only && others.length === 0) {
    return (
      <FieldGroup {...shared} id={group} legend={only.words}>
        <input type="hidden" name={group} value={only.value} />
        {only.under}
      </FieldGroup>
    );
  }
  return <Choices {...shared} name={group} legend={words.proofHow} isSubordinate choices={offered} />;
}

function answersAsked(visit: Visit, told: Told, { questions = [] }: Walk): ReactNode {
  const words = wordsOf(visit);
  return (
    <>
      <p className="hint">{words.answersHint}</p>
      {questions.map(({ id, text }, index) => (
        <TextField
          key={id}
          name={answerField(index)}
          label={text}
          told={told}
          language={visit.language}
          input={{ autoComplete: 'off', autoCapitalize: 'none', spellCheck: false }}
        />
      ))}
    </>
  );
}

function usernameAsked(visit: Visit, told: Told, proof: LinkProof): ReactNode {
  const words = wordsOf(visit);
  const shared = { told, language: visit.language };
  return (
    <>
      <TextField
        {...shared}
        name="username"
        id={fields.username}
        label={words.username}
        input={{ autoComplete: 'username', spellCheck: false, autoCapitalize: 'none' }}
      />
      {proof === 'username_and_password' && (
        <PasswordField
          {...shared}
          name="password"
          id={fields.password}
          label={words.password}
          autoComplete="current-password"
        />
      )}
    </>
  );
}

/** The account has no questions and the portal takes nothing else: only people can help. */
function callBody(visit: Visit) {
  const words = wordsOf(visit);
  return (
    <>
      <h1>{words.callTitle}</h1>
      <p>{words.callText}</p>
      <p>
        <Prose visit={visit}>{words.callThen}</Prose>
      </p>
      <p>{words.linkStays}</p>
    </>
  );
}
