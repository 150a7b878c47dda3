import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { type Algorithm, hash, verify } from '@node-rs/argon2';

/** Hashing of passwords, bounded to the machine's cores, so that a rush of sign-ins cannot starve everything else. */
export interface Passwords {
  /** The PHC text to store. */
  hash(password: string): Promise<string>;
  /** Whether it is the password. `stored` undefined (nobody of that name) costs the same and is never right. */
  isRight(stored: string | undefined, password: string): Promise<boolean>;
}

/** argon2id m=19456 KiB, t=2, p=1 (security.md); NFC, else exactly as typed. */
export function createPasswords(concurrency: number = availableParallelism()): Passwords {
  const turn = turns(concurrency);
  const hashed = (password: string) => turn(() => hash(password.normalize('NFC'), cost));
  let nobody: Promise<string> | undefined;
  return {
    hash: hashed,
    isRight: async (stored, password) => {
      nobody ??= hashed(randomBytes(16).toString('hex'));
      const against = stored || (await nobody);
      const isRight = await turn(() => verify(against, password.normalize('NFC')));
      return isRight && Boolean(stored);
    },
  };
}

// The package declares its enum const, which cannot be imported; 2 is Argon2id.
const argon2id: Algorithm = 2;
const cost = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Runs at most `most` at once, the others in the order in which they came. */
function turns(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
