import type { Permission } from '../../contract/permissions.ts';
import { currentSession } from '../server/session.ts';

/** Who is signed in. Only inside the signed-in part of the page, where there is always somebody. */
export function useMe(): { id: string; name: string; email: string; roles: readonly string[] } {
  return currentSession()?.staff ?? { id: '', name: '', email: '', roles: [] };
}

/** Whether the member may; the server decides again with every call. */
export function useMay(): (permission: Permission) => boolean {
  const permissions = currentSession()?.permissions ?? [];
  return (permission) => permissions.includes(permission);
}
