import { addMember } from '../../../../contract/routes/staff/members.ts';
import { addMember as add } from '../../../../store/member-changes.ts';
import { handle } from '../../../handle.ts';
import { staffActor } from '../staff-actor.ts';
import { hashOfNewPassword } from './password.ts';

export const addMemberRoute = handle<typeof addMember, string>(
  addMember,
  async ({ body, actor, tx, prepared }) => {
    const { name, email, roles, portals = [] } = body;
    return add(tx, { name, email, roles, portals, passwordHash: prepared }, staffActor(actor));
  },
  {
    // Without one nobody can sign in: an empty hash is right for no password.
    prepare: async ({ body }, { passwords }) =>
      body.password === undefined ? '' : hashOfNewPassword(passwords, body.password, body),
  },
);
