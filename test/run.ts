import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packageRoot } from '../prisma/package-root.ts';
import { checkImports, countFiles } from './check-imports.ts';
import { type Count, countVariable } from './reporter.ts';
import { messageOf, startRunDatabase, stopRunDatabase } from './support/database-server.ts';

// `npm test [-- --only unit,api] [-- part of a path …]`: every check and every test, then one line that counts them.
// Without arguments all runs; with `--only` the named steps; with parts of paths only the test files that contain one.

/** Files in test/<folder>/ form the group of that name; every other *.test.ts, and those of test/support/, are unit tests. */
interface Group {
  readonly name: string;
  /** 1 where tests want the processors for themselves: what people wait for is measured by the clock there. */
  readonly workers: 1 | 2;
}

/** In the order they run: what fails fastest comes first. Folders not named here follow, one test at a time. */
const groups: readonly Group[] = [
  { name: 'unit', workers: 2 },
  { name: 'api', workers: 2 },
  { name: 'contract', workers: 2 },
  { name: 'lifecycle', workers: 2 }, // each file has a time-skipping server of its own
  { name: 'replay', workers: 1 },
  { name: 'abuse', workers: 2 },
  { name: 'browser', workers: 2 },
  { name: 'paint', workers: 1 },
  { name: 'faults', workers: 2 },
];

/** A group that takes longer than this hangs. */
const groupLimitMs = 10 * 60_000;
/** A group that has counted its tests but not ended by then has left something open. */
const exitLimitMs = 15_000;

const nothing: Count = { passed: 0, failed: 0, skipped: 0 };
const children = new Set<ChildProcess>();
let isInterrupted = false;
/** Where the groups leave their counts; gone with this process, however it ends in order. */
const countFolder = mkdtempSync(join(tmpdir(), 'gatehouse-count-'));
process.once('exit', () => rmSync(countFolder, { recursive: true, force: true }));

