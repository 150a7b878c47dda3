/** How one kind of refusal is told. `detail` and `nextStep` are the words used when a handler has no better ones. */
export interface ProblemDefinition {
  status: number;
  title: string;
  detail: string;
  nextStep: string;
}

/** Every refusal the API knows (api.md "Problem codes"), in words for the person who meets it. */
export const problemCodes = {
  malformed: {
    status: 400,
    title: 'This could not be read',
    detail: 'The body is not JSON that can be read here.',
    nextStep: 'Send one JSON object in UTF-8, nested at most 16 deep.',
  },
  idempotency_key_required: {
    status: 400,
    title: 'An Idempotency-Key is needed',
    detail: 'This call changes something, so it needs a key that makes repeating it safe.',
    nextStep: 'Send the header Idempotency-Key with 1 to 200 visible ASCII characters, a new one for every new wish.',
  },
  bad_query: {
    status: 400,
    title: 'The list cannot be asked that way',
    detail: 'A filter, sort or page of the address is not known here.',
    nextStep: 'Correct the named part of the address and ask again.',
  },

  not_signed_in: {
    status: 401,
    title: 'You are not signed in',
    detail: 'Nobody is signed in here, or you were signed out to keep the account safe.',
    nextStep: 'Sign in, then try again.',
  },
  login_unsuccessful: {
    status: 401,
    title: 'Sign-in did not work',
    detail: 'What you typed does not fit together.',
    nextStep:
      'Check three things: is Caps Lock on, is there a blank too many, and is it your own password and not a code from our email? ' +
      'After several tries, wait a little. Not registered yet? Apply for an account, or ask the practice.',
  },
  no_activation: {
    status: 401,
    title: 'Please start with your access code',
    detail: 'No account is being opened in this browser.',
    nextStep: 'Type the access code from our email. If you did, allow cookies for this site and type it again.',
  },
  activation_ended: {
    status: 401,
    title: 'Please start again',
    detail:
      'The steps can be done in one place only and within 24 hours. You began again somewhere else, or the time is over.',
    nextStep: 'Type your access code again. If you have finished already, sign in. Otherwise call us.',
  },
  no_registration: {
    status: 401,
    title: 'Please start with the link in our email',
    detail: 'No registration is under way in this browser.',
    nextStep: 'Open the link in our email and press the button. If you did, allow cookies for this site and try again.',
  },
  registration_ended: {
    status: 401,
    title: 'Please start again',
    detail: 'The registration was begun again somewhere else, or its time is over.',
    nextStep: 'Open the link in our newest email again. If you have finished already, sign in.',
  },

  not_allowed: {
    status: 403,
    title: 'Your role does not include this',
    detail: 'None of your roles may do this.',
    nextStep: 'Ask a colleague with the right role, or ask a supervisor for it.',
  },
  not_yours_to_do: {
    status: 403,
    title: 'Somebody else has to do this',
    detail:
      'Your role may do this, but not you in this case: it is your own, you worked on it yourself, or a colleague has it.',
    nextStep: 'Ask a colleague, or a supervisor.',
  },
  csrf_refused: {
    status: 403,
    title: 'This did not come from our own pages',
    detail: 'The call carries no proof that it was made by a page of this site.',
    nextStep: 'Open the site itself and try again there. Programs send X-Gatehouse: 1 and the Origin of this site.',
  },
  applications_closed: {
    status: 403,
    title: 'You cannot apply online now',
    detail: 'Online applications are closed at the moment.',
    nextStep: 'Call us or come by.',
  },

  not_found: {
    status: 404,
    title: 'This does not exist',
    detail: 'There is nothing here, or it is not for you to see.',
    nextStep: 'Check the address, or go back to the list.',
  },
  no_such_application: {
    status: 404,
    title: 'We cannot find this application',
    detail: 'We cannot find an application with this reference and date of birth.',
    nextStep: 'Check both. The reference is in our first email and starts with GH. You cannot find it? Call us.',
  },

  not_allowed_now: {
    status: 409,
    title: 'This is not possible now',
    detail: 'It does not fit where things stand at the moment.',
    nextStep: 'Look at where it stands now, and choose what is offered there.',
  },
  wrong_step: {
    status: 409,
    title: 'Another step comes first',
    detail: 'The steps are done in order, and a step that is done stays done.',
    nextStep: 'Go on with the step named here.',
  },
  username_taken: {
    status: 409,
    title: 'This username is taken',
    detail: 'Somebody already uses this username.',
    nextStep: 'Add a word or number, or choose another one.',
  },
  terms_changed: {
    status: 409,
    title: 'The terms have changed',
    detail: 'The terms you read are not the newest ones.',
    nextStep: 'Please read the new ones and accept them.',
  },

  stale_version: {
    status: 412,
    title: 'It changed in the meantime',
    detail: 'Somebody was first. Nothing of yours was saved.',
    nextStep: 'Look at what is there now, then decide again.',
  },

  too_large: {
    status: 413,
    title: 'This is too much at once',
    detail: 'What was sent is larger than what is taken here.',
    nextStep: 'Send less, or in several parts.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'Only JSON is taken here',
    detail: 'The body has to be JSON.',
    nextStep: 'Send the body as JSON with Content-Type: application/json.',
  },

  validation_failed: {
    status: 422,
    title: 'Please check what you typed',
    detail: 'Something is missing or not right.',
    nextStep: 'Correct the fields named here and send again. Nothing else is lost.',
  },
  reason_required: {
    status: 422,
    title: 'A reason is needed',
    detail: 'This cannot be done without a reason.',
    nextStep: 'Pick a reason and send again.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'This Idempotency-Key was used for something else',
    detail: 'The same key came before with another body.',
    nextStep: 'Send a new wish with a new key; repeat an old one with exactly its old body.',
  },
  access_code_not_accepted: {
    status: 422,
    title: 'This code did not work',
    detail:
      'The two usual causes: the code has run out or a newer one took its place; or it was used already, because it works only once.',
    nextStep:
      'Compare every letter with our newest email. Too old? Ask for a new one where you follow your application, or call us. ' +
      'Used it before? Then you have an account: sign in.',
  },
  identity_not_matched: {
    status: 422,
    title: 'This does not fit',
    detail: 'What you typed does not fit what we have.',
    nextStep: 'Check it and try again. No tries left, or it should fit? Call us: we check who you are and help.',
  },
  code_not_accepted: {
    status: 422,
    title: 'These numbers are not right',
    detail: 'The 8 numbers are not the ones we sent last, or they are too old.',
    nextStep:
      'Use the newest email. The numbers work for 10 minutes; after that, or after too many tries, ask for new ones.',
  },
  username_not_allowed: {
    status: 422,
    title: 'This username cannot be used',
    detail: 'A username has no @ sign and does not look like an access code.',
    nextStep: 'Choose another username.',
  },
  password_not_allowed: {
    status: 422,
    title: 'This password cannot be used',
    detail: 'It is too short, too common, or contains your name, username, email name or our name.',
    nextStep: 'Choose another one. A short sentence is good: easy for you, hard for others.',
  },
  link_not_accepted: {
    status: 422,
    title: 'This link does not work',
    detail: 'Links in our emails work only for a while, and only once.',
    nextStep: 'Ask the practice to send it again. Used it before? Then you have an account: sign in.',
  },
  verification_failed: {
    status: 422,
    title: 'This does not fit',
    detail: 'What you typed does not fit the account we have.',
    nextStep: 'Check it and try again, or call us.',
  },

  too_many_requests: {
    status: 429,
    title: 'Please wait a little',
    detail: 'There were too many tries from your internet connection. Often others share it.',
    nextStep: 'Nothing is lost. Wait a little, then try again, or call us.',
  },
  mailed_recently: {
    status: 429,
    title: 'We emailed you a moment ago',
    detail: 'An email to this address was sent less than a minute ago, or it was the 5th today.',
    nextStep:
      'Look in your mailbox and its spam folder. Wait a minute before you ask again; after the 5th of a day, call us.',
  },

  internal_error: {
    status: 500,
    title: 'Something on our side is not working',
    detail: 'It is not your fault.',
    nextStep: 'Try again in a few minutes. If it stays so, call us and say the requestId.',
  },
  unavailable: {
    status: 503,
    title: 'We cannot do this right now',
    detail: 'Something on our side is not working. It is not your fault, and nothing is used up.',
    nextStep: 'Try again in a few minutes. Pressing the button again is safe: nothing happens twice.',
  },
} as const satisfies Record<string, ProblemDefinition>;

