import { Problem } from '../../contract/problems.ts';
import { apply } from '../../contract/routes/public/applications.ts';
import { instantInWords, plainDateInWords } from '../../contract/words.ts';
import { ForgetHere } from '../forget/forget-page.tsx';
import { PageForm } from '../forms/PageForm.tsx';
import { CallUs } from '../layout/CallUs.tsx';
import { LinkButton } from '../layout/LinkButton.tsx';
import type { Page, Shown } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { formWords } from '../words/forms.ts';
import { type ClaimField, type Draft, draftOf, keepAnswers } from './draft.ts';
import { likelyDomain } from './likely-domain.ts';
import { languageName, questionNames, questionsOf } from './questions.tsx';
import { applyWords } from './words.ts';

const startPage: Page = {
  path: '/apply',
  show: (visit) => {
    const words = applyWords[visit.language];
    const { name, minimumAge, promiseBusinessDays } = visit.portal;
    if (!visit.portal.open.includes('application')) throw new Problem('applications_closed');
    const title = words.startTitle(name);
    return {
      title,
      body: (
        <>
          <h1>{title}</h1>
          <p>{words.startIntro}</p>
          <h2>{words.howItWorks}</h2>
          <ol>
            <li>{words.howQuestions(questionsOf(visit).length)}</li>
            <li>{words.howCheck(promiseBusinessDays)}</li>
            <li>{words.howCode}</li>
          </ol>
          <h2>{words.youNeed}</h2>
          <ul>
            <li>{words.needAge(minimumAge)}</li>
            <li>{words.needEmail}</li>
          </ul>
          <LinkButton visit={visit} path="/apply/name" words={words.start} />
          <h2>{words.notFirst}</h2>
          <ul className="links">
            <li>
              <a href={pageAddress(visit, '/status')}>{words.follow}</a>
            </li>
            <li>
              <a href={pageAddress(visit, '/activate')}>{words.haveCode}</a>
            </li>
            <li>
              <a href={pageAddress(visit, '/sign-in')}>{words.signIn}</a>
            </li>
          </ul>
          <details>
            <summary>{words.someoneElse}</summary>
            <p>{words.someoneElseText}</p>
          </details>
          <details>
            <summary>{words.notOnline}</summary>
            <p>{words.notOnlineText(name)}</p>
          </details>
        </>
      ),
    };
  },
};

const checkPath = '/apply/check';

/** A page per question; one that this portal does not ask leads on. From the check page, and back to it. */
const questionPages: Page[] = questionNames.map((name) => ({
  path: `/apply/${name}`,
  show: (visit, told) => {
    const { question, number, count, before } = placeOf(visit, name);
    if (!question) return { to: pageAddress(visit, checkPath) };
    const words = applyWords[visit.language];
    const isChange = visit.query.get('from') === 'check';
    return {
      title: question.title(visit),
      journey: words.journey,
      back: { path: isChange ? checkPath : before },
      body: (
        <PageForm visit={visit} action={isChange ? `${visit.path}?from=check` : visit.path}>
          <p className="step">{words.question(number, count)}</p>
          {question.body(visit, told, draftOf(visit))}
          <button className="btn" type="submit">
            {formWords[visit.language].continue}
          </button>
        </PageForm>
      ),
    };
  },
  take: (visit) => {
    const { question, after } = placeOf(visit, name);
    if (!question) return { to: pageAddress(visit, checkPath) };
    const read = question.read(visit);
    if ('errors' in read) return read;
    keepAnswers(visit, read.answers);
    return { to: pageAddress(visit, visit.query.get('from') === 'check' ? checkPath : after) };
  },
}));

function placeOf(visit: Visit, name: string) {
  const asked = questionsOf(visit);
  const index = asked.findIndex((question) => question.name === name);
  const [previous, following] = [asked[index - 1], asked[index + 1]];
  return {
    question: asked[index],
    number: index + 1,
    count: asked.length,
    before: previous ? `/apply/${previous.name}` : '/apply',
    after: following ? `/apply/${following.name}` : checkPath,
  };
}

const checkPage: Page = {
  path: checkPath,
  show: (visit) => {
    const draft = draftOf(visit);
    const elsewhere = insteadOfCheck(visit, draft);
    return elsewhere === undefined ? shownCheck(visit, draft) : { to: pageAddress(visit, elsewhere) };
  },
  take: async (visit) => {
    const draft = draftOf(visit);
    const elsewhere = insteadOfCheck(visit, draft);
    return elsewhere === undefined ? send(visit, draft) : { to: pageAddress(visit, elsewhere) };
  },
};

/** The answers cannot be sent without these. */
const demanded: readonly ClaimField[] = ['firstName', 'lastName', 'dateOfBirth', 'email', 'postalCode'];

/** What was sent leads to its receipt (the back button comes here), half-typed answers to the first question without one. */
function insteadOfCheck(visit: Visit, draft: Draft): string | undefined {
  if (visit.kept.sent && Object.keys(draft).length === 0) return '/apply/sent';
  const unanswered = questionsOf(visit).find(({ fields }) =>
    fields.some((field) => demanded.includes(field) && draft[field] === undefined),
  );
  return unanswered && `/apply/${unanswered.name}`;
}

