import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '../prisma/migrate.ts';
import { packageRoot } from '../prisma/package-root.ts';
import { childEnvironment } from './child-environment.ts';
import { projects, startCompiler } from './compiler.ts';
import { type DataFolder, logFile, takeDataFolder } from './data-folder.ts';
import { loadDemonstration } from './demonstration.ts';
import { startPostgres } from './embedded-postgres.ts';
import { findTemporal } from './find-temporal.ts';
import { keptDemoPassword, keptKeys } from './keys-file.ts';
import { plainLinesOf } from './last-line.ts';
import { startMailCatcher } from './mail-catcher.ts';
import { startNode } from './node-process.ts';
import { takenPorts, type WantedPort } from './ports.ts';
import { endLeftovers } from './process-identity.ts';
import { type Reloaded, reloadingAfter } from './reloading.ts';
import { type LauncherSettings, readSettings } from './settings.ts';
import { endOnSignals, Shutdown, type Stage } from './shutdown.ts';
import { type Supervised, type SuperviseOptions, supervise } from './supervise.ts';
import { startTemporal } from './temporal-server.ts';

/** sysexits' EX_CONFIG: worker and API end with it when a setting is wrong, and starting them again cannot help. */
const WRONG_SETTING = 'exit code 78';

interface Launch {
  settings: LauncherSettings;
  folder: DataFolder;
  shutdown: Shutdown;
  /** `npm run dev`: what is edited is taken over while everything runs. */
  isReloading: boolean;
}

interface Database {
  appUrl: string;
  /** undefined: somebody else migrates it. */
  ownerUrl: string | undefined;
  isNew: boolean;
}

const startedAt = performance.now();

/**
 * `npm start`: the whole of Gatehouse on this machine, every part a child that is started again when it dies. With `--reload`
 * (`npm run dev`) the sources are watched: worker and API are started again when theirs change, the back office changes in place.
 */
async function start(): Promise<void> {
  process.stdout.on('error', () => undefined); // whoever reads us may go first
  const settings = readSettings(process.env);
  const folder = await takeDataFolder(settings.dataDir);
  const shutdown = new Shutdown(folder.release);
  endOnSignals(shutdown, print);
  try {
    await launch({ settings, folder, shutdown, isReloading: process.argv.includes('--reload') });
  } catch (error) {
    if (shutdown.isAsked) return; // what fails while everything ends is no news
    await shutdown.run();
    throw error;
  }
}

async function launch(launch: Launch): Promise<void> {
  const { settings, folder } = launch;
  print(`Gatehouse is starting; its data is in ${shown(settings.dataDir)}`);
  const left = await endLeftovers(folder.run);
  if (left.length > 0) print(`  an earlier run was killed and left ${left.join(', ')} running; ended`);
  const taken = await takenPorts(wantedPorts(launch));
  if (taken.length > 0) throw new Error(taken.join('\n'));

  const keys = settings.keys ?? (await keptKeys(settings.dataDir));
  const staffPassword = settings.demoPassword ?? (await keptDemoPassword(settings.dataDir));
  const [database] = await Promise.all([
    readyDatabase(launch, keys, staffPassword),
    settings.isTemporalEmbedded
      ? runTemporal(launch)
      : note(`Temporal is ${process.env.TEMPORAL_ADDRESS ?? "the profile's"}`),
    settings.smtpUrl === undefined ? runMailCatcher(launch) : note('mails go to SMTP_URL'),
  ]);
  launch.shutdown.throwIfAsked();
  const devOrigins = launch.isReloading ? originsOf(settings.ports.adminUi) : [];
  const env = childEnvironment(settings, { appUrl: database.appUrl, keys, devOrigins }, process.env);
  const [worker, api] = await Promise.all([
    runOwn(launch, 'worker', env),
    runOwn(launch, 'api', env),
    ...(launch.isReloading ? [runAdminUi(launch)] : []),
  ]);
  if (launch.isReloading) await reload(launch, { worker, api });
  await untilReady(launch, 'api');
  printAddresses(launch, staffPassword);
}

