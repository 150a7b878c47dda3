import { fieldProblem, Problem } from '../../../../contract/problems.ts';
import { importPatientRecords } from '../../../../contract/routes/staff/patient-records.ts';
import { localDate } from '../../../../domain/people/dates.ts';
import { maySee } from '../../../../store/cases.ts';
import { currentPolicy } from '../../../../store/portals.ts';
import { type ImportedRow, importRecords } from '../../../../store/record-imports.ts';
import { handle } from '../../../handle.ts';
import { readRecords } from './read-records.ts';

export const importPatientRecordsRoute = handle(importPatientRecords, async ({ body, actor, tx, now }) => {
  const { portal, csv } = body;
  const policy = maySee(actor, portal) ? await currentPolicy(tx, portal) : undefined;
  if (!policy) throw new Problem('not_found');
  const read = readRecords(csv, localDate(now, policy.timeZone));
  if ('problem' in read) throw fieldProblem('csv', read.problem);
  const imported = await importRecords(tx, { portal, rows: read.records, actor, now });
  const refused: ImportedRow[] = read.refused.map((row) => ({ ...row, outcome: 'refused', id: null }));
  const rows = [...imported, ...refused].sort((a, b) => a.line - b.line);
  const counted = (outcome: ImportedRow['outcome']) => rows.filter((row) => row.outcome === outcome).length;
  return {
    created: counted('created'),
    updated: counted('updated'),
    unchanged: counted('unchanged'),
    refused: counted('refused'),
    rows,
  };
});
