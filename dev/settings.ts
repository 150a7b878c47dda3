import path from 'node:path';
import { z } from 'zod';
import { parseKeyRing } from '../store/key-ring.ts';

/** What `npm start` and `npm run dev` read from the environment; names and defaults: README and docs/operations.md. */
export type LauncherSettings = ReturnType<typeof readSettings>;

/** Throws one line per wrong setting, each naming it. An empty value counts as unset. */
export function readSettings(environment: NodeJS.ProcessEnv) {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  if (!parsed.success)
    throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  const read = parsed.data;
  if (read.DATABASE_OWNER_URL !== undefined && read.DATABASE_URL === undefined)
    throw new Error(
      'DATABASE_URL: is missing; DATABASE_OWNER_URL alone is not enough, the app works under a role of its own',
    );
  if (read.GATEHOUSE_KEYS !== undefined) parseKeyRing(read.GATEHOUSE_KEYS);
  const publicUrl = read.PUBLIC_URL ?? `http://localhost:${read.PORT}`;
  return {
    ports: {
      api: read.PORT,
      ops: read.OPS_PORT,
      workerOps: read.WORKER_OPS_PORT,
      postgres: read.POSTGRES_PORT,
      temporal: read.TEMPORAL_PORT,
      temporalUi: read.TEMPORAL_UI_PORT,
      smtp: read.SMTP_PORT,
      mailUi: read.MAIL_UI_PORT,
      /** The back office from its sources; `npm run dev` alone. */
      adminUi: read.ADMIN_UI_PORT,
    },
    dataDir: path.resolve(read.GATEHOUSE_DATA_DIR),
    publicUrl,
    /** undefined: the embedded one. */
    database:
      read.DATABASE_URL === undefined ? undefined : { appUrl: read.DATABASE_URL, ownerUrl: read.DATABASE_OWNER_URL },
    /** False when a server or a profile is named: nothing is started then. */
    isTemporalEmbedded:
      read.TEMPORAL_ADDRESS === undefined &&
      read.TEMPORAL_PROFILE === undefined &&
      read.TEMPORAL_CONFIG_FILE === undefined,
    temporalNamespace: read.TEMPORAL_NAMESPACE,
    smtpUrl: read.SMTP_URL,
    isDemo: read.GATEHOUSE_DEMO,
    demoPassword: read.GATEHOUSE_DEMO_PASSWORD,
    keys: read.GATEHOUSE_KEYS,
  };
}

const portText = 'must be a port number from 1 to 65535';
const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d+$/, portText)
    .transform(Number)
    .refine((number) => number >= 1 && number <= 65_535, portText)
    .default(fallback);
const url = (what: string, protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), `must be ${what}`);
const databaseUrl = url('a PostgreSQL URL, postgresql://role:password@host:5432/database', [
  'postgres:',
  'postgresql:',
]);

const settings = z.object({
  PORT: port(8080),
  OPS_PORT: port(8081),
  WORKER_OPS_PORT: port(8082),
  POSTGRES_PORT: port(5439),
  TEMPORAL_PORT: port(7233),
  TEMPORAL_UI_PORT: port(8233),
  SMTP_PORT: port(1025),
  MAIL_UI_PORT: port(1080),
  ADMIN_UI_PORT: port(5173),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_OWNER_URL: databaseUrl.optional(),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^\S+:\d+$/, 'must be host:port')
    .optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_PROFILE: z.string().optional(),
  TEMPORAL_CONFIG_FILE: z.string().optional(),
  SMTP_URL: url('a mail relay, smtp://host:port or smtps://user:password@host:port', ['smtp:', 'smtps:']).optional(),
  GATEHOUSE_DATA_DIR: z.string().default('.gatehouse'),
  GATEHOUSE_DEMO: z
    .enum(['0', '1'], 'must be 1 (load the demonstration data) or 0')
    .default('1')
    .transform((text) => text === '1'),
  GATEHOUSE_DEMO_PASSWORD: z.string().optional(),
  GATEHOUSE_KEYS: z.string().optional(),
  PUBLIC_URL: z
    .string()
    .refine(isPublicUrl, 'must be an https address, or http on this machine, without a path')
    .optional(),
});

function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname } = new URL(text);
  const isLoopback = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return pathname === '/' && (protocol === 'https:' || (protocol === 'http:' && isLoopback));
}
