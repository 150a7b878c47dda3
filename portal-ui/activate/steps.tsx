import type { ReactNode } from 'react';
import { Problem } from '../../contract/problems.ts';
import type { WireResult } from '../../contract/route.ts';
import { readActivation } from '../../contract/routes/public/activations.ts';
import { StepLine } from '../layout/StepLine.tsx';
import type { FieldError, Shown, Taken } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { hasAccountPage } from './ended-pages.tsx';
import { lockedPage } from './locked-page.tsx';
import { activateWords } from './words.ts';

/** Where the person is, as the API says it. */
export type Walk = WireResult<typeof readActivation>;
export type StepName = Walk['step'];

/** The code is step 1; these follow, in order, each at the address of its name. */
const stepNames: readonly StepName[] = ['identity', 'email', 'credentials', 'notifications', 'terms'];

/** Which of the 6 steps a page belongs to. */
export function stepNumber(step: StepName | 'code'): number {
  return step === 'code' ? 1 : stepNames.indexOf(step) + 2;
}

/** The page of what is due, below the portal. */
export function duePath({ step, needsMailboxCode }: Pick<Walk, 'step' | 'needsMailboxCode'>): string {
  return step === 'email' && needsMailboxCode ? '/activate/email-code' : `/activate/${step}`;
}

export const wordsOf = (visit: Visit) => activateWords[visit.language];

export const paramsOf = ({ portal: { portal } }: Visit) => ({ portal });

/** Where the person is. Throws `Problem` as the API, `no_activation` and `activation_ended` among them. */
export function readWalk(visit: Visit): Promise<Walk> {
  return visit.call(readActivation, { params: paramsOf(visit) });
}

/** Where the person is; undefined when nothing is under way in this browser. */
export async function runningWalk(visit: Visit): Promise<Walk | undefined> {
  try {
    return await readWalk(visit);
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return undefined;
    throw error;
  }
}

/** Shows a step's page while that step is due; leads to the due one otherwise. */
export async function showStep(
  visit: Visit,
  step: StepName,
  show: (walk: Walk) => Shown | { to: string },
): Promise<Shown | { to: string }> {
  const answer = await orWhereItStands(visit, async () => {
    const walk = await readWalk(visit);
    return walk.step === step ? show(walk) : { to: pageAddress(visit, duePath(walk)) };
  });
  return 'shown' in answer ? answer.shown : answer;
}

/** What becomes of a step's form; where another step is due, or the walk is over, that is where it leads. */
export function takeStep(visit: Visit, work: () => Promise<Taken>): Promise<Taken> {
  return orWhereItStands(visit, work);
}

async function orWhereItStands<T>(
  visit: Visit,
  work: () => Promise<T>,
): Promise<T | { to: string } | { shown: Shown }> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'wrong_step') return { to: pageAddress(visit, '/activate') };
    if (error.code !== 'activation_ended') throw error;
    if (error.extra.reason === 'person_has_account') return { shown: hasAccountPage(visit) };
    if (visit.kept.opened !== undefined) return { to: pageAddress(visit, '/activate/done') };
    if (visit.kept.activation?.isLocked) return { shown: lockedPage(visit) };
    throw error;
  }
}

/** Leads on to what is due now. */
export function onward(visit: Visit, walk: Walk): Taken {
  return { to: pageAddress(visit, duePath(walk)) };
}

interface StepPage {
  step: StepName | 'code';
  title: string;
  walk?: Walk;
  errors?: readonly FieldError[];
  back?: Shown['back'];
  body: ReactNode;
}

/** A step's page: where it stands among the six, its question, and a way out for somebody else. */
export function stepPage(visit: Visit, { step, title, walk, errors, back, body }: StepPage): Shown {
  const words = wordsOf(visit);
  return {
    title,
    journey: words.journey,
    ...(walk && { endsAt: new Date(walk.expiresAt) }),
    ...(errors && { errors }),
    ...(back && { back }),
    body: (
      <>
        <StepLine names={words.stepNames} number={stepNumber(step)} words={words.step} />
        {step !== 'code' && <p className="hint">{words.stepsStay}</p>}
        {body}
        {walk && <OtherCode visit={visit} />}
      </>
    ),
  };
}

/** Two people may share a browser. The script takes a code of the address there, too: nobody goes on with another's account unasked. */
function OtherCode({ visit }: { visit: Visit }) {
  const words = wordsOf(visit);
  return (
    <p>
      {words.otherCode}{' '}
      <a href={pageAddress(visit, '/activate/code')} data-code-page>
        {words.useOtherCode}
      </a>
    </p>
  );
}