async function send(visit: Visit, draft: Draft) {
  const { firstName = '', lastName = '', dateOfBirth = '', email = '', postalCode = '', ...rest } = draft;
  try {
    const { reference, promisedBy } = await visit.call(apply, {
      params: { portal: visit.portal.portal },
      // A field no person sees; programs that fill it are thanked and forgotten.
      body: {
        website: visit.typed.text('website'),
        firstName,
        lastName,
        dateOfBirth,
        email,
        postalCode,
        language: visit.language,
        ...rest,
      },
    });
    visit.kept.sent = { reference, promisedBy };
    delete visit.kept.apply;
    return { to: pageAddress(visit, '/apply/sent') };
  } catch (error) {
    if (error instanceof Problem && error.code === 'validation_failed') return refusedAnswer(visit, error);
    throw error;
  }
}

/** The API judges by today's date and the policy in force, which the pages leave to it. */
function refusedAnswer(visit: Visit, { errors = {} }: Problem) {
  const words = applyWords[visit.language];
  const [field = ''] = Object.keys(errors);
  if (field === 'dateOfBirth') {
    const title = words.tooYoungTitle(visit.portal.minimumAge);
    const shown: Shown = {
      title,
      journey: words.journey,
      status: 422,
      back: { path: '/apply/born?from=check' },
      body: (
        <>
          <h1>{title}</h1>
          <p>
            {words.tooYoung} <CallUs visit={visit} />
          </p>
        </>
      ),
    };
    return { shown };
  }
  const question = questionsOf(visit).find(({ fields }) => fields.some((name) => name === field));
  return { to: pageAddress(visit, `/apply/${question?.name ?? 'name'}?from=check`) };
}

function shownCheck(visit: Visit, draft: Draft): Shown {
  const words = applyWords[visit.language];
  const { addressLine, city, postalCode } = draft;
  const likely = likelyDomain(draft.email ?? '');
  const place = [addressLine, [city, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  const rows: [term: string, text: string, page: string, what: string][] = [
    [words.name, `${draft.firstName} ${draft.lastName}`, 'name', words.changeName],
    [words.born, plainDateInWords(draft.dateOfBirth ?? '', visit.locale), 'born', words.changeBorn],
    [words.address, place, 'address', words.changeAddress],
    [words.phone, draft.phone ?? words.notGiven, 'phone', words.changePhone],
    [words.language, languageName(draft.language ?? visit.language), 'language', words.changeLanguage],
    [words.toFind, draft.message ?? words.nothingWritten, 'more', words.changeMore],
  ];
  const asked = new Set(questionsOf(visit).map(({ name }) => name));
  return {
    title: words.checkTitle,
    journey: words.journey,
    back: { path: '/apply/more' },
    body: (
      <>
        <h1>{words.checkTitle}</h1>
        <p>{words.nothingSent}</p>
        <div className="card">
          <h2 className="first">{words.weWriteTo}</h2>
          <p className="big mail">{draft.email}</p>
          {likely !== undefined && (
            <p>
              <strong>{words.didYouMean(likely)}</strong>
            </p>
          )}
          <p>
            {words.readLetters} <a href={pageAddress(visit, '/apply/email?from=check')}>{words.changeEmail}</a>
          </p>
        </div>
        <dl className="rows">
          {rows
            .filter(([, , page]) => asked.has(page))
            .map(([term, text, page, what]) => (
              <div key={page}>
                <dt>{term}</dt>
                <dd>{text}</dd>
                <dd className="do">
                  <a href={pageAddress(visit, `/apply/${page}?from=check`)}>
                    {words.change}
                    <span className="vh"> {what}</span>
                  </a>
                </dd>
              </div>
            ))}
        </dl>
        <PageForm visit={visit}>
          <div className="vh" aria-hidden="true">
            <label htmlFor="website">Website</label>
            <input id="website" name="website" tabIndex={-1} autoComplete="off" />
          </div>
          <p>
            {words.useOfAnswers} <a href={pageAddress(visit, '/privacy')}>{words.howSafe}</a>
          </p>
          <button className="btn" type="submit">
            {words.send}
          </button>
        </PageForm>
        <ForgetHere visit={visit} />
      </>
    ),
  };
}

const sentPage: Page = {
  path: '/apply/sent',
  show: (visit) => {
    const { sent } = visit.kept;
    if (!sent) return { to: pageAddress(visit, '/apply') };
    const words = applyWords[visit.language];
    const promisedBy = instantInWords(new Date(sent.promisedBy), visit.portal.timeZone, visit.locale);
    return {
      title: words.sentTitle,
      journey: words.journey,
      body: (
        <>
          <div className="card good">
            <h1>{words.sentTitle}</h1>
            <p>{words.yourReference}</p>
            <p className="big code">{sent.reference}</p>
            <p>{words.writeDown}</p>
          </div>
          <h2>{words.next}</h2>
          <ol>
            <li>
              <strong>{words.nextNow}</strong> {words.nextNowText}
            </li>
            <li>
              <strong>{words.nextBy(promisedBy)}</strong> {words.nextByText}
            </li>
            <li>
              <strong>{words.nextWell}</strong> {words.nextWellText}
            </li>
          </ol>
          <p className="note">
            {words.emailFrom} <strong>{visit.portal.sender.address}</strong>. {words.spam}{' '}
            <CallUs visit={visit}>{words.callUs}</CallUs>.
          </p>
          <ul className="links">
            <li data-print>{words.print}</li>
            <li>
              <a href={pageAddress(visit, '/status')}>{words.follow}</a>
            </li>
          </ul>
          <ForgetHere visit={visit} />
        </>
      ),
    };
  },
};

export const applyPages: readonly Page[] = [startPage, ...questionPages, checkPage, sentPage];