export type ProblemCode = keyof typeof problemCodes;

/** Why a link was refused, as far as the person may know (registration). */
export type LinkReasonClass = 'expired' | 'unusable';

/** What some codes say besides; each is a member of the body. */
export interface ProblemExtra {
  /** What is so now. Public calls: the public status; cases and accounts: `{state, version}`; policies: `{version}`. */
  current?: unknown;
  /** The step that is due (`wrong_step`; also where a refusal led back to an earlier step). */
  step?: string;
  /** Tries that are left; at 0 the code is dead. */
  triesLeft?: number;
  reasonClass?: LinkReasonClass;
  /**
   * Why, for pages with words of their own: the rule that is broken, such as `too_short` (`username_not_allowed`,
   * `password_not_allowed`), or `person_has_account` (`activation_ended`).
   */
  reason?: string;
}

export interface ProblemOptions {
  detail?: string | undefined;
  nextStep?: string | undefined;
  /** Dotted field path → what is wrong with it, in words. */
  errors?: Readonly<Record<string, string>> | undefined;
  extra?: ProblemExtra | undefined;
  /** Sent as `Retry-After`, never in the body. */
  retryAfterSeconds?: number | undefined;
  cause?: unknown;
}

/** The body of every refusal, `application/problem+json`. */
export interface ProblemJson extends ProblemExtra {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
  nextStep: string;
  requestId: string;
  errors?: Readonly<Record<string, string>>;
}

