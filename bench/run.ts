import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../prisma/package-root.ts';
import { type House, openHouse } from './house.ts';
import { type CommandLine, readCommandLine, usage } from './options.ts';
import { machine, mediansOf, type RowReport, table } from './report.ts';
import type { Measured, Row } from './row.ts';
import { alikeInTime } from './rows/alike-in-time.ts';
import { applications } from './rows/applications.ts';
import { campaign } from './rows/campaign.ts';
import { caseList } from './rows/case-list.ts';
import { expiry } from './rows/expiry.ts';
import { lifecycle } from './rows/lifecycle.ts';
import { mailDispatch } from './rows/mail-dispatch.ts';
import { redemption } from './rows/redemption.ts';
import { signIns } from './rows/sign-in.ts';
import { start } from './rows/start.ts';

/** In the order of the table; those that share a house come to it at rest. */
const rows: readonly Row[] = [
  applications,
  lifecycle,
  redemption,
  signIns,
  caseList,
  mailDispatch,
  campaign,
  expiry,
  start,
  alikeInTime,
];

const open = new Set<House>();

/** Measures the rows of quality.md "Speed", everything on this machine and on 127.0.0.1 alone. */
async function bench(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) return console.log(usage);
  const asked = readCommandLine(
    args,
    rows.map(({ name }) => name),
  );
  const chosen = rows.filter(({ name }) => asked.only?.includes(name) ?? true);
  const measuredOn = await machine();
  console.log(`${measuredOn}\n${chosen.map(({ name }) => name).join(', ')}; ${asked.rounds} round(s)\n`);
  const reports = await measureAll(chosen, asked);
  const found = table(reports);
  console.log(`\n${found}\n`);
  for (const line of errorLines(reports)) console.log(line);
  if (asked.write) await write(asked, measuredOn, found);
  if (reports.some(({ failure }) => failure !== undefined)) process.exitCode = 1;
}

/** Round after round through all rows, so that what drifts on the machine meets every row alike. */
async function measureAll(chosen: readonly Row[], asked: CommandLine): Promise<RowReport[]> {
  const found = new Map<string, Measured[][]>();
  const failures = new Map<string, string>();
  let shared: House | undefined;
  for (let round = 0; round < asked.rounds; round += 1) {
    for (const row of chosen) {
      if ((row.isOnce && round > 0) || failures.has(row.name)) continue;
      console.log(`round ${round + 1}: ${row.name}`);
      try {
        if (row.house === 'shared') shared ??= await opened(asked);
        const lines = await measureRow(row, shared, asked);
        found.set(row.name, [...(found.get(row.name) ?? []), lines]);
        console.log(table([{ name: row.name, lines }]));
      } catch (error) {
        failures.set(row.name, error instanceof Error ? error.message : String(error));
        console.error(error);
        for (const { stack } of open) console.error(stack.output().split('\n').slice(-8).join('\n'));
      }
    }
  }
  if (shared) await closed(shared);
  return chosen.map(({ name }) => {
    const failure = failures.get(name);
    return { name, lines: mediansOf(found.get(name) ?? []), ...(failure !== undefined && { failure }) };
  });
}

async function measureRow(row: Row, shared: House | undefined, asked: CommandLine): Promise<Measured[]> {
  if (row.house === 'none') return row.run(asked);
  if (row.house === 'shared' && shared) {
    await shared.rest(120);
    return row.run(shared, asked);
  }
  const own = await opened(asked);
  try {
    return await row.run(own, asked);
  } finally {
    await closed(own);
  }
}

async function opened({ environment }: CommandLine): Promise<House> {
  const house = await openHouse(environment);
  open.add(house);
  return house;
}

async function closed(house: House): Promise<void> {
  open.delete(house);
  await house.close();
}

function errorLines(reports: readonly RowReport[]): string[] {
  return reports.flatMap(({ lines }) =>
    lines.flatMap(({ what, firstErrors = [] }) => firstErrors.map((error) => `${what}: ${error}`)),
  );
}

async function write({ quick }: CommandLine, measuredOn: string, found: string): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const kind = quick
    ? 'a quick run: it proves that every row works, its figures are not to be quoted'
    : 'medians of interleaved rounds';
  const text = `# Measured ${day}\n\n${measuredOn}; ${kind}.
Columns from API on: milliseconds of processor time for each of n, spent by that part during the stretch whoever caused it; load is
load generator and mail sink. Everything shares the machine.\n\n${found}\n`;
  await writeFile(path.join(packageRoot, 'bench', 'latest.md'), text);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.allSettled([...open].map((house) => house.close())).then(() => process.exit(130));
  });
}

bench(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
