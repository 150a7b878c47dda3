import { actOnCase } from '../../contract/routes/staff/cases.ts';
import type { CaseAction } from '../../contract/schemas/case-actions.ts';
import { startSession } from '../../store/sessions.ts';
import type { TestApi } from './api.ts';
import type { Member } from './house.ts';
import { openVisitor, type Visitor } from './visitor.ts';

/** A member's browser, signed in without the password's hash being computed. Every answer is held against the contract. */
export async function signedInAs(api: TestApi, { id }: Member): Promise<Visitor> {
  const { token } = await startSession(api.house.database, { memberId: id });
  return openVisitor(api.url, new Map([['gh_staff', token]]));
}

/** A member who is limited to portals. */
export async function limitedTo(api: TestApi, member: Member, ...portals: string[]): Promise<Visitor> {
  await api.house.query('UPDATE members SET portals = $2 WHERE id = $1', [member.id, portals]);
  return signedInAs(api, member);
}

/** Makes a move of a case; answers whatever comes. */
export function acts(
  visitor: Visitor,
  { id, version }: { id: string; version: number },
  action: CaseAction,
  more: object = {},
  key?: string,
) {
  return visitor.call(actOnCase, {
    params: { caseId: id, action },
    body: { version, ...more },
    ...(key !== undefined && { key }),
  });
}
