import { Problem } from '../../../../contract/problems.ts';
import { changeMember } from '../../../../contract/routes/staff/members.ts';
import { changeMember as change } from '../../../../store/member-changes.ts';
import { findMember } from '../../../../store/members.ts';
import { handle } from '../../../handle.ts';
import { staffActor } from '../staff-actor.ts';
import { hashOfNewPassword } from './password.ts';

export const changeMemberRoute = handle(changeMember, async ({ params, body, actor }, { database, passwords }) => {
  const { password, ...changes } = body;
  const found = await findMember(database, params.memberId);
  if (!found) throw new Problem('not_found');
  const name = changes.name ?? found.name;
  const passwordHash =
    password === undefined ? undefined : await hashOfNewPassword(passwords, password, { name, email: found.email });
  return database.transaction((tx) => change(tx, params.memberId, { ...changes, passwordHash }, staffActor(actor)));
});
