import type { AuthProvider, UserIdentity } from 'react-admin';
import type { Permission } from '../../contract/permissions.ts';
import { Problem } from '../../contract/problems.ts';
import { readStaffSession, staffSignIn, staffSignOut } from '../../contract/routes/staff/session.ts';
import { loadPreferences } from '../preferences/preferences.ts';
import { call, NoConnection } from './calls.ts';
import { currentSession, keepSession, type StaffSession } from './session.ts';

/** Who is signed in and what they may do, by the staff session of the server. */
export const authProvider: AuthProvider = {
  async login({ email, password }: { email: string; password: string }) {
    keepSession((await call(staffSignIn, { body: { email, password } })).body);
    await loadPreferences();
  },
  async logout() {
    const wasSignedIn = currentSession() !== undefined;
    keepSession(undefined);
    mayHaveSession = false;
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

/** The page was served with the word that there is no session's cookie: nothing has to be asked to know that nobody is signed in. */
let mayHaveSession = document.querySelector<HTMLMetaElement>('meta[name=staff-session]')?.content !== 'none';

function mustSignIn(): Error {
  return Object.assign(new Error('not_signed_in'), { redirectTo: '/sign-in', message: false });
}

let asked: Promise<StaffSession> | undefined;

/** The session, asked for once; a connection that is away does not sign anybody out. */
async function knownSession(): Promise<StaffSession> {
  const known = currentSession();
  if (known) return known;
  if (!mayHaveSession) throw mustSignIn();
  asked ??= call(readStaffSession)
    .then(async ({ body }) => {
      keepSession(body);
      await loadPreferences();
      return body;
    })
    .finally(() => {
      asked = undefined;
    });
  try {
    return await asked;
  } catch (error) {
    if (error instanceof NoConnection) throw error;
    throw mustSignIn();
  }
}
