import { z } from 'zod';
import { roles } from '../../domain/case.ts';
import { emailAddress, instant, personName, portalId, typedPassword, uuid } from './scalars.ts';

export const role = z.enum(roles);

/** Who is signed in as staff, and what they may do. */
export const staffSession = z
  .object({
    staff: z.object({ id: uuid, name: z.string(), email: z.string(), roles: z.array(role) }),
    permissions: z.array(z.string()),
  })
  .meta({ id: 'StaffSession' });
export type StaffSession = z.output<typeof staffSession>;

export const staffSignInBody = z.strictObject({ email: z.string().min(1).max(320), password: typedPassword });

export const member = z
  .object({
    id: uuid,
    name: z.string(),
    email: z.string(),
    roles: z.array(role),
    portals: z.array(z.string()).describe('The portals the member is limited to; empty = all.'),
    active: z.boolean(),
    hasPassword: z.boolean().describe('Without one nobody can sign in.'),
    createdAt: instant,
  })
  .meta({ id: 'Member' });
export type Member = z.output<typeof member>;

const settable = {
  name: personName,
  roles: z.array(role).min(1).max(roles.length),
  portals: z.array(portalId).max(100),
  password: typedPassword.describe('A first or new password, told to the member in person; ends their sessions.'),
};

export const newMemberBody = z.strictObject({
  ...settable,
  email: emailAddress,
  portals: settable.portals.optional(),
  password: settable.password.optional(),
});

export const changeMemberBody = z
  .strictObject({ ...settable, active: z.boolean().describe('false ends their sessions.') })
  .partial();
