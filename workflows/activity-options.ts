import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow';

/** Retry policies by kind of work. Infrastructure errors are tried again; refusals are answers and never come here. */

/** One short transaction. For ever: the database comes back, and nothing accepted may be lost. */
export const databaseWork: ActivityOptions = {
  startToCloseTimeout: '10s', // above the transaction's 8 s, so that a zombie attempt cannot commit beside its successor
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
};

/** The same without a task of its own. After a second of failing it waits by timers, which the history shows. */
export const databaseWorkAtOnce: LocalActivityOptions = { ...databaseWork, localRetryThreshold: '1s' };

/** One mail to the relay, tried for 3 days; then it is a staff task. */
export const mailWork: ActivityOptions = {
  startToCloseTimeout: '45s',
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '15m' },
};
