import type { AuthProvider, UserIdentity } from 'react-admin';
import type { Permission } from '../../contract/permissions.ts';
import { Problem } from '../../contract/problems.ts';
import { readStaffSession, staffSignIn, staffSignOut } from '../../contract/routes/staff/session.ts';
import { call, NoConnection } from './calls.ts';
import { currentSession, keepSession, type StaffSession } from './session.ts';

/** Who is signed in and what they may do, by the staff session of the server. */
export const authProvider: AuthProvider = {
  async login({ email, password }: { email: string; password: string }) {
    keepSession((await call(staffSignIn, { body: { email, password } })).body);
    return false; // the sign-in page goes on by itself
  },
  async logout() {
    const wasSignedIn = currentSession() !== undefined;
    keepSession(undefined);
    if (wasSignedIn) await call(staffSignOut).catch(() => undefined); // a session that is gone is signed out
    return '/sign-in';
  },
  async checkAuth() {
    await knownSession();
  },
  async checkError(error: unknown) {
    if (error instanceof Problem && error.code === 'not_signed_in') throw error;
  },
  async getIdentity(): Promise<UserIdentity> {
    const { staff } = await knownSession();
    return { id: staff.id, fullName: staff.name, email: staff.email, roles: staff.roles };
  },
  async getPermissions(): Promise<readonly Permission[]> {
    return (await knownSession()).permissions as Permission[];
  },
};

let asked: Promise<StaffSession> | undefined;

/** The session, asked for once; a connection that is away does not sign anybody out. */
async function knownSession(): Promise<StaffSession> {
  const known = currentSession();
  if (known) return known;
  asked ??= call(readStaffSession)
    .then(({ body }) => {
      keepSession(body);
      return body;
    })
    .finally(() => {
      asked = undefined;
    });
  try {
    return await asked;
  } catch (error) {
    if (error instanceof NoConnection) throw Object.assign(error, { message: 'gh.connection.signIn' });
    throw Object.assign(new Error('gh.signIn.needed'), { redirectTo: '/sign-in', message: false });
  }
}
