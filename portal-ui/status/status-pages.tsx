import { Problem } from '../../contract/problems.ts';
import {
  answerQuestions,
  readApplicationStatus,
  renewAccessCode,
  withdrawApplication,
} from '../../contract/routes/public/applications.ts';
import { readReference } from '../../contract/rules.ts';
import { instantInWords } from '../../contract/words.ts';
import { DateField } from '../forms/DateField.tsx';
import { PageForm } from '../forms/PageForm.tsx';
import { readDate } from '../forms/read-date.ts';
import { TextField } from '../forms/TextField.tsx';
import { LinkButton } from '../layout/LinkButton.tsx';
import type { FieldError, Page, Shown, Taken } from '../page.ts';
import { todayOf } from '../today.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { formWords } from '../words/forms.ts';
import { answerName, readAnswers } from './answers.ts';
import { type OwnApplication, SenderNote, whereShown } from './where.tsx';
import { statusWords } from './words.ts';

type Proof = NonNullable<Visit['kept']['status']>;

const findPage: Page = {
  path: '/status',
  show: (visit, told) => {
    const words = statusWords[visit.language];
    const { kept, portal, language } = visit;
    return {
      title: words.findTitle,
      body: (
        <>
          <h1>{words.findTitle}</h1>
          <PageForm visit={visit}>
            <TextField
              name="reference"
              id="ref"
              label={words.reference}
              told={told}
              language={language}
              hint={words.referenceHint}
              initial={kept.status?.reference ?? kept.sent?.reference}
              input={{
                className: 'code code16',
                autoComplete: 'off',
                spellCheck: false,
                autoCapitalize: 'characters',
              }}
            />
            <DateField legend={words.born} told={told} language={language} hint={formWords[language].dateHint} />
            <button className="btn" type="submit">
              {words.show}
            </button>
          </PageForm>
          <details>
            <summary>{words.lost}</summary>
            <p>
              {words.lostLook} <strong>{portal.sender.address}</strong>
              {words.lostThen}
            </p>
          </details>
        </>
      ),
    };
  },
  take: async (visit) => {
    const read = readProof(visit);
    if ('errors' in read) return read;
    try {
      await readStatus(visit, read.proof);
    } catch (error) {
      if (!isUnknown(error)) throw error;
      return { errors: [{ field: 'ref', message: statusWords[visit.language].notFound }] };
    }
    visit.kept.status = read.proof;
    return to(visit, '/status/where');
  },
};

/** Judged by form alone, before anything is looked up. */
function readProof(visit: Visit): { proof: Proof } | { errors: FieldError[] } {
  const { typed, language } = visit;
  const reference = readReference(typed.text('reference'));
  const born = readDate(typed, language, todayOf(visit));
  const errors = [
    ...(reference ? [] : [{ field: 'ref', message: statusWords[language].typeReference }]),
    ...('errors' in born ? born.errors : []),
  ];
  if (!reference || 'errors' in born) return { errors };
  return { proof: { reference, dateOfBirth: born.date } };
}

/** The same page at three addresses: a refused form comes back to the one it was sent to. */
const showWhere: Page['show'] = (visit, told) =>
  ofProven(visit, async (proof) => {
    const application = await readStatus(visit, proof);
    return whereShown(proof.reference, { visit, told, application });
  });

const wherePage: Page = { path: '/status/where', show: showWhere };

const answersPage: Page = {
  path: '/status/answers',
  show: showWhere,
  take: (visit) =>
    ofProven(visit, async (proof): Promise<Taken> => {
      const read = readAnswers(visit.typed, visit.language);
      if ('errors' in read) return read;
      try {
        await visit.call(answerQuestions, { ...ofPortal(visit), body: { ...proof, answers: read.answers } });
      } catch (error) {
        if (isNotNow(error)) return to(visit, '/status/where');
        if (!(error instanceof Problem) || error.code !== 'validation_failed') throw error;
        return { errors: [{ field: answerName(0), message: statusWords[visit.language].questionsChanged }] };
      }
      return to(visit, '/status/answered');
    }),
};

const answeredPage: Page = {
  path: '/status/answered',
  show: (visit) =>
    ofProven(visit, async (proof) => {
      const application = await readStatus(visit, proof);
      if (application.situation !== 'in_review' && application.situation !== 'received') {
        return to(visit, '/status/where');
      }
      return answeredShown(visit, proof, application);
    }),
};

