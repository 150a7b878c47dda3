import { Problem, type ProblemCode } from '../contract/problems.ts';
import { isUnavailable } from '../store/database.ts';
import { Refused, type RefusedCode } from '../store/refused.ts';

/** Anything thrown as the refusal it is told as. What nobody foresaw is `internal_error`, and says nothing of itself. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return withRetry(error);
  if (error instanceof Refused) return problemOfRefused(error);
  if (isUnavailable(error)) return withRetry(new Problem('unavailable', { cause: error }));
  // Express could not read the path (`%E0%A4%A`): such a page is not there.
  if (error instanceof URIError) return new Problem('not_found');
  return new Problem('internal_error', { cause: error });
}

/** A refusal of the store, code for code; the type makes a forgotten one an error. */
const codeOf = {
  not_found: 'not_found',
  not_allowed: 'not_allowed',
  not_allowed_now: 'not_allowed_now',
  not_yours_to_do: 'not_yours_to_do',
  stale_version: 'stale_version',
  reason_required: 'reason_required',
  validation_failed: 'validation_failed',
  mailed_recently: 'mailed_recently',
} as const satisfies Record<RefusedCode, ProblemCode>;

function problemOfRefused({ code, current, errors, retryAfterSeconds }: Refused): Problem {
  // The store hands over its whole row; the answer says where the thing stands and no more.
  const stands = current && { state: current.state, version: current.version };
  return withRetry(
    new Problem(codeOf[code], { errors, retryAfterSeconds, ...(stands && { extra: { current: stands } }) }),
  );
}

const defaultRetrySeconds = 5;

/** 429 and 503 always say when to come again. */
function withRetry(problem: Problem): Problem {
  if ((problem.status !== 429 && problem.status !== 503) || problem.retryAfterSeconds !== undefined) return problem;
  const { code, detail, nextStep, extra, cause } = problem;
  return new Problem(code, { detail, nextStep, extra, cause, retryAfterSeconds: defaultRetrySeconds });
}
