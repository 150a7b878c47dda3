import { type Role, roles } from '../domain/case.ts';

const reading = [
  'account.read',
  'campaign.read',
  'case.read',
  'dashboard.read',
  'engine.read',
  'event.read',
  'message.read',
  'portal.read',
  'record.read',
] as const;

const clerk = [
  ...reading,
  'case.create',
  'case.claim',
  'case.release',
  'case.note',
  'case.requestInformation',
  'case.correctAddress',
  'case.reissue',
  'case.resend',
  'message.resend',
] as const;

const reviewer = [
  ...clerk,
  'case.approve',
  'case.reject',
  'case.resume',
  'case.extend',
  'case.expireNow',
  'case.revoke',
  'case.withdraw',
  'case.cancel',
  'campaign.manage',
  'account.suspend',
  'account.changeEmail',
] as const;

const supervisor = [
  ...reviewer,
  'case.assign',
  'case.export',
  'case.reopen',
  'account.restore',
  'account.unlock',
  'account.close',
  'audit.read',
  'member.read',
  'member.manage',
  'policy.read',
  'policy.replace',
  'record.import',
] as const;

/** Sees how things run, nothing personal: `message.readState` shows a mail's state without its address. */
const operator = [
  'codec.decode',
  'dashboard.read',
  'engine.read',
  'event.read',
  'message.readState',
  'portal.read',
] as const;

const auditor = [...reading, 'audit.read', 'member.read', 'policy.read'] as const;

/** What each role may do (api.md "Roles"). A preview needs what its action needs. */
export const rolePermissions = { clerk, reviewer, supervisor, operator, auditor } as const satisfies Record<
  Role,
  readonly string[]
>;

export type Permission = (typeof rolePermissions)[Role][number];

/** Everything a member with these roles may do, sorted, each once. Unknown roles give nothing. */
export function permissionsOf(held: readonly Role[]): Permission[] {
  const all = held.flatMap((role): readonly Permission[] => (roles.includes(role) ? rolePermissions[role] : []));
  return [...new Set(all)].sort();
}
