import type { OwnAccount } from '../../../contract/schemas/account.ts';
import type { SessionAccount } from '../../../store/sessions.ts';

/** An account as its owner sees it. */
export function presentOwnAccount(account: SessionAccount): OwnAccount {
  const { id, portal, username, email, firstName, state, limited, notifyByEmail, language } = account;
  return { id, portal, username, email, firstName, state, limited, notifyByEmail, language };
}
