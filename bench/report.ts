import { cpus, totalmem } from 'node:os';
import { createPasswords } from '../api/passwords.ts';
import { median } from './load.ts';
import { type Spender, spenders } from './processor-time.ts';
import type { Measured } from './row.ts';

/** Lines of one row, the same ones from every round. */
export interface RowReport {
  name: string;
  lines: Measured[];
  /** Why it could not be measured. */
  failure?: string;
}

/** Lines of the same name become one: medians of the figures, errors added up. */
export function mediansOf(rounds: readonly (readonly Measured[])[]): Measured[] {
  return (rounds[0] ?? []).map(({ what }) => {
    const all = rounds.flatMap((lines) => lines.filter((line) => line.what === what));
    const last = all.at(-1);
    if (!last) throw new Error('a line of the first round is among all');
    return {
      ...last,
      n: median(all.map(({ n }) => n)),
      errors: all.reduce((sum, { errors }) => sum + errors, 0),
      firstErrors: [...new Set(all.flatMap(({ firstErrors = [] }) => firstErrors))].slice(0, 5),
      ...medianField('perSecond', all),
      ...medianField('p50', all),
      ...medianField('p95', all),
      ...(last.cpu && {
        cpu: Object.fromEntries(spenders.map((name) => [name, median(all.map((one) => one.cpu?.[name] ?? 0))])),
      }),
    };
  });
}

function medianField<Name extends 'perSecond' | 'p50' | 'p95'>(name: Name, all: readonly Measured[]) {
  const values = all.flatMap((line) => line[name] ?? []);
  return values.length === 0 ? {} : { [name]: median(values) };
}

const cpuHeads: Record<Spender, string> = {
  api: 'API',
  worker: 'worker',
  postgres: 'PG',
  temporal: 'Temporal',
  load: 'load',
};

const heads = [
  'row',
  'n',
  '/s',
  'p50 ms',
  'p95 ms',
  'errors',
  ...spenders.map((name) => cpuHeads[name]),
  'demanded',
  'note',
];

/** The table as Markdown, which also reads well on a terminal. */
export function table(reports: readonly RowReport[]): string {
  const rows = reports.flatMap(({ name, lines, failure }) => [
    ...lines.map(cells),
    ...(failure === undefined
      ? []
      : [[name, ...heads.slice(2).map(() => ''), `not measured: ${failure.split('\n')[0]}`]]),
  ]);
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => (row[column] ?? '').length)));
  const lineOf = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (isText(column) ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [lineOf(heads), rule, ...rows.map(lineOf)].join('\n');
}

const isText = (column: number) => column === 0 || column >= heads.length - 2;

function cells(line: Measured): string[] {
  const { what, n, errors, perSecond, p50, p95, unit, cpu, demand, note } = line;
  const isRight = demand === undefined ? '' : `${demand.text}: ${demand.isMet(line) ? 'yes' : '**no**'}`;
  return [
    what,
    String(n),
    figure(perSecond),
    figure(p50) + (unit && p50 !== undefined ? ` ${unit}` : ''),
    figure(p95),
    String(errors),
    ...spenders.map((name) => figure(cpu?.[name])),
    isRight,
    note ?? '',
  ];
}

/** Three digits that mean something. */
function figure(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '';
  if (!Number.isFinite(value)) return '∞';
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** What it was measured on, and how fast that is just now: a machine that is shared shows in the price of one hash. */
export async function machine(): Promise<string> {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${cpus().length} cores (${first?.model.trim() ?? 'unknown'}), ${memory} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}; one argon2id ${(await hashMs()).toFixed(1)} CPU-ms`;
}

async function hashMs(): Promise<number> {
  const passwords = createPasswords(1);
  await passwords.hash(samplePassword);
  const before = process.cpuUsage();
  for (let count = 0; count < 10; count += 1) await passwords.hash(samplePassword);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / 10;
}

const samplePassword = 'nobody signs in with this';