function answeredShown(visit: Visit, { reference }: Proof, { promisedBy }: OwnApplication): Shown {
  const words = statusWords[visit.language];
  const by = promisedBy && instantInWords(new Date(promisedBy), visit.portal.timeZone, visit.locale);
  return {
    title: words.answeredTitle,
    journey: words.journey,
    body: (
      <>
        <p className="step">{words.application(reference)}</p>
        <h1>{words.answeredTitle}</h1>
        <p>
          {words.teamGoesOn}{' '}
          {by && (
            <>
              {words.weEmailBy} <strong>{by}</strong>.
            </>
          )}
        </p>
        <SenderNote visit={visit} />
        <WhereLink visit={visit} />
      </>
    ),
  };
}

const renewalsPage: Page = {
  path: '/status/renewals',
  show: showWhere,
  take: (visit) =>
    ofProven(visit, async (proof) => {
      await visit.call(renewAccessCode, { ...ofPortal(visit), body: proof });
      return to(visit, '/status/renewed');
    }),
};

const renewedPage: Page = {
  path: '/status/renewed',
  show: (visit) =>
    ofProven(visit, async ({ reference }) => {
      const words = statusWords[visit.language];
      return {
        title: words.renewedTitle,
        journey: words.journey,
        body: (
          <>
            <p className="step">{words.application(reference)}</p>
            <h1>{words.renewedTitle}</h1>
            <p>{words.renewedText}</p>
            <SenderNote visit={visit} isLast />
            <WhereLink visit={visit} />
          </>
        ),
      };
    }),
};

const stopPage: Page = {
  path: '/status/stop',
  show: (visit) =>
    ofProven(visit, async () => {
      const words = statusWords[visit.language];
      return {
        title: words.stopTitle,
        journey: words.journey,
        back: { path: '/status/where' },
        body: (
          <>
            <h1>{words.stopTitle}</h1>
            <p>{words.stopText}</p>
            <PageForm visit={visit}>
              <button className="btn" type="submit">
                {words.yesStop}
              </button>
            </PageForm>
            <p>
              <a href={pageAddress(visit, '/status/where')}>{words.noKeep}</a>
            </p>
          </>
        ),
      };
    }),
  take: (visit) =>
    ofProven(visit, async (proof) => {
      try {
        await visit.call(withdrawApplication, { ...ofPortal(visit), body: proof });
      } catch (error) {
        if (isNotNow(error)) return to(visit, '/status/where');
        throw error;
      }
      return to(visit, '/status/stopped');
    }),
};

const stoppedPage: Page = {
  path: '/status/stopped',
  show: (visit) =>
    ofProven(visit, async (proof) => {
      const { status } = await readStatus(visit, proof);
      if (status !== 'closed') return to(visit, '/status/where');
      const words = statusWords[visit.language];
      return {
        title: words.stoppedTitle,
        journey: words.journey,
        body: (
          <>
            <p className="step">{words.application(proof.reference)}</p>
            <h1>{words.stoppedTitle}</h1>
            <p>{words.stoppedText}</p>
            <p>
              <a href={pageAddress(visit, '/apply')}>{words.applyAgain}</a>
            </p>
          </>
        ),
      };
    }),
};

export const statusPages: readonly Page[] = [
  findPage,
  wherePage,
  answersPage,
  answeredPage,
  renewalsPage,
  renewedPage,
  stopPage,
  stoppedPage,
];

/** Does what needs the proof. Without one, or when it proves nothing any more, the person gives it again. */
async function ofProven<Result>(visit: Visit, go: (proof: Proof) => Promise<Result>): Promise<Result | { to: string }> {
  const { status: proof } = visit.kept;
  if (!proof) return to(visit, '/status');
  try {
    return await go(proof);
  } catch (error) {
    if (!isUnknown(error)) throw error;
    delete visit.kept.status;
    return to(visit, '/status');
  }
}

const readStatus = (visit: Visit, proof: Proof): Promise<OwnApplication> =>
  visit.call(readApplicationStatus, { ...ofPortal(visit), body: proof });

const ofPortal = ({ portal }: Visit) => ({ params: { portal: portal.portal } });
const to = (visit: Visit, path: string) => ({ to: pageAddress(visit, path) });
const isUnknown = (error: unknown) => error instanceof Problem && error.code === 'no_such_application';
const isNotNow = (error: unknown) => error instanceof Problem && error.code === 'not_allowed_now';

function WhereLink({ visit }: { visit: Visit }) {
  return <LinkButton visit={visit} path="/status/where" words={statusWords[visit.language].seeWhereItIs} />;
}
