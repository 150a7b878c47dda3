import type { ReactNode } from 'react';
import { Problem } from '../../contract/problems.ts';
import type { WireResult } from '../../contract/route.ts';
import { readRegistration } from '../../contract/routes/public/registrations.ts';
import { registrationSteps } from '../../contract/schemas/registration.ts';
import { StepLine } from '../layout/StepLine.tsx';
import type { FieldError, Shown, Taken } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { endedPage } from './ended-pages.tsx';
import { registerWords } from './words.ts';

/** Where the person is, as the API says it. */
export type Walk = WireResult<typeof readRegistration>;
export type StepName = Walk['step'];

export const startPath = '/register';
export const donePath = '/register/done';

/** The page of a step, below the portal. */
export const pathOf = (step: StepName): string => `${startPath}/${step}`;

export const wordsOf = (visit: Visit) => registerWords[visit.language];

export const paramsOf = ({ portal: { portal } }: Visit) => ({ portal });

/** Where the person is; undefined when nothing is under way in this browser. */
export async function runningWalk(visit: Visit): Promise<Walk | undefined> {
  try {
    return await visit.call(readRegistration, { params: paramsOf(visit) });
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return undefined;
    throw error;
  }
}

/** Shows a step's page while that step is due; leads to the due one otherwise. */
export async function showStep(
  visit: Visit,
  step: StepName,
  show: (walk: Walk) => Shown | Promise<Shown>,
): Promise<Shown | { to: string }> {
  const answer = await orWhereItStands(visit, async () => {
    const walk = await visit.call(readRegistration, { params: paramsOf(visit) });
    return walk.step === step ? show(walk) : { to: pageAddress(visit, pathOf(walk.step)) };
  });
  return 'shown' in answer ? answer.shown : answer;
}

/** What becomes of a step's form; where another step is due, or the registration is over, that is where it leads. */
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
    const { code, extra } = error;
    if (code === 'wrong_step') {
      const due = registrationSteps.find((step) => step === extra.step);
      if (due === 'identification') visit.kept.registration = { isIdentified: true }; // that page says why it asks again
      return { to: pageAddress(visit, due ? pathOf(due) : startPath) };
    }
    if (code !== 'registration_ended' && code !== 'no_registration') throw error;
    // It came to its end in this browser: "Back" leads to that.
    if (visit.kept.registered && !reasonsToTell.has(extra.reason)) return { to: pageAddress(visit, donePath) };
    if (code === 'no_registration') throw error;
    return { shown: endedPage(visit, extra.reason) };
  }
}

/** Of another registration than the one that was finished here. */
const reasonsToTell: ReadonlySet<string | undefined> = new Set(['superseded', 'locked', 'expired', 'revoked']);

/** Leads on to what is due now. */
export function onward(visit: Visit, { step }: Pick<Walk, 'step'>): Taken {
  return { to: pageAddress(visit, pathOf(step)) };
}

interface StepPage {
  walk: Walk;
  title: string;
  errors?: readonly FieldError[];
  body: ReactNode;
}

/** A step's page: where it stands among the steps, its question, and a way out for somebody else. */
export function stepPage(visit: Visit, { walk, title, errors, body }: StepPage): Shown {
  const words = wordsOf(visit);
  const names = walk.steps.map((step) => words.stepNames[step]);
  const number = walk.steps.indexOf(walk.step) + 1;
  return {
    title,
    journey: words.journey,
    endsAt: new Date(walk.expiresAt),
    ...(errors && { errors }),
    body: (
      <>
        <StepLine names={names} number={number} words={(number, name) => words.step(number, names.length, name)} />
        {number > 1 && <p className="hint">{words.stepsStay}</p>}
        {body}
        <p>
          {words.otherLink} <a href={pageAddress(visit, startPath)}>{words.useOtherLink}</a>
        </p>
      </>
    ),
  };
}