/** PostgreSQL up, migrated, and with the demonstration data when wanted. */
async function readyDatabase(launch: Launch, keys: string, staffPassword: string): Promise<Database> {
  const { settings } = launch;
  const database = settings.database ? { ...settings.database, isNew: false } : await runPostgres(launch);
  const { appUrl, ownerUrl, isNew } = database;
  if (ownerUrl === undefined) {
    print('  DATABASE_OWNER_URL is not set: migrations and demonstration data are left to you');
    return database;
  }
  const appRole = decodeURIComponent(new URL(appUrl).username);
  const applied = await migrate({ ownerUrl, appRole, log: (line) => print(`  ${line}`) });
  if (applied.length > 0) step(`database migrated (${applied.length} new)`);
  if (!settings.isDemo) return database;
  const demonstration = { dataDir: settings.dataDir, ownerUrl, appUrl, keys, staffPassword, isNewDatabase: isNew };
  if ((await loadDemonstration(demonstration)) === 'loaded') step('demonstration data loaded');
  return database;
}

async function runPostgres(launch: Launch): Promise<Database> {
  const { settings, folder } = launch;
  const file = await logFile(folder, 'postgres');
  let database: Database | undefined;
  const begin = async () => {
    const running = await startPostgres({
      dataDir: settings.dataDir,
      port: settings.ports.postgres,
      logFile: file,
      log: (line) => print(`  ${line}`),
    });
    database ??= running;
    return running;
  };
  await add(launch, 'foundation', { name: 'PostgreSQL', start: begin, signal: 'SIGINT' });
  if (database === undefined) throw new Error('PostgreSQL did not start');
  step(`PostgreSQL on port ${settings.ports.postgres}`);
  return database;
}

async function runTemporal(launch: Launch): Promise<void> {
  const { settings, folder } = launch;
  const program = await findTemporal({ log: (line) => print(`  ${line}`) });
  const file = await logFile(folder, 'temporal');
  const begin = () =>
    startTemporal({
      program,
      dataDir: folder.temporal,
      port: settings.ports.temporal,
      uiPort: settings.ports.temporalUi,
      namespace: settings.temporalNamespace,
      logFile: file,
    });
  await add(launch, 'foundation', { name: 'Temporal', start: begin });
  step(`Temporal on port ${settings.ports.temporal}`);
}

async function runMailCatcher(launch: Launch): Promise<void> {
  const { settings, folder } = launch;
  const { smtp, mailUi } = settings.ports;
  const file = await logFile(folder, 'mail');
  const begin = () => startMailCatcher({ mailDir: folder.mails, smtpPort: smtp, uiPort: mailUi, logFile: file });
  await add(launch, 'mail', { name: 'mail catcher', start: begin });
  step(`mail catcher on port ${smtp}`);
}

/** Worker or API, as in production: `node dist/<room>/main.js`. */
async function runOwn(launch: Launch, room: Reloaded, env: NodeJS.ProcessEnv): Promise<Supervised> {
  const script = path.join(packageRoot, 'dist', room, 'main.js');
  const file = await logFile(launch.folder, room);
  let from = 0;
  const isHopeless = (how: string) => {
    if (how !== WRONG_SETTING) return false;
    void plainLinesOf(file, from).then((lines) => launch.shutdown.failWith(`${room}: ${lines}`));
    return true;
  };
  const begin = async () => {
    from = await sizeOf(file);
    return startNode({ script, env, logFile: file, stopMs: 10_000, isBackground: room === 'worker' });
  };
  return add(launch, room, { name: room, start: begin, isHopeless });
}

/** The back office from its sources, on a port of its own. */
async function runAdminUi(launch: Launch): Promise<void> {
  const { ports } = launch.settings;
  const script = path.join(packageRoot, 'dist', 'dev', 'admin-ui-server.js');
  const file = await logFile(launch.folder, 'admin-ui');
  const begin = async () => {
    const args = [String(ports.adminUi), String(ports.api)];
    const running = startNode({ script, args, env: process.env, logFile: file, stopMs: 2_000 });
    const how = await Promise.race([running.said('listening'), running.ended]);
    if (how !== 'listening') throw new Error(`the back office is not served (${how}); its log: ${shown(file)}`);
    return running;
  };
  await add(launch, 'api', { name: 'back office', start: begin });
  step(`back office on port ${ports.adminUi}`);
}

