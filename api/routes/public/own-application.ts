import { fieldProblem, Problem } from '../../../contract/problems.ts';
import {
  answerQuestions,
  readApplicationStatus,
  renewAccessCode,
  withdrawApplication,
} from '../../../contract/routes/public/applications.ts';
import { publicStatusOf } from '../../../domain/application/lifecycle.ts';
import type { Actor } from '../../../domain/case.ts';
import { lockCase } from '../../../store/cases.ts';
import type { Transaction } from '../../../store/database.ts';
import { storeAnswers } from '../../../store/information-requests.ts';
import { moveCase } from '../../../store/moves.ts';
import { applicationProgress } from '../../../store/own-application.ts';
import { Refused } from '../../../store/refused.ts';
import { caseOfProof } from '../../../store/status-tries.ts';
import { cheapFloorMs } from '../../alike.ts';
import type { Dependencies } from '../../dependencies.ts';
import { handle } from '../../handle.ts';
import { presentOwnApplication } from './present-own-application.ts';

interface Proven {
  params: { portal: string };
  body: { reference: string; dateOfBirth: string };
}

/** Counted in a statement of its own, so that no refusal undoes the count. */
const proofOf = ({ params, body }: Proven, { database }: Dependencies): Promise<string | undefined> =>
  caseOfProof(database, params.portal, body);

const statusRoute = handle(
  readApplicationStatus,
  async (input, dependencies) => {
    const caseId = found(await proofOf(input, dependencies));
    return presentOwnApplication(await applicationProgress(dependencies.database, caseId));
  },
  { refusalsNoSoonerThanMs: cheapFloorMs },
);

const answersRoute = handle(
  answerQuestions,
  async ({ prepared, body: { answers }, actor, tx }) => {
    const caseId = found(prepared);
    const locked = await lockCase(tx, caseId);
    await tellingStatus(async () => {
      await moveCase(tx, { caseId, move: 'answer', actor, locked, input: { questions: answers } });
    });
    await storeAnswers(tx, caseId, answers, locked.now);
    return presentOwnApplication(await applicationProgress(tx, caseId));
  },
  { prepare: proofOf, refusalsNoSoonerThanMs: cheapFloorMs },
);

const withdrawalsRoute = handle(
  withdrawApplication,
  async ({ prepared, actor, tx }) => {
    const caseId = found(prepared);
    await tellingStatus(() => moveCase(tx, { caseId, move: 'withdraw', actor, reason: 'by_applicant' }));
    return presentOwnApplication(await applicationProgress(tx, caseId));
  },
  { prepare: proofOf, refusalsNoSoonerThanMs: cheapFloorMs },
);

const renewalsRoute = handle(
  renewAccessCode,
  async ({ prepared: caseId, actor, tx }) => {
    if (caseId !== undefined) await renewWhenAllowed(tx, caseId, actor);
    return {
      status: 'noted' as const,
      headline: 'We have noted your wish',
      nextStep:
        'If a new code can be sent, it comes by email within minutes. Nothing came? Look in the spam folder, or call us.',
    };
  },
  { prepare: proofOf, noSoonerThanMs: cheapFloorMs },
);

export const ownApplicationRoutes = [statusRoute, answersRoute, withdrawalsRoute, renewalsRoute];

function found(caseId: string | undefined): string {
  if (caseId === undefined) throw new Problem('no_such_application');
  return caseId;
}

/** A refusal by the case's state is told with the status the person knows; a wrong count of answers at its field. */
async function tellingStatus(move: () => Promise<unknown>): Promise<void> {
  try {
    await move();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.code === 'validation_failed') {
      throw fieldProblem('answers', error.errors?.answers ?? 'Give one answer for each question.');
    }
    if (error.code !== 'not_allowed_now' || !error.current) throw error;
    const state = error.current.state as keyof typeof publicStatusOf;
    throw new Problem('not_allowed_now', { extra: { current: publicStatusOf[state] } });
  }
}

/** The rules decide; a refusal is silent (lifecycles.md §1 ⁴). The code itself is issued and mailed by the engine. */
async function renewWhenAllowed(tx: Transaction, caseId: string, actor: Actor): Promise<void> {
  try {
    await moveCase(tx, { caseId, move: 'renew', actor });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}
