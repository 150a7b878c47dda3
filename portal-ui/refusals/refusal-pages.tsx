import { Fragment, type ReactNode } from 'react';
import type { Problem } from '../../contract/problems.ts';
import { timeInWords } from '../../contract/words.ts';
import { lockedPage } from '../activate/locked-page.tsx';
import { WhatToCheck } from '../activate/WhatToCheck.tsx';
import { mainFormId } from '../forms/PageForm.tsx';
import { CallUs } from '../layout/CallUs.tsx';
import { LinkButton } from '../layout/LinkButton.tsx';
import type { Shown } from '../page.ts';
import { endedPage, notBegunPage, runOutPage, unusablePage } from '../register/ended-pages.tsx';
import { pageAddress, type Visit } from '../visit.ts';
import { refusalWords } from './words.ts';

/** A refusal that no field is to blame for, as a page of its own with its next step. */
export function pageOfProblem(visit: Visit, problem: Problem): Shown {
  const words = refusalWords[visit.language];
  const { status, retryAfterSeconds, extra } = problem;
  switch (problem.code) {
    case 'not_found':
      return notFoundPage(visit);
    case 'applications_closed':
      return closedPage(visit, status);
    case 'no_such_application':
      return leading(visit, status, words.noApplicationTitle, [words.noApplication], '/status', words.tryAgain);
    case 'not_signed_in':
      return leading(visit, status, words.signedOutTitle, [words.signedOut], '/sign-in', words.signIn);
    case 'login_unsuccessful':
      return leading(visit, status, words.noSignInTitle, [words.noSignIn], '/sign-in', words.tryAgain);
    case 'no_activation':
      return leading(visit, status, words.beginTitle, [words.begin], '/activate', words.openAccount);
    case 'activation_ended':
      return activationEnded(visit, status);
    case 'access_code_not_accepted':
      return codeRefused(visit, status);
    case 'identity_not_matched':
      return extra.triesLeft === undefined || extra.triesLeft > 0 ? checkPage(visit, status) : lockedPage(visit);
    case 'code_not_accepted':
      return leading(visit, status, words.numbersTitle, [words.numbers], visit.path, words.tryAgain);
    case 'link_not_accepted':
      return { ...(extra.reasonClass === 'expired' ? runOutPage(visit) : unusablePage(visit)), status };
    case 'no_registration':
      return notBegunPage(visit, status);
    case 'registration_ended':
      return endedPage(visit, extra.reason);
    case 'username_taken':
      return leading(visit, status, words.takenTitle, [words.taken], visit.path, words.tryAgain);
    case 'terms_changed':
      return leading(visit, status, words.termsTitle, [words.terms], visit.path, words.readTerms);
    case 'wrong_step':
      return leading(visit, status, words.otherStepTitle, [words.otherStep], journeyOf(visit), words.goOn);
    case 'too_many_requests':
      return waitPage(visit, retryAfterSeconds ?? 60);
    case 'mailed_recently':
      return mailedPage(visit, status, retryAfterSeconds);
    case 'csrf_refused':
      return leading(visit, status, words.pageTooOld, [words.openAgainText], visit.path, words.openAgain);
    case 'idempotency_key_reused':
      return leading(visit, status, words.sentBeforeTitle, [words.sentBefore], visit.path, words.openAgain);
    case 'too_large':
      return leading(visit, status, words.tooLargeTitle, [words.tooLarge], visit.path, words.openAgain);
    case 'validation_failed':
    case 'malformed':
    case 'username_not_allowed':
    case 'password_not_allowed':
    case 'verification_failed':
      return checkPage(visit, status);
    case 'not_allowed_now':
    case 'stale_version':
      return leading(visit, status, words.notNowTitle, [words.notNow], '/', words.start);
    default:
      return downPage(visit, status);
  }
}

/** Where the steps of the page's journey begin. */
function journeyOf({ path }: Visit): string {
  return path.startsWith('/register') ? '/register' : '/activate';
}

/** An address that is no page. */
export function notFoundPage(visit: Visit): Shown {
  const words = refusalWords[visit.language];
  return plain(
    404,
    words.notFoundTitle,
    <>
      <p>{words.notFound}</p>
      <ul className="links">
        <li>
          <a href={pageAddress(visit, '/')}>{words.start}</a>
        </li>
      </ul>
      <p>
        {words.notFoundCall} <CallUs visit={visit} />
      </p>
    </>,
  );
}

/** The browser sends no cookie back. */
export function cookiesPage(visit: Visit): Shown {
  const words = refusalWords[visit.language];
  return leading(visit, 403, words.cookiesTitle, [words.cookies], visit.path, words.tryAgain);
}

function codeRefused(visit: Visit, status: number): Shown {
  const words = refusalWords[visit.language];
  return plain(
    status,
    words.codeTitle,
    <>
      <WhatToCheck visit={visit} />
      <LinkButton visit={visit} path="/activate" words={words.typeCodeAgain} />
    </>,
  );
}

function activationEnded(visit: Visit, status: number): Shown {
  const words = refusalWords[visit.language];
  return plain(
    status,
    words.endedTitle,
    <>
      <p>{words.ended}</p>
      <p>{words.endedCode}</p>
      <LinkButton visit={visit} path="/activate" words={words.typeCodeAgain} />
      <p>
        {words.finished} <a href={pageAddress(visit, '/sign-in')}>{words.signIn}</a>
      </p>
    </>,
  );
}