/** Compiles what is edited, and starts worker and API again when it is theirs. */
async function reload(launch: Launch, own: Record<Reloaded, Supervised>): Promise<void> {
  const restart = async (name: Reloaded) => {
    await own[name].restart();
    await untilReady(launch, name).catch(() => undefined); // everything ends
  };
  const compiled = await reloadingAfter({ restart, print: (line) => print(`  ${line}`) });
  await Promise.all(
    projects.map((project, no) =>
      add(launch, 'api', { name: `compiler ${no + 1}`, start: () => startCompiler(project, compiled) }),
    ),
  );
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

type Part = Omit<SuperviseOptions, 'runFolder' | 'log'>;

async function add({ folder, shutdown }: Launch, stage: Stage, part: Part): Promise<Supervised> {
  const log = (line: string) => print(`  ${line} (logs: ${shown(folder.logs)})`);
  return shutdown.add(stage, supervise({ ...part, runFolder: folder.run, log }));
}

/** Ready is what the operations port says; every 15 s it says what it still waits for. */
async function untilReady({ settings, shutdown }: Launch, room: Reloaded): Promise<void> {
  const port = room === 'api' ? settings.ports.ops : settings.ports.workerOps;
  const url = `http://127.0.0.1:${port}/readyz`;
  let reportAt = performance.now() + 15_000;
  for (;;) {
    shutdown.throwIfAsked();
    const answer = await readiness(url, room);
    if (answer === 'ready') return;
    if (performance.now() > reportAt) {
      print(`  still waiting (${seconds()}): ${answer}`);
      reportAt += 15_000;
    }
    await sleep(100);
  }
}

async function readiness(url: string, room: Reloaded): Promise<string> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    const text = await answer.text();
    return answer.ok ? 'ready' : text.slice(0, 400);
  } catch {
    return `the ${room === 'api' ? 'API' : room} does not answer yet`;
  }
}

function wantedPorts({ settings, isReloading }: Launch): WantedPort[] {
  const { ports, database, isTemporalEmbedded, smtpUrl } = settings;
  const host = '127.0.0.1';
  return [
    { setting: 'PORT', port: ports.api },
    { setting: 'OPS_PORT', port: ports.ops },
    { setting: 'WORKER_OPS_PORT', port: ports.workerOps },
    ...(database === undefined ? [{ setting: 'POSTGRES_PORT', port: ports.postgres, host }] : []),
    ...(isTemporalEmbedded ? [{ setting: 'TEMPORAL_PORT', port: ports.temporal, host }] : []),
    ...(isTemporalEmbedded ? [{ setting: 'TEMPORAL_UI_PORT', port: ports.temporalUi, host }] : []),
    ...(smtpUrl === undefined ? [{ setting: 'SMTP_PORT', port: ports.smtp, host }] : []),
    ...(smtpUrl === undefined ? [{ setting: 'MAIL_UI_PORT', port: ports.mailUi, host }] : []),
    ...(isReloading ? [{ setting: 'ADMIN_UI_PORT', port: ports.adminUi, host }] : []),
  ];
}

/** Both names of this machine under which a browser may show the page. */
function originsOf(port: number): string[] {
  return ['localhost', '127.0.0.1'].map((host) => `http://${host}:${port}`);
}

function printAddresses({ settings, isReloading }: Launch, staffPassword: string): void {
  const { ports } = settings;
  const site = settings.publicUrl.replace(/\/$/, '');
  const rows: [string, string][] = [
    ['Back office', `${isReloading ? `http://localhost:${ports.adminUi}` : site}/admin/`],
    ...(settings.isDemo ? [['Patients', `${site}/p/harborview/`] satisfies [string, string]] : []),
    ['API', `${site}/api/docs`],
  ];
  if (settings.isTemporalEmbedded) rows.push(['Temporal Web', `http://localhost:${ports.temporalUi}`]);
  if (settings.smtpUrl === undefined) rows.push(['Mails', `http://localhost:${ports.mailUi}`]);
  rows.push(['Operations', `http://localhost:${ports.ops}/readyz, /livez, /metrics`]);
  rows.push(['Logs', shown(path.join(settings.dataDir, 'logs'))]);
  print(`\nGatehouse is ready (${seconds()})\n`);
  for (const [what, where] of rows) print(`  ${what.padEnd(14)}${where}`);
  if (settings.isDemo) {
    const password = settings.demoPassword === undefined ? staffPassword : '(GATEHOUSE_DEMO_PASSWORD)';
    print(`\n  Sign in as clerk@, reviewer@, supervisor@, operator@ or auditor@gatehouse.example`);
    print(`  Password      ${password}`);
  }
  if (isReloading)
    print('\n  What you save is taken over: the back office in place, worker and API by starting again.');
  print('\n  Ctrl-C ends everything.\n');
}

async function note(line: string): Promise<void> {
  step(line);
}

function step(line: string): void {
  print(`  ${line.padEnd(44)}${seconds().padStart(8)}`);
}

function seconds(): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}

/** A path as people type it from where they stand. */
function shown(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') ? file : relative || '.';
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

start().catch((error: unknown) => {
  for (const line of (error instanceof Error ? error.message : String(error)).split('\n'))
    process.stderr.write(`${line}\n`);
  process.exit(1);
});
