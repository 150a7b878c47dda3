/** Why the store refuses, with what the person may be told. The API turns it into a problem. */
export type RefusedCode =
  | 'not_found'
  | 'not_allowed'
  | 'not_allowed_now'
  | 'not_yours_to_do'
  | 'stale_version'
  | 'reason_required'
  | 'validation_failed'
  | 'mailed_recently';

/** A refusal with the facts of now: a value of the business, never a fault, never to be tried again. */
export class Refused extends Error {
  readonly code: RefusedCode;
  /** For `not_allowed_now` and `stale_version`: where the thing stands. */
  readonly current: { state: string; version: number } | undefined;
  /** For `validation_failed`: messages by field. */
  readonly errors: Record<string, string> | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: RefusedCode,
    more: {
      current?: { state: string; version: number } | undefined;
      errors?: Record<string, string> | undefined;
      retryAfterSeconds?: number | undefined;
    } = {},
  ) {
    super(code);
    this.name = 'Refused';
    this.code = code;
    this.current = more.current;
    this.errors = more.errors;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}
