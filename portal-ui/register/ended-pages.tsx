import type { ReactNode } from 'react';
import { LinkButton } from '../layout/LinkButton.tsx';
import type { Shown } from '../page.ts';
import { Prose } from '../reading/Prose.tsx';
import { pageAddress, type Visit } from '../visit.ts';
import { registerWords } from './words.ts';

/** Why a registration is over, as the API tells it (`registration_ended`), and what the person can do now. */
export function endedPage(visit: Visit, reason: string | undefined): Shown {
  const words = registerWords[visit.language];
  switch (reason) {
    case 'locked':
      return lockedPage(visit);
    case 'superseded':
      return ended(visit, words.supersededTitle, [words.superseded, words.supersededThen], again(visit));
    case 'expired':
      return runOutPage(visit);
    case 'used':
      return ended(visit, words.usedTitle, [words.used], signIn(visit));
    case 'revoked':
      return ended(visit, words.revokedTitle, [words.revoked, words.revokedThen]);
    case 'account_suspended':
      return ended(visit, words.suspendedTitle, [words.suspended, words.suspendedThen]);
    case 'person_has_account':
      return ended(visit, words.hasAccountTitle, [words.hasAccount, words.hasAccountThen], signIn(visit));
    case 'under_age':
      return ended(visit, words.underAgeTitle(visit.portal.minimumAge), [words.underAge]);
    case 'practice_closed':
      return ended(visit, words.closedTitle, [words.closed, words.closedThen]);
    case 'record_unusable':
      return ended(visit, words.recordTitle, [words.record, words.recordThen]);
    default:
      return ended(visit, words.timedOutTitle, [words.timedOut, words.timedOutThen], again(visit));
  }
}

/** What was typed did not fit as often as the policy allows: the link is dead, and only people can help. */
export function lockedPage(visit: Visit): Shown {
  const words = registerWords[visit.language];
  return {
    title: words.lockedTitle,
    journey: words.journey,
    status: 422,
    body: (
      <>
        <h1>{words.lockedTitle}</h1>
        <div className="card bad">
          <p className="state">{words.lockedState}</p>
          <p>{words.locked}</p>
        </div>
        <h2>{words.whatNow}</h2>
        <ol>
          {[...words.lockedNow, words.lockedThen].map((text) => (
            <li key={text}>
              <Prose visit={visit}>{text}</Prose>
            </li>
          ))}
        </ol>
        <p>{words.nothingChanged}</p>
      </>
    ),
  };
}

/** The link's time is over: said before anything is asked, with what helps. */
export function runOutPage(visit: Visit): Shown {
  const words = registerWords[visit.language];
  return {
    title: words.runOutTitle,
    journey: words.journey,
    body: (
      <>
        <h1>{words.runOutTitle}</h1>
        <p>{words.runOut}</p>
        <div className="card wait">
          <p className="state">{words.nothingLost}</p>
          <p>
            <Prose visit={visit}>{words.getNewOne}</Prose>
          </p>
        </div>
        <p>
          <Prose visit={visit}>{words.newestEmail}</Prose>
        </p>
        <p>
          {words.finished} <a href={pageAddress(visit, '/sign-in')}>{words.signIn}</a>
        </p>
      </>
    ),
  };
}

/** A link that is none of ours, or dead: which, is not told. */
export function unusablePage(visit: Visit): Shown {
  const words = registerWords[visit.language];
  return {
    title: words.unusableTitle,
    journey: words.journey,
    body: (
      <>
        <h1>{words.unusableTitle}</h1>
        <p>{words.unusable}</p>
        <ul>
          {words.unusableCauses.map((text) => (
            <li key={text}>
              <Prose visit={visit}>{text}</Prose>
            </li>
          ))}
        </ul>
        <h2>{words.whatYouCanDo}</h2>
        <p>
          <Prose visit={visit}>{words.unusableThen}</Prose>
        </p>
        <p>{words.haveAnother}</p>
        {again(visit)}
      </>
    ),
  };
}

/** Somebody signs in with the address the link was mailed to. */
export function addressInUsePage(visit: Visit): Shown {
  const words = registerWords[visit.language];
  return { ...ended(visit, words.addressTitle, [words.address, words.addressThen], signIn(visit)), status: 422 };
}

/** Nobody is registering in this browser. */
export function notBegunPage(visit: Visit, status: number): Shown {
  const words = registerWords[visit.language];
  return { ...ended(visit, words.beginTitle, [words.beginText], again(visit, words.pasteInstead)), status };
}

function ended(visit: Visit, title: string, sentences: readonly string[], wayOn?: ReactNode): Shown {
  return {
    title,
    journey: registerWords[visit.language].journey,
    status: 401,
    body: (
      <>
        <h1>{title}</h1>
        {sentences.map((text) => (
          <p key={text}>
            <Prose visit={visit}>{text}</Prose>
          </p>
        ))}
        {wayOn}
      </>
    ),
  };
}

const again = (visit: Visit, label = registerWords[visit.language].useAnother) => (
  <LinkButton visit={visit} path="/register" words={label} />
);

const signIn = (visit: Visit) => (
  <LinkButton visit={visit} path="/sign-in" words={registerWords[visit.language].signIn} />
);
