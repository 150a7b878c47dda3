import path from 'node:path';
import { packageRoot } from '../prisma/package-root.ts';
import type { LauncherSettings } from './settings.ts';

export interface Started {
  appUrl: string;
  keys: string;
  /** Where pages under development are shown; the API takes their calls. */
  devOrigins?: readonly string[];
}

/** What only the launcher may know: the owner's database never reaches the API or the worker. */
const LAUNCHER_ONLY = ['DATABASE_OWNER_URL', 'GATEHOUSE_DEMO_PASSWORD'];

/** The environment of worker and API: ours, less what is the launcher's own, with every address filled in. */
export function childEnvironment(
  settings: LauncherSettings,
  started: Started,
  environment: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const { ports } = settings;
  const inherited = Object.fromEntries(Object.entries(environment).filter(([name]) => !LAUNCHER_ONLY.includes(name)));
  const devOrigins = [inherited.DEV_ORIGINS, ...(started.devOrigins ?? [])].filter(Boolean).join(',');
  const uiPage = `http://localhost:${ports.temporalUi}`;
  return {
    NODE_ENV: 'development',
    TEMPORAL_UI_URL: uiPage,
    TEMPORAL_UI_ORIGINS: `${uiPage},http://127.0.0.1:${ports.temporalUi}`,
    ...inherited,
    ...(devOrigins !== '' && { DEV_ORIGINS: devOrigins }),
    PORT: String(ports.api),
    OPS_PORT: String(ports.ops),
    WORKER_OPS_PORT: String(ports.workerOps),
    PUBLIC_URL: settings.publicUrl,
    DATABASE_URL: started.appUrl,
    GATEHOUSE_KEYS: started.keys,
    GATEHOUSE_DATA_DIR: settings.dataDir,
    TEMPORAL_NAMESPACE: settings.temporalNamespace,
    ...(settings.isTemporalEmbedded ? embeddedTemporal(ports.temporal) : {}),
    SMTP_URL: settings.smtpUrl ?? `smtp://127.0.0.1:${ports.smtp}`,
    ...(settings.smtpUrl === undefined ? { MAIL_UI_URL: `http://localhost:${ports.mailUi}` } : {}),
  };
}

/** A profile file without settings, so that TLS or keys of the user's own Temporal profile are not sent to the dev server. */
function embeddedTemporal(port: number): NodeJS.ProcessEnv {
  return {
    TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
    TEMPORAL_CONFIG_FILE: path.join(packageRoot, 'dev', 'no-temporal-profile.toml'),
  };
}
