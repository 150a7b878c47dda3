import type { CallInput } from '../../contract/client.ts';
import { listAccounts } from '../../contract/routes/staff/accounts.ts';
import { listCases } from '../../contract/routes/staff/cases.ts';
import { useCall } from '../parts/use-call.ts';
import { useMay } from '../parts/use-me.ts';

/** Whose cases: those bound to a patient record, or those that opened an account. */
export type CasesAsked = { patientRecordId: string } | { accountId: string };

const shown = 25;

/** The newest cases of a record or an account; nothing is asked for where the member may not read cases. */
export function useCasesOf(of: CasesAsked) {
  const may = useMay();
  const query: CallInput<typeof listCases>['query'] = { ...of, sort: 'receivedAt', order: 'desc', perPage: shown };
  return useCall(listCases, { query }, { enabled: may('case.read') });
}

/** The newest accounts that are or were enrolled with a record. */
export function useAccountsOf(patientRecordId: string) {
  const may = useMay();
  const query = { patientRecordId, sort: 'createdAt', order: 'desc', perPage: shown };
  return useCall(listAccounts, { query }, { enabled: may('account.read') });
}
