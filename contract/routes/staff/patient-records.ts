import { listOf } from '../../list-query.ts';
import { route, uploadBytes } from '../../route.ts';
import { pageOf } from '../../schemas/answers.ts';
import { importBody, importResult, patientRecord } from '../../schemas/record.ts';
import { portalId } from '../../schemas/scalars.ts';

const ofRecords = { tags: ['Patient records'], access: 'staff', status: 200 } as const;

export const listPatientRecords = route({
  ...ofRecords,
  name: 'listPatientRecords',
  method: 'get',
  path: '/staff/patient-records',
  summary: 'Search by name, MRN or date of birth',
  permission: 'record.read',
  idempotent: false,
  list: listOf({
    sorts: ['lastName', 'mrn', 'dateOfBirth', 'updatedAt'],
    defaultSort: 'lastName',
    defaultOrder: 'asc',
    filters: { portal: portalId },
    search: true,
  }),
  response: pageOf(patientRecord),
  problems: [],
});

export const importPatientRecords = route({
  ...ofRecords,
  name: 'importPatientRecords',
  method: 'post',
  path: '/staff/patient-records/imports',
  summary: 'Import a CSV file; good rows count even when others are refused',
  permission: 'record.import',
  idempotent: true,
  body: importBody,
  maxBodyBytes: uploadBytes,
  response: importResult,
  problems: ['not_found'],
});
