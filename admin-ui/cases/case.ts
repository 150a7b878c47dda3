import type { WireResult } from '../../contract/route.ts';
import type { listCaseMessages, listCases, listCaseTimeline, readCase } from '../../contract/routes/staff/cases.ts';

/** A case as lists show it, as it comes over the wire: instants are texts. */
export type CaseRow = WireResult<typeof listCases>['data'][number];
/** The whole case. */
export type Case = WireResult<typeof readCase>;
export type Candidate = Case['matches'][number];
export type RecordTrouble = NonNullable<Candidate['trouble']>;
export type AllowedAction = Case['allowedActions'][number];
export type TimelineEntry = WireResult<typeof listCaseTimeline>['data'][number];
export type CaseMessage = WireResult<typeof listCaseMessages>['data'][number];

export function fullName({ subject }: Pick<CaseRow, 'subject'>): string {
  return `${subject.firstName} ${subject.lastName}`;
}

export function casePath(id: string): string {
  return `/cases/${id}`;
}

/** Whether it hinders the case: a registration is there to show an account that the person has already. */
export function hinders({ code }: RecordTrouble, kind: Case['kind']): boolean {
  return !(kind === 'registration' && code === 'has_account');
}

/** What a record holds in a field. */
export function onFile({ fields }: Candidate, field: Candidate['fields'][number]['field']): string | null {
  return fields.find((each) => each.field === field)?.onFile ?? null;
}
