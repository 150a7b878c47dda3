import { hashPassword } from '../password-hash.ts';
import { demonstrationMembers, type MemberName } from './members.ts';

/** Of the demonstration password, each with a salt of its own. */
export interface PasswordHashes {
  ofMember: Record<MemberName, string>;
  ofAccount: string;
}

/** Hashes the password for every member and for the accounts of the stories; about 40 ms each. */
export async function hashesOf(password: string): Promise<PasswordHashes> {
  const names = Object.keys(demonstrationMembers) as MemberName[];
  const hashes = await Promise.all(names.map(async (name) => [name, await hashPassword(password)] as const));
  const ofMember: Partial<Record<MemberName, string>> = Object.fromEntries(hashes);
  return { ofMember: ofMember as Record<MemberName, string>, ofAccount: await hashPassword(password) };
}
