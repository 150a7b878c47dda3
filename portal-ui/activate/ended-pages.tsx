import { CallUs } from '../layout/CallUs.tsx';
import { LinkButton } from '../layout/LinkButton.tsx';
import type { Shown } from '../page.ts';
import type { Visit } from '../visit.ts';
import { activateWords } from './words.ts';

/** Somebody opened an account for the same person while these steps were taken. */
export function hasAccountPage(visit: Visit): Shown {
  const words = activateWords[visit.language];
  return {
    title: words.hasAccountTitle,
    journey: words.journey,
    status: 409,
    body: (
      <>
        <h1>{words.hasAccountTitle}</h1>
        <p>
          {words.hasAccount} <CallUs visit={visit}>{words.callUsAlone}</CallUs>.
        </p>
        <LinkButton visit={visit} path="/sign-in" words={words.signIn} />
      </>
    ),
  };
}
