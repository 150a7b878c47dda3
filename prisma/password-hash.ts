import { type Algorithm, hash, verify } from '@node-rs/argon2';

// The package's enum is declared const; its value is its number.
const argon2id: Algorithm.Argon2id = 2;

/** argon2id m=19456 KiB, t=2, p=1, NFC: what `api/passwords.ts` writes and reads. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 });
}

export function isPasswordOf(stored: string, password: string): Promise<boolean> {
  return verify(stored, password.normalize('NFC'));
}
