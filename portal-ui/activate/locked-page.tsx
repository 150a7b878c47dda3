import { CallUs } from '../layout/CallUs.tsx';
import type { Shown } from '../page.ts';
import type { Visit } from '../visit.ts';
import { activateWords } from './words.ts';

/** The dates of birth did not fit as often as the policy allows: the code is dead, and only people can help. */
export function lockedPage(visit: Visit): Shown {
  const words = activateWords[visit.language];
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
        <h2>{words.whatYouCanDo}</h2>
        <p>
          {words.lockedCall} <CallUs visit={visit} />
          {words.lockedThen(visit.portal.support.hours)}
        </p>
        <p>{words.nobodyOpened}</p>
      </>
    ),
  };
}
