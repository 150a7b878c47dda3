import { z } from 'zod';
import { type KeyRing, parseKeyRing } from '../store/key-ring.ts';

const databaseUrl = z
  .string('is missing; it must be a PostgreSQL URL')
  .refine(
    (text) => URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol),
    'must be a PostgreSQL URL, postgresql://role:password@host:5432/database',
  );

const owner = z.object({
  DATABASE_OWNER_URL: databaseUrl,
  GATEHOUSE_KEYS: z.string('is missing; give id:base64(32 bytes)'),
});

/** What a command needs that works on the data as the database's owner. */
export interface OwnerSettings {
  ownerUrl: string;
  keys: KeyRing;
}

/** Throws one line per wrong setting, each naming it. An empty value counts as unset. */
export function readOwnerSettings(environment: NodeJS.ProcessEnv = process.env): OwnerSettings {
  const read = parse(owner, environment);
  return { ownerUrl: read.DATABASE_OWNER_URL, keys: parseKeyRing(read.GATEHOUSE_KEYS) };
}

const demonstration = owner.extend({
  GATEHOUSE_DEMO_PASSWORD: z.string('is missing: the password of the demonstration staff').min(1, 'must not be empty'),
});

/** What the loader of the demonstration data needs; the launcher sets it. */
export function readDemonstrationSettings(
  environment: NodeJS.ProcessEnv = process.env,
): OwnerSettings & { password: string } {
  const read = parse(demonstration, environment);
  return {
    ownerUrl: read.DATABASE_OWNER_URL,
    keys: parseKeyRing(read.GATEHOUSE_KEYS),
    password: read.GATEHOUSE_DEMO_PASSWORD,
  };
}

const migration = owner.pick({ DATABASE_OWNER_URL: true }).extend({ DATABASE_URL: databaseUrl.optional() });

/** What migrating needs: the database as its owner, and the app's role when it is to be given its rights. */
export function readMigrationSettings(environment: NodeJS.ProcessEnv = process.env): {
  ownerUrl: string;
  appRole: string | undefined;
} {
  const { DATABASE_OWNER_URL: ownerUrl, DATABASE_URL: appUrl } = parse(migration, environment);
  return { ownerUrl, appRole: appUrl && decodeURIComponent(new URL(appUrl).username) };
}

function parse<S extends z.ZodType>(schema: S, environment: NodeJS.ProcessEnv): z.output<S> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
}
