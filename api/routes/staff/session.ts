import { permissionsOf } from '../../../contract/permissions.ts';
import { Problem } from '../../../contract/problems.ts';
import { readStaffSession, staffSignIn, staffSignOut } from '../../../contract/routes/staff/session.ts';
import type { StaffSession } from '../../../contract/schemas/member.ts';
import type { Role } from '../../../domain/case.ts';
import { writeAudit } from '../../../store/audit.ts';
import { databaseNow } from '../../../store/clock.ts';
import { memberOfEmail, signInMember } from '../../../store/member-sign-in.ts';
import { endSession } from '../../../store/sessions.ts';
import { hashingFloorMs } from '../../alike.ts';
import { answer } from '../../answer.ts';
import { handle } from '../../handle.ts';
import { staffActor } from './staff-actor.ts';

/** Nobody's id: an unknown address costs the same statements. */
const nobody = '00000000-0000-0000-0000-000000000000';

const signIn = handle(
  staffSignIn,
  async ({ body, address }, { database, passwords }) => {
    const member = await memberOfEmail(database, body.email);
    const isRight = await passwords.isRight(member?.active ? member.passwordHash : undefined, body.password);
    const token = await database.transaction((tx) =>
      signInMember(tx, {
        memberId: member?.id ?? nobody,
        passwordHash: member?.passwordHash ?? '',
        isRight,
        actor: { kind: 'person', address },
      }),
    );
    if (!member || token === undefined) throw new Problem('login_unsuccessful', { nextStep: nextStepForStaff });
    return answer({ body: sessionOf(member), cookies: [{ kind: 'staff', value: token }] });
  },
  { refusalsNoSoonerThanMs: hashingFloorMs },
);

const nextStepForStaff =
  'Check that Caps Lock is off and that no blank is too many. After several tries, wait a little. A supervisor can set a new password.';

const read = handle(readStaffSession, async ({ member }) => sessionOf(member));

const signOut = handle(staffSignOut, async ({ member, actor }, { database }) => {
  await database.transaction(async (tx) => {
    await endSession(tx, member.sessionId);
    writeAudit(tx, { at: await databaseNow(tx), actor: staffActor(actor), action: 'staff_signed_out' });
  });
  return answer({ body: undefined, cookies: [{ kind: 'staff', value: undefined }] });
});

function sessionOf({
  id,
  name,
  email,
  roles,
}: {
  id: string;
  name: string;
  email: string;
  roles: Role[];
}): StaffSession {
  return { staff: { id, name, email, roles }, permissions: permissionsOf(roles) };
}

export const staffSessionRoutes = [signIn, read, signOut];