function closedPage(visit: Visit, status: number): Shown {
  const words = refusalWords[visit.language];
  const { hours } = visit.portal.support;
  return plain(
    status,
    words.closedTitle,
    <>
      <p>{words.closed}</p>
      <p>
        <CallUs visit={visit} />, {hours}
      </p>
      {visit.portal.open.includes('registration') && (
        <>
          <p>{words.closedInvited}</p>
          <LinkButton visit={visit} path="/register" words={words.closedRegister} />
        </>
      )}
    </>,
  );
}

function mailedPage(visit: Visit, status: number, retryAfterSeconds: number | undefined): Shown {
  const words = refusalWords[visit.language];
  return {
    ...plain(
      status,
      words.mailedTitle,
      <>
        <p>
          {words.mailed} <strong>{visit.portal.sender.address}</strong>. {words.mailedLook}
        </p>
        <p>{words.mailedWait}</p>
        <SendAgain visit={visit} />
      </>,
    ),
    ...(retryAfterSeconds && { retryAfterSeconds }),
  };
}

function waitPage(visit: Visit, seconds: number): Shown {
  const words = refusalWords[visit.language];
  const wait = seconds < 90 ? words.seconds(seconds) : words.minutes(Math.ceil(seconds / 60));
  const at = new Date(visit.now.getTime() + seconds * 1_000);
  // A minute is the finest that people wait by: never a time that is too early.
  const untilAt = new Date(Math.ceil(at.getTime() / 60_000) * 60_000);
  return {
    ...plain(
      429,
      words.waitTitle(wait),
      <>
        <p>{words.wait}</p>
        <div className="card">
          <p className="big">{words.waitUntil(timeInWords(untilAt, visit.portal.timeZone, visit.locale))}</p>
          <p>
            {words.nothingLost}
            {visit.path.startsWith('/activate') && ` ${words.codeStillWorks}`}
            {visit.path.startsWith('/register') && ` ${words.linkStillWorks}`}
          </p>
        </div>
        <SendAgain visit={visit} />
      </>,
    ),
    retryAfterSeconds: seconds,
  };
}

/** The button sends again what was sent, under the same key: nothing happens twice. */
function downPage(visit: Visit, status: number): Shown {
  const words = refusalWords[visit.language];
  return {
    ...plain(
      status,
      words.downTitle,
      <>
        <p>{visit.path.startsWith('/activate') ? words.downWithCode : words.down}</p>
        <div className="card">
          <p className="big">{words.downWhen}</p>
          <p>{words.downSafe}</p>
        </div>
        <SendAgain visit={visit} />
      </>,
    ),
    retryAfterSeconds: 300,
  };
}

/** What a page did not foresee about its fields: back to them, with everything that was typed but passwords. */
function checkPage(visit: Visit, status: number): Shown {
  const words = refusalWords[visit.language];
  return plain(
    status,
    words.checkTitle,
    <>
      <p>{words.check}</p>
      <SendAgain visit={visit} isOnlyLook />
      <p>
        {words.shouldFit} <CallUs visit={visit} />
      </p>
    </>,
  );
}

/**
 * "Try again": a form that was sent is sent again as it was, under its key, so that nothing is typed twice and nothing happens
 * twice; passwords are typed anew. `isOnlyLook` shows its page again instead, with what was typed.
 */
function SendAgain({ visit, isOnlyLook = false }: { visit: Visit; isOnlyLook?: boolean }) {
  const words = refusalWords[visit.language];
  const { typed, path, query } = visit;
  if (typed.text('form') === '') return <LinkButton visit={visit} path={path} words={words.tryAgain} />;
  const kept = typed.names().filter((name) => !ownFields.has(name) && !/password/i.test(name));
  const search = query.size > 0 ? `?${query}` : '';
  const again = isOnlyLook ? { name: 'set', value: `text:${visit.textSize}` } : {};
  return (
    <form id={mainFormId} method="post" action={`${pageAddress(visit, path)}${search}`}>
      <input type="hidden" name="form" value={visit.formToken} />
      <input type="hidden" name="once" value={typed.text('once') || visit.formKey} />
      {kept.map((name) => (
        <Fragment key={name}>
          {typed.all(name).map((value, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: fields of one name are told apart by their order, and nothing moves
            <input key={index} type="hidden" name={name} value={value} />
          ))}
        </Fragment>
      ))}
      <button className="btn" type="submit" {...again}>
        {words.tryAgain}
      </button>
    </form>
  );
}

/** Hidden fields of every form, and the buttons of the toolbar. */
const ownFields: ReadonlySet<string> = new Set(['form', 'once', 'set']);

/** Told above a form that came without proof: it is shown again as it was typed. */
export function PageTooOld({ visit }: { visit: Visit }) {
  if (visit.kept.notice !== 'page_too_old') return null;
  const words = refusalWords[visit.language];
  return (
    <div className="card wait" role="status">
      <p className="state">{words.pageTooOld}</p>
      <p>{words.pageTooOldText}</p>
    </div>
  );
}

/** A page of a few sentences and one way on. */
function leading(
  visit: Visit,
  status: number,
  title: string,
  sentences: readonly string[],
  path: string,
  label: string,
): Shown {
  return plain(
    status,
    title,
    <>
      {sentences.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <LinkButton visit={visit} path={path} words={label} />
    </>,
  );
}

function plain(status: number, title: string, body: ReactNode): Shown {
  return {
    title,
    status,
    body: (
      <>
        <h1>{title}</h1>
        {body}
      </>
    ),
  };
}
