import type { WireResult } from '../../contract/route.ts';
import { listPatientRecords } from '../../contract/routes/staff/patient-records.ts';
import { kept } from '../parts/kept.ts';
import type { ListOf } from '../parts/use-list.ts';
import { call } from '../server/calls.ts';

/** The organisation's own entry for a person. */
export type PatientRecord = WireResult<typeof listPatientRecords>['data'][number];

export const records: ListOf<PatientRecord> = {
  name: listPatientRecords.name,
  resource: 'patientRecord',
  sort: 'lastName',
  order: 'asc',
  filters: [],
  read: async (query, signal) => (await call(listPatientRecords, { query, ...(signal && { signal }) })).body,
};

/** What is searched for here. Kept out of the address, for it may be a name. */
export const searchedRecords = kept('');

/** Goes along to the records, or to one: the registration e-mail is to be sent. */
export const toSend = { isToSend: true } as const;

/** Whether that came along; what is kept with an address may be anything. */
export function isToSend(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'isToSend' in state && state.isToSend === true;
}

export function recordPath(id: string): string {
  return `/records/${id}`;
}