/** A refusal as a value to throw: the code says status and default words, a handler may say it better. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly status: number;
  readonly detail: string;
  readonly nextStep: string;
  readonly errors: Readonly<Record<string, string>> | undefined;
  readonly extra: ProblemExtra;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    const definition: ProblemDefinition = problemCodes[code];
    super(
      `${code}: ${options.detail ?? definition.detail}`,
      options.cause === undefined ? {} : { cause: options.cause },
    );
    this.code = code;
    this.status = definition.status;
    this.detail = options.detail ?? definition.detail;
    this.nextStep = options.nextStep ?? definition.nextStep;
    this.errors = options.errors;
    this.extra = options.extra ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** A 422 `validation_failed` for one field, by its dotted path. */
export function fieldProblem(field: string, message: string): Problem {
  return new Problem('validation_failed', { errors: { [field]: message } });
}

/** The answer's body. Its key order is fixed, so that alike refusals are alike to the byte but for the requestId. */
export function toProblemJson(problem: Problem, requestId: string): ProblemJson {
  const { current, step, triesLeft, reasonClass, reason } = problem.extra;
  return {
    type: problemType(problem.code),
    title: problemCodes[problem.code].title,
    status: problem.status,
    detail: problem.detail,
    code: problem.code,
    nextStep: problem.nextStep,
    requestId,
    ...(problem.errors && { errors: problem.errors }),
    ...(current !== undefined && { current }),
    ...(step !== undefined && { step }),
    ...(triesLeft !== undefined && { triesLeft }),
    ...(reasonClass !== undefined && { reasonClass }),
    ...(reason !== undefined && { reason }),
  };
}

/** The stable address of a kind of problem, relative to the site. */
export function problemType(code: ProblemCode): string {
  return `/problems/${code}`;
}

/** The problem a body tells of, or undefined when it is none of ours. `Retry-After` is a header, so it is passed beside. */
export function problemFromJson(body: unknown, retryAfterSeconds?: number): Problem | undefined {
  if (!isProblemJson(body)) return undefined;
  const { detail, nextStep, errors, current, step, triesLeft, reasonClass, reason } = body;
  const extra: ProblemExtra = {
    ...(current !== undefined && { current }),
    ...(step !== undefined && { step }),
    ...(triesLeft !== undefined && { triesLeft }),
    ...(reasonClass !== undefined && { reasonClass }),
    ...(reason !== undefined && { reason }),
  };
  return new Problem(body.code, { detail, nextStep, errors, extra, retryAfterSeconds });
}

function isProblemJson(body: unknown): body is ProblemJson {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    typeof body.code === 'string' &&
    Object.hasOwn(problemCodes, body.code)
  );
}
