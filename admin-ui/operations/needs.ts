import type { Permission } from '../../contract/permissions.ts';

/** Who has the operations page: operators and supervisors, each by what only they may. */
export const needsOfOperations: readonly Permission[] = ['message.readState', 'case.reopen'];