async function main(args: readonly string[]): Promise<void> {
  process.chdir(packageRoot);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, interrupt);

  const { only, patterns } = readArguments(args);
  const started = performance.now();
  const checked = patterns.length === 0 ? await runChecks(only) : nothing;
  const tested = await runGroups(only, patterns);
  await stopRunDatabase();

  const total = sum([checked, tested]);
  const ran =
    tested.passed + tested.failed > 0 ||
    (only.length > 0 && only.every(isCheck) && checked.passed + checked.failed > 0);
  if (isInterrupted) console.log('interrupted');
  else if (!ran) console.log('no test was run');
  console.log(`\n${seconds(started)} in all`);
  const failed = total.failed + (ran && !isInterrupted ? 0 : 1);
  console.log(`${total.passed} passed, ${failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
  process.exit(failed > 0 ? 1 : 0);
}

/** What runs is ended, nothing more is begun, and the count so far is told. A second Ctrl-C ends it at once. */
function interrupt(): void {
  isInterrupted = true;
  for (const child of children) child.kill('SIGTERM');
}

function readArguments(args: readonly string[]): { only: readonly string[]; patterns: readonly string[] } {
  const only: string[] = [];
  const patterns: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--only') only.push(...(args[++at] ?? '').split(','));
    else if (arg.startsWith('--only=')) only.push(...arg.slice('--only='.length).split(','));
    else if (arg.startsWith('-')) refuse(`unknown option ${arg}`);
    else patterns.push(arg);
  }
  const known = [...checks.map(({ name }) => name), ...standingGroups().map(({ name }) => name)];
  for (const name of only) if (!known.includes(name)) refuse(`--only ${name}: there is ${known.join(', ')}`);
  return { only, patterns };
}

function refuse(message: string): never {
  console.error(message);
  console.log('0 passed, 1 failed');
  process.exit(2);
}

/** Each check counts as one. */
const checks: readonly { readonly name: string; readonly run: () => Promise<boolean> }[] = [
  { name: 'types', run: () => succeeds('typescript/bin/tsc', ['-p', 'tsconfig.json', '--noEmit']) },
  { name: 'interface', run: interfaceIsSound },
  { name: 'style', run: () => succeeds('@biomejs/biome/bin/biome', ['check', '--error-on-warnings']) },
  { name: 'imports', run: async () => importsAreInOrder() },
];

const isCheck = (name: string): boolean => checks.some((check) => check.name === name);

async function runChecks(only: readonly string[]): Promise<Count> {
  const counts: Count[] = [];
  for (const { name, run } of checks) {
    if (isInterrupted || (only.length > 0 && !only.includes(name))) continue;
    const started = performance.now();
    const good = await run();
    console.log(`${good ? 'ok  ' : 'FAIL'} ${name} (${seconds(started)})`);
    counts.push({ ...nothing, ...(good ? { passed: 1 } : { failed: 1 }) });
  }
  return sum(counts);
}

/** back-office.md: what the browser loads before the first page shows, compressed. */
const mainBundleBytes = 350 * 1024;

/** The back office typechecks on its own terms (a browser's), and its main script keeps to its size. */
async function interfaceIsSound(): Promise<boolean> {
  if (!(await succeeds('typescript/bin/tsc', ['-p', 'admin-ui/tsconfig.json', '--noEmit']))) return false;
  const page = readFileSync(join(packageRoot, 'dist', 'admin-ui', 'index.html'), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="\/admin\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file ?? '');
  const bytes = scripts.map((file) => gzipSync(readFileSync(join(packageRoot, 'dist', 'admin-ui', file))).length);
  const total = bytes.reduce((sum, size) => sum + size, 0);
  const fits = total > 0 && total <= mainBundleBytes;
  if (!fits) console.log(`the main script has ${total} bytes compressed; ${mainBundleBytes} are allowed`);
  return fits;
}

function importsAreInOrder(): boolean {
  const violations = checkImports(packageRoot);
  for (const { file, line, message } of violations) console.log(`${file}:${line} ${message}`);
  return violations.length === 0 && countFiles(packageRoot) > 0;
}

async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  const { code, output } = await finished(node([join(packageRoot, 'node_modules', program), ...args], 'pipe'));
  if (code !== 0) console.log(output.trimEnd());
  return code === 0;
}

async function runGroups(only: readonly string[], patterns: readonly string[]): Promise<Count> {
  const counts: Count[] = [];
  for (const group of standingGroups()) {
    if (isInterrupted || (only.length > 0 && !only.includes(group.name))) continue;
    const files = testFiles().filter(
      (file) => groupOf(file) === group.name && (patterns.length === 0 || patterns.some((part) => file.includes(part))),
    );
    if (files.length > 0) counts.push(await runGroup(group, files));
  }
  return sum(counts);
}

function standingGroups(): readonly Group[] {
  const found = new Set(testFiles().map(groupOf));
  const named = groups.filter(({ name }) => found.delete(name));
  return [...named, ...[...found].sort().map((name): Group => ({ name, workers: 1 }))];
}

const groupOf = (file: string): string => file.match(/^test\/(?!support\/)([^/]+)\//)?.[1] ?? 'unit';

/** Every *.test.ts, relative to the root, in a stable order. */
function testFiles(folder = packageRoot): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules' && name !== 'dist' && name !== 'generated')
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return testFiles(path);
      return entry.name.endsWith('.test.ts') ? [relative(packageRoot, path).split(sep).join('/')] : [];
    })
    .sort();
}

async function runGroup(group: Group, files: readonly string[]): Promise<Count> {
  const started = performance.now();
  console.log(`\n${group.name}`);
  try {
    await startRunDatabase(); // one server for all groups; the first to come starts it
  } catch (error) {
    console.log(messageOf(error));
    return { ...nothing, failed: 1 };
  }
  const count = await runJest(group, files);
  const good = count.failed === 0;
  console.log(
    `${good ? 'ok  ' : 'FAIL'} ${group.name}: ${count.passed} passed, ${count.failed} failed (${seconds(started)})`,
  );
  return count;
}

async function runJest(group: Group, files: readonly string[]): Promise<Count> {
  const countFile = join(countFolder, `${group.name}.json`);
  const jest = node(
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(packageRoot, 'node_modules/jest/bin/jest.js'),
      '--ci',
      `--maxWorkers=${group.workers}`,
      `--reporters=${join(import.meta.dirname, 'reporter.js')}`,
      '--runTestsByPath',
      ...files,
    ],
    'inherit',
    { [countVariable]: countFile },
  );
  const watch = watchForHanging(jest, countFile);
  const { code } = await finished(jest);
  const hung = watch.end();
  const count: Count = existsSync(countFile) ? JSON.parse(readFileSync(countFile, 'utf8')) : nothing;
  if (hung) console.log(`${group.name}: ${hung}`);
  const unexplained = hung !== undefined || (code !== 0 && count.failed === 0) || count.passed + count.failed === 0;
  return { ...count, failed: count.failed + (unexplained ? 1 : 0) };
}

/** Ends a jest that never ends by itself, and says why. */
function watchForHanging(jest: ChildProcess, countFile: string): { end(): string | undefined } {
  const started = performance.now();
  let counted: number | undefined;
  let reason: string | undefined;
  const timer = setInterval(() => {
    const now = performance.now();
    if (existsSync(countFile)) counted ??= now;
    if (counted !== undefined && now - counted > exitLimitMs)
      reason = 'all tests are through, but something was left open';
    else if (now - started > groupLimitMs) reason = `not through after ${groupLimitMs / 60_000} minutes`;
    if (reason) jest.kill('SIGKILL');
  }, 500);
  return {
    end: () => {
      clearInterval(timer);
      return reason;
    },
  };
}

function node(
  args: readonly string[],
  output: 'pipe' | 'inherit',
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const child = spawn(process.execPath, args, {
    cwd: packageRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output],
  });
  children.add(child);
  return child;
}

function finished(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => (output += data.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      children.delete(child);
      resolve({ code, output });
    });
  });
}

const sum = (counts: readonly Count[]): Count =>
  counts.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    nothing,
  );

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

await main(process.argv.slice(2)).catch(async (error: unknown) => {
  await stopRunDatabase();
  console.error(error);
  console.log('0 passed, 1 failed');
  process.exit(1);
});
