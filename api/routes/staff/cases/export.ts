import { exportCases, mostExported } from '../../../../contract/routes/staff/cases.ts';
import { writeAudit } from '../../../../store/audit.ts';
import { type CaseListRow, caseRowsOf, listCaseIds } from '../../../../store/case-list.ts';
import { databaseNow } from '../../../../store/clock.ts';
import type { Database } from '../../../../store/database.ts';
import { handleDownload } from '../../../download.ts';
import { csvLine, csvStart } from '../csv-text.ts';
import { staffActor } from '../staff-actor.ts';

/** The list as a file. Who took how many rows of what is audited before the first one leaves. */
export const exportCasesRoute = handleDownload(exportCases, async ({ query, member, actor }, { database }) => {
  const asked = { ...query, memberId: member.id, portals: member.portals };
  const found = await listCaseIds(database, asked, mostExported + 1);
  const ids = found.slice(0, mostExported);
  const isCut = found.length > ids.length;
  const at = await database.transaction(async (tx) => {
    const now = await databaseNow(tx);
    const { filters, ids: chosen, q } = query;
    // What was searched for may be a name, which the audit does not hold.
    const detail = { rows: ids.length, isCut, filters, chosen: chosen?.length ?? null, isSearched: q !== undefined };
    writeAudit(tx, { at: now, actor: staffActor(actor), action: 'exported', detail });
    return now;
  });
  return {
    fileName: `gatehouse-cases-${at.toISOString().slice(0, 10)}.csv`,
    headers: { 'X-Rows': String(ids.length), 'X-Rows-Cut': String(isCut) },
    pieces: linesOf(database, ids),
  };
});

const rowsAtOnce = 500;

async function* linesOf(database: Database, ids: readonly string[]): AsyncGenerator<string> {
  yield csvStart + csvLine(columns.map(([name]) => name));
  for (let from = 0; from < ids.length; from += rowsAtOnce) {
    const rows = await caseRowsOf(database, ids.slice(from, from + rowsAtOnce));
    yield rows.map((row) => csvLine(columns.map(([, cellOf]) => cellOf(row)))).join('');
  }
}

type Cell = Parameters<typeof csvLine>[0][number];

/** Named as in the list's JSON. No more of the person than it takes to find them. */
const columns: readonly [name: string, cellOf: (row: CaseListRow) => Cell][] = [
  ['reference', (row) => row.reference],
  ['kind', (row) => row.kind],
  ['portal', (row) => row.portal],
  ['state', (row) => row.state],
  ['sla', (row) => row.sla],
  ['flags', (row) => row.flags],
  ['firstName', (row) => row.subject.firstName],
  ['lastName', (row) => row.subject.lastName],
  ['dateOfBirth', (row) => row.subject.dateOfBirth],
  ['email', (row) => row.subject.email],
  ['source', (row) => row.source],
  ['assigneeName', (row) => row.assigneeName],
  ['waitingOn', (row) => row.waitingOn],
  ['receivedAt', (row) => row.receivedAt],
  ['updatedAt', (row) => row.updatedAt],
  ['dueAt', (row) => row.dueAt],
  ['lateAt', (row) => row.lateAt],
  ['expiresAt', (row) => row.expiresAt],
  ['id', (row) => row.id],
];
