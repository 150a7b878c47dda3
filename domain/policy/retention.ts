/** How long things are kept (security.md "Figures"), counted from their end; days are days of 24 hours. */
export const retention = {
  /** Cases that are over, with everything that hangs on them, and mails. */
  closedYears: 6,
  /** Activations nobody finished, and secrets that ended without a case. */
  unfinishedDays: 90,
  auditYears: 6,
} as const;
