import { type AccountAction, accountActionBodies } from '../../contract/schemas/account.ts';
import type { AccountBody } from './accounts.ts';

/** What is typed into the panel of one action; kept while the page stands, whatever happens to the account. */
export interface Draft {
  reason: string;
  note: string;
  email: string;
  checkMethod: string;
  checkDocuments: string;
}

export const emptyDraft: Draft = { reason: '', note: '', email: '', checkMethod: '', checkDocuments: '' };

/** Who a person is may have to be made sure of before these (policy `identityCheckFor`). */
export const checkedActions: readonly AccountAction[] = ['restore', 'unlock', 'changeEmail'];

/** The body of the action, with the fields that it takes and that were filled in. */
export function bodyOf(action: AccountAction, draft: Draft): Omit<AccountBody, 'version'> {
  const method = draft.checkMethod.trim();
  const isChecked = checkedActions.includes(action) && method !== '' && draft.reason !== 'could_not_check';
  return {
    ...(draft.reason && { reason: draft.reason }),
    ...(draft.note.trim() && { note: draft.note }),
    ...('email' in accountActionBodies[action].shape && { email: draft.email.trim() }),
    ...(isChecked && { identityCheck: { method, documentsSeen: draft.checkDocuments.trim() } }),
  };
}
