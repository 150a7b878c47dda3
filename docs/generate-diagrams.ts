import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type ApplicationGuard,
  type ApplicationState,
  applicationLifecycle,
  applicationStates,
  isFinal,
  publicStatusOf,
  waitingOn,
} from '../domain/application/lifecycle.ts';
import type { Rule } from '../domain/transition-table.ts';
import { packageRoot } from '../prisma/package-root.ts';

type ApplicationRule = Rule<ApplicationState, ApplicationGuard>;

/** The page's text with its generated parts made anew from the transition table. Throws when the page lacks a marker. */
export function withGeneratedParts(page: string): string {
  const parts = { diagram: diagram(), states: statesTable(), moves: movesTable() };
  return Object.entries(parts).reduce((text, [name, part]) => replacePart(text, name, part), page);
}

export const applicationPage = path.join(packageRoot, 'docs', 'lifecycle-application.md');

function replacePart(page: string, name: string, part: string): string {
  const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/lifecycle-application.md has no part "${name}"`);
  return `${page.slice(0, from + begin.length)}\n${part}\n${page.slice(to)}`;
}

/** Only moves that lead to another state; the table below has them all. */
function diagram(): string {
  const arrows = applicationStates.flatMap((from) => {
    const byTarget = new Map<ApplicationState, string[]>();
    for (const [move, { to }] of movesOf(from)) if (to !== from) byTarget.set(to, [...(byTarget.get(to) ?? []), move]);
    return [...byTarget].map(([to, moves]) => `    ${from} --> ${to}: ${moves.join(', ')}`);
  });
  const ends = applicationStates.filter(isFinal).map((state) => `    ${state} --> [*]`);
  return ['```mermaid', 'stateDiagram-v2', '    [*] --> submitted', ...arrows, ...ends, '```'].join('\n');
}

function statesTable(): string {
  const rows = applicationStates.map((state) => [
    `\`${state}\``,
    waitingOn(state, []) ?? 'nobody: it is over',
    `\`${publicStatusOf[state]}\``,
  ]);
  return table(['state', 'waits on', 'the person sees'], rows);
}

function movesTable(): string {
  const rows = applicationStates.flatMap((state) =>
    movesOf(state).map(([move, rule]) => [
      `\`${state}\``,
      `\`${move}\``,
      rule.to === state ? 'stays' : `\`${rule.to}\``,
      rule.by.join(', '),
      rule.reasons ? rule.reasons.map((reason) => `\`${reason}\``).join(', ') : '',
      rule.guard ? guardWords[rule.guard] : '',
    ]),
  );
  return table(['in', 'move', 'to', 'by', 'reasons', 'only'], rows);
}

const guardWords: Record<ApplicationGuard, string> = {
  live_code: 'with a live code',
  rejected_recently: 'within 30 days of the rejection',
  qualifies_for_automatic_approval:
    'when the policy approves by itself, one record matches wholly and nothing is flagged',
  renewals_left: 'while renewals are left and nothing but `possible_duplicate` is flagged',
  code_issued_or_flagged: 'once a code was issued, or while flagged',
};

function movesOf(state: ApplicationState): [string, ApplicationRule][] {
  return Object.entries<ApplicationRule>(applicationLifecycle[state]);
}

/** Columns of equal width, as the formatter leaves them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** `npm run diagrams`: writes the page. */
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await writeFile(applicationPage, withGeneratedParts(await readFile(applicationPage, 'utf8')));
}
