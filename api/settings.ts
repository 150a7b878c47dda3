import { z } from 'zod';
import { type KeyRing, parseKeyRing } from '../store/key-ring.ts';

/** What the API process is told by its environment (api.md "Settings"); read once at start and passed in. */
export interface ApiSettings {
  port: number;
  opsPort: number;
  databaseUrl: string;
  /** Connections of the process's pool. */
  databaseConnections: number;
  /** What is undefined is found in `environment` (`TEMPORAL_*`) or a profile file. */
  temporal: {
    address: string | undefined;
    namespace: string | undefined;
    environment: Readonly<Record<string, string | undefined>>;
  };
  /** Temporal Web, without a slash at the end; undefined: no links to it. */
  temporalUiUrl: string | undefined;
  /** Origins of Temporal Web that may call the decoder. */
  temporalUiOrigins: readonly string[];
  /** The origin of `PUBLIC_URL`: what links begin with and what `Origin` has to be. */
  publicOrigin: string;
  /** Cookies are `__Host-` and Secure. */
  isHttps: boolean;
  /** Other origins of pages under development; never in production. */
  devOrigins: readonly string[];
  /** Express's `trust proxy`; false: forwarded headers are ignored. */
  trustProxy: number | string | false;
  keys: KeyRing;
  /** Looked at for `/readyz` alone; the API sends no mail. */
  smtpUrl: string | undefined;
  isProduction: boolean;
}

/** A wrong or missing setting; its message has one line per setting and never a value. */
export class WrongSetting extends Error {}

/** Reads the API's settings. Throws `WrongSetting`. An empty value counts as unset. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): ApiSettings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    throw new WrongSetting(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  }
  const read = parsed.data;
  const isProduction = read.NODE_ENV === 'production';
  const publicUrl = new URL(read.PUBLIC_URL ?? `http://localhost:${read.PORT}`);
  const keys = keyRing(read.GATEHOUSE_KEYS);
  if (isProduction) refuseForProduction(publicUrl, read.DEV_ORIGINS, keys);
  return {
    port: read.PORT,
    opsPort: read.OPS_PORT,
    databaseUrl: read.DATABASE_URL,
    databaseConnections: read.DATABASE_CONNECTIONS,
    temporal: { address: read.TEMPORAL_ADDRESS, namespace: read.TEMPORAL_NAMESPACE, environment },
    temporalUiUrl: read.TEMPORAL_UI_URL?.replace(/\/+$/, ''),
    temporalUiOrigins: read.TEMPORAL_UI_ORIGINS,
    publicOrigin: publicUrl.origin,
    isHttps: publicUrl.protocol === 'https:',
    devOrigins: read.DEV_ORIGINS,
    trustProxy: read.TRUST_PROXY,
    keys,
    smtpUrl: read.SMTP_URL,
    isProduction,
  };
}

function keyRing(text: string): KeyRing {
  try {
    return parseKeyRing(text);
  } catch (error) {
    throw new WrongSetting(error instanceof Error ? error.message : 'GATEHOUSE_KEYS: cannot be read');
  }
}

function refuseForProduction({ protocol }: URL, devOrigins: readonly string[], keys: KeyRing): void {
  const wrong: string[] = [];
  if (protocol !== 'https:') wrong.push('PUBLIC_URL: must be an https address in production');
  if (devOrigins.length > 0) wrong.push('DEV_ORIGINS: must not be set in production');
  for (const [id, key] of keys.byId) {
    if (new Set(key).size < 8) wrong.push(`GATEHOUSE_KEYS: the key "${id}" is not random; make one for production`);
  }
  if (wrong.length > 0) throw new WrongSetting(wrong.join('\n'));
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
  z
    .string(`is missing; it must be ${what}`)
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), `must be ${what}`);

/** `https://a.example,https://b.example` as exact origins. */
const origins = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()])))
  .refine((all) => all.every(isOrigin), 'must be origins such as https://temporal.example, with commas between them')
  .transform((all) => all.map((text) => new URL(text).origin));

const settings = z.object({
  NODE_ENV: z.string().optional(),
  PORT: port(8080),
  OPS_PORT: port(8081),
  DATABASE_URL: url('a PostgreSQL URL, postgresql://role:password@host:5432/database', ['postgres:', 'postgresql:']),
  DATABASE_CONNECTIONS: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'must be a number from 1 to 999')
    .default('12')
    .transform(Number),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^\S+:\d+$/, 'must be host:port')
    .optional(),
  TEMPORAL_NAMESPACE: z.string().optional(),
  TEMPORAL_UI_URL: url('the address of Temporal Web', ['http:', 'https:']).optional(),
  TEMPORAL_UI_ORIGINS: origins,
  DEV_ORIGINS: origins,
  PUBLIC_URL: z
    .string()
    .refine(isPublicUrl, 'must be an https address, or http on this machine, without a path')
    .optional(),
  TRUST_PROXY: z
    .string()
    .regex(/^[\w.:/, -]+$/, 'must be the number of proxies before us, or their addresses')
    .refine((text) => text !== 'true', 'must not be true: name the number of proxies, or their addresses')
    .transform((text) => (/^\d+$/.test(text) ? Number(text) : text))
    .optional()
    .transform((given) => given ?? (false as const)),
  GATEHOUSE_KEYS: z.string('is missing; give id:base64(32 bytes)'),
  SMTP_URL: url('a mail relay, smtp://host:port or smtps://user:password@host:port', ['smtp:', 'smtps:']).optional(),
});

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).pathname === '/';
}

function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname } = new URL(text);
  const isLoopback = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return pathname === '/' && (protocol === 'https:' || (protocol === 'http:' && isLoopback));
}
