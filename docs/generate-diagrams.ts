import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { applicationLifecycle, publicStatusOf } from '../domain/application/lifecycle.ts';
import type { CaseKind } from '../domain/case.ts';
import type { CaseGuard, CaseState } from '../domain/case-names.ts';
import { lifecycles } from '../domain/lifecycles.ts';
import {
  type CampaignGuard,
  campaignLifecycle,
  campaignStates,
  isCampaignOver,
} from '../domain/registration/campaign.ts';
import { registrationLifecycle } from '../domain/registration/lifecycle.ts';
import type { Rule } from '../domain/transition-table.ts';
import { packageRoot } from '../prisma/package-root.ts';

/** A page of docs/ and what of it is made from the transition tables, by the name in its markers. */
export interface LifecyclePage {
  file: string;
  parts: Readonly<Record<string, () => string>>;
}

/** What a transition table says of a state: its moves in the table's order. */
type TableRule = Rule<string, CaseGuard | CampaignGuard>;
type Table = Readonly<Record<string, Readonly<Record<string, TableRule>>>>;

const tables: Record<CaseKind, Table> = { application: applicationLifecycle, registration: registrationLifecycle };

const publicStatus: Readonly<Partial<Record<CaseState, string>>> = publicStatusOf;

/** Columns of the states' table beyond whom a state waits on. */
const more: Record<CaseKind, Record<string, (state: CaseState) => string>> = {
  application: { 'the person sees': (state) => `\`${publicStatus[state]}\`` },
  registration: {},
};

/** Every page that shows a table. */
export const lifecyclePages: readonly LifecyclePage[] = [
  { file: pageOf('application'), parts: partsOf('application') },
  {
    file: pageOf('registration'),
    parts: {
      ...partsOf('registration'),
      'campaign diagram': () => diagram(campaignStates, campaignLifecycle, isCampaignOver),
      'campaign moves': () => movesTable(campaignLifecycle),
    },
  },
];

/** The page's text with its generated parts made anew. Throws when the page lacks a marker. */
export function withGeneratedParts(text: string, { file, parts }: LifecyclePage): string {
  return Object.entries(parts).reduce((page, [name, part]) => replacePart(page, { file, name, part: part() }), text);
}

function pageOf(kind: CaseKind): string {
  return path.join(packageRoot, 'docs', `lifecycle-${kind}.md`);
}

function partsOf(kind: CaseKind): LifecyclePage['parts'] {
  return {
    diagram: () => diagram(lifecycles[kind].states, tables[kind], lifecycles[kind].isFinal),
    states: () => statesTable(kind),
    moves: () => movesTable(tables[kind]),
  };
}

function replacePart(page: string, { file, name, part }: { file: string; name: string; part: string }): string {
  const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/${path.basename(file)} has no part "${name}"`);
  return `${page.slice(0, from + begin.length)}\n${part}\n${page.slice(to)}`;
}

/** Only moves that lead to another state; the table of moves has them all. A case begins in the first of the states. */
function diagram<State extends string>(
  states: readonly State[],
  table: Table,
  isOver: (state: State) => boolean,
): string {
  const arrows = states.flatMap((from) => {
    const byTarget = new Map<string, string[]>();
    for (const [move, { to }] of Object.entries(table[from] ?? {})) {
      if (to !== from) byTarget.set(to, [...(byTarget.get(to) ?? []), move]);
    }
    return [...byTarget].map(([to, moves]) => `    ${from} --> ${to}: ${moves.join(', ')}`);
  });
  const ends = states.filter(isOver).map((state) => `    ${state} --> [*]`);
  return ['```mermaid', 'stateDiagram-v2', `    [*] --> ${states[0]}`, ...arrows, ...ends, '```'].join('\n');
}

function statesTable(kind: CaseKind): string {
  const { states, waitingOn } = lifecycles[kind];
  const rows = states.map((state) => [
    `\`${state}\``,
    waitingOn(state, []) ?? 'nobody: it is over',
    ...Object.values(more[kind]).map((column) => column(state)),
  ]);
  return textTable(['state', 'waits on', ...Object.keys(more[kind])], rows);
}

function movesTable(table: Table): string {
  const rows = Object.entries(table).flatMap(([state, moves]) =>
    Object.entries(moves).map(([move, rule]) => [
      `\`${state}\``,
      `\`${move}\``,
      rule.to === state ? 'stays' : `\`${rule.to}\``,
      rule.by.join(', '),
      reasonsOf(rule),
      rule.guard ? guardWords[rule.guard] : '',
    ]),
  );
  return textTable(['in', 'move', 'to', 'by', 'reasons', 'only'], rows);
}

function reasonsOf({ reasons, mayGive }: TableRule): string {
  const listed = (codes: readonly string[]) => codes.map((reason) => `\`${reason}\``).join(', ');
  if (reasons) return listed(reasons);
  return mayGive ? `may: ${listed(mayGive)}` : '';
}

const guardWords: Record<CaseGuard | CampaignGuard, string> = {
  live_code: 'with a live code',
  live_link: 'with a live link',
  record_usable: 'while the record is not deceased, merged or confidential',
  rejected_recently: 'within 30 days of the rejection',
  qualifies_for_automatic_approval:
    'when the policy approves by itself, one record matches wholly and nothing is flagged',
  renewals_left: 'while renewals are left and nothing but `possible_duplicate` is flagged',
  code_issued_or_flagged: 'once a code was issued, or while flagged',
  rows_ready: 'while a row is ready',
};

/** Columns of equal width, as the formatter leaves them. */
function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** `npm run diagrams`: writes the pages. */
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const page of lifecyclePages) {
    await writeFile(page.file, withGeneratedParts(await readFile(page.file, 'utf8'), page));
  }
}
