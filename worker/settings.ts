import { z } from 'zod';
import { type KeyRing, parseKeyRing } from '../store/key-ring.ts';

/** What the worker process reads from the environment; names and defaults: docs/operations.md. */
export interface WorkerSettings {
  isProduction: boolean;
  databaseUrl: string;
  /** Parsed by the engine (`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, profile files). */
  environment: Readonly<Record<string, string | undefined>>;
  smtpUrl: string;
  /** Without TLS no mail leaves in production. */
  requireTls: boolean;
  /** The only source of links in mails. */
  publicUrl: string;
  keys: KeyRing;
  opsPort: number;
}

/** A wrong or missing setting; its message has one line per setting and never a value. */
export class WrongSetting extends Error {}

/** Reads the worker's settings. Throws `WrongSetting`. An empty value counts as unset. */
export function readWorkerSettings(environment: NodeJS.ProcessEnv = process.env): WorkerSettings {
  const read = parsed(workerSettings, environment);
  const isProduction = read.NODE_ENV === 'production';
  const keys = keyRing(read.GATEHOUSE_KEYS);
  if (isProduction) refuseForProduction(read.PUBLIC_URL, keys);
  return {
    isProduction,
    databaseUrl: read.DATABASE_URL,
    environment,
    smtpUrl: read.SMTP_URL,
    requireTls: isProduction,
    publicUrl: read.PUBLIC_URL.replace(/\/$/, ''),
    keys,
    opsPort: read.WORKER_OPS_PORT,
  };
}

/** What the commands `npm run keys` (app's role) and `npm run retention` (owner) need. */
export interface CommandSettings {
  databaseUrl: string;
  keys: KeyRing;
}

/** Reads the settings of a command that works as the owner (`owner`) or as the app's role. Throws `WrongSetting`. */
export function readCommandSettings(
  role: 'app' | 'owner',
  environment: NodeJS.ProcessEnv = process.env,
): CommandSettings {
  const name = role === 'owner' ? 'DATABASE_OWNER_URL' : 'DATABASE_URL';
  const read = parsed(
    z.object({ [name]: databaseUrl, GATEHOUSE_KEYS: z.string({ error: 'is missing' }) }),
    environment,
  );
  return { databaseUrl: read[name] ?? '', keys: keyRing(read.GATEHOUSE_KEYS ?? '') };
}

function parsed<Shape extends z.ZodType>(shape: Shape, environment: NodeJS.ProcessEnv): z.output<Shape> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = shape.safeParse(given);
  if (result.success) return result.data;
  throw new WrongSetting(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
}

function keyRing(text: string): KeyRing {
  try {
    return parseKeyRing(text);
  } catch (error) {
    throw new WrongSetting(error instanceof Error ? error.message : 'GATEHOUSE_KEYS: cannot be read');
  }
}

function refuseForProduction(publicUrl: string, keys: KeyRing): void {
  const wrong: string[] = [];
  if (!publicUrl.startsWith('https:')) wrong.push('PUBLIC_URL: must be an https address in production');
  for (const [id, key] of keys.byId) {
    if (new Set(key).size < 8) wrong.push(`GATEHOUSE_KEYS: the key "${id}" is not random; make one for production`);
  }
  if (wrong.length > 0) throw new WrongSetting(wrong.join('\n'));
}

const url = (what: string, protocols: readonly string[]) =>
  z
    .string({ error: 'is missing' })
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), `must be ${what}`);

const databaseUrl = url('a PostgreSQL URL, postgresql://role:password@host:5432/database', [
  'postgres:',
  'postgresql:',
]);

const portText = 'must be a port number from 1 to 65535';

const workerSettings = z.object({
  NODE_ENV: z.string().default('development'),
  DATABASE_URL: databaseUrl,
  SMTP_URL: url('a mail relay, smtp://host:port or smtps://user:password@host:port', ['smtp:', 'smtps:']),
  PUBLIC_URL: url('a web address', ['http:', 'https:']),
  GATEHOUSE_KEYS: z.string({ error: 'is missing; give id:base64(32 bytes)' }),
  WORKER_OPS_PORT: z
    .string()
    .regex(/^\d+$/, portText)
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, portText)
    .default(8082),
});
