import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { actOnAccount, listAccounts, readAccount } from '../../contract/routes/staff/accounts.ts';
import type { AccountAction } from '../../contract/schemas/account.ts';
import { call } from '../server/calls.ts';
import type { Account, AccountBody } from './accounts.ts';

/**
 * Acts on an account and takes the server's answer as the truth. One key per try: the same body sent twice (a double click, a
 * repeat after a lost connection) is one act. Answers undefined while one is under way.
 */
export function useAct(accountId: string) {
  const queries = useQueryClient();
  const tried = useRef<{ of: string; key: string } | undefined>(undefined);
  const isSending = useRef(false);
  const [isPending, setPending] = useState(false);

  const act = useCallback(
    async (action: AccountAction, body: AccountBody): Promise<Account | undefined> => {
      if (isSending.current) return undefined;
      const of = JSON.stringify([action, body]);
      if (tried.current?.of !== of) tried.current = { of, key: crypto.randomUUID() };
      isSending.current = true;
      setPending(true);
      try {
        const params = { accountId, action };
        const answer = await call(actOnAccount, { params, body, idempotencyKey: tried.current.key });
        tried.current = undefined;
        queries.setQueryData([readAccount.name, { accountId }, {}], answer.body);
        for (const name of ['list', 'listCounts']) {
          void queries.invalidateQueries({ queryKey: [name, listAccounts.name] });
        }
        return answer.body;
      } finally {
        isSending.current = false;
        setPending(false);
      }
    },
    [queries, accountId],
  );
  return { act, isPending };
}

/** The account as the person last knew it, when others changed it; `wasSent`: what was sent was refused because of it. */
export interface Changed {
  before: Account;
  wasSent: boolean;
}

/** Notices that the shown account changed by other hands than one's own. */
export function useChanges(current: Account) {
  const known = useRef(current);
  const [changed, setChanged] = useState<Changed | undefined>(undefined);
  const accept = useCallback((now: Account) => {
    known.current = now;
    setChanged(undefined);
  }, []);
  const wasRefused = useCallback(() => setChanged({ before: known.current, wasSent: true }), []);
  useEffect(() => {
    const before = known.current;
    if (current.version > before.version) {
      setChanged((now) => ({ before: now?.before ?? before, wasSent: now?.wasSent ?? false }));
    }
  }, [current]);
  return { changed, accept, wasRefused };
}
