/** Figures of security.md and lifecycles.md for which the policy document has no field. Durations in milliseconds say so. */
export const figures = {
  /** A rejection may be reopened for this long. */
  reopenWithinDays: 30,
  /** A half-finished activation lives this long, never longer than its code. */
  activationLifetimeHours: 24,
  /** Wrong proofs of a found account after which the registration's link is locked (lifecycles.md §2). */
  verificationTries: 3,
  /** Of an answer to a security question, after normalising. */
  shortestAnswer: 2,
  mailboxCode: { digits: 8, lifetimeMinutes: 10, tries: 5 },
  /** Wrong dates of birth per reference in 24 h, over all public routes, before the reference is closed for 24 h. */
  referenceTries: { count: 10, windowHours: 24 },
  /** Mails a person or a resend button triggers, per address. */
  personalMails: { apartSeconds: 60, perDay: 5 },
  /** The account's owner is told of a duplicate application at most this often. */
  accountExistsEveryHours: 24,
  password: { minLength: 15, minLengthWithSecondFactor: 8, maxLength: 128 },
  /** Sign-in waits: from the third failure 1 s, doubling to 15 min. */
  loginWait: { fromFailure: 3, firstSeconds: 1, longestSeconds: 900 },
  staffSession: { idleMinutes: 15, longestHours: 8 },
  accountSession: { idleMinutes: 30, longestHours: 12 },
  /** Staff sign-in, counted per account. */
  staffLockoutAfter: 50,
  /** A mail the relay does not take for this long becomes a staff task. */
  mailTriedForHours: 72,
  /** A claimed mail that nobody settled may be claimed again after this. */
  mailLeaseSeconds: 45,
  idempotencyKeptHours: 24,
  viewedOncePerMinutes: 10,
  /** Totals of lists are counted up to this. */
  listTotalCap: 1000,
  engineDelayedAfterSeconds: 5,
} as const;
