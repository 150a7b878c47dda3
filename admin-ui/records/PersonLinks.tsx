import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { AccountState } from '../accounts/AccountState.tsx';
import { accountPath } from '../accounts/accounts.ts';
import { casePath } from '../cases/case.ts';
import { StateOrTrouble } from '../parts/StateChip.tsx';
import { TroubleNote } from '../parts/Trouble.tsx';
import { useDayOf } from '../parts/time.tsx';
import { useMay } from '../parts/use-me.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import { type CasesAsked, useAccountsOf, useCasesOf } from './person-links.ts';

/** The cases of a record or an account, each a link. `openedBy`: the case that opened the account. */
export function CasesOf({ of, none, openedBy }: { of: CasesAsked; none: string; openedBy?: string | null }) {
  const say = useWords();
  const word = useCodeWord();
  const may = useMay();
  const day = useDayOf();
  const found = useCasesOf(of);
  if (!may('case.read')) return null;
  return (
    <Links title={say('records.cases')} none={none} found={found}>
      {(row) => (
        <>
          <span className="row">
            <Link className="ref b" to={casePath(row.id)}>
              {row.reference}
            </Link>
            <span className="grow" />
            <StateOrTrouble of={row} />
          </span>
          <span className="meta m">
            {word('kind', row.kind)}, {say('records.received', { at: day(row.receivedAt, row.portal) })}
            {row.id === openedBy && ` · ${say('accounts.openedBy')}`}
          </span>
        </>
      )}
    </Links>
  );
}

/** The accounts that are or were enrolled with a record, each a link. */
export function AccountsOf({ recordId }: { recordId: string }) {
  const say = useWords();
  const may = useMay();
  const day = useDayOf();
  const found = useAccountsOf(recordId);
  if (!may('account.read')) return null;
  return (
    <Links title={say('records.accounts')} none={say('records.noAccounts')} found={found}>
      {(row) => (
        <>
          <span className="row">
            <Link className="b cut" to={accountPath(row.id)}>
              <bdi>{row.username}</bdi>
            </Link>
            <span className="grow" />
            <AccountState state={row.state} />
          </span>
          <span className="meta m">{say('records.opened', { at: day(row.createdAt, row.portal) })}</span>
        </>
      )}
    </Links>
  );
}

interface LinksProps<Row> {
  title: string;
  none: string;
  found: Pick<UseQueryResult<{ data: readonly Row[]; total: number }>, 'data' | 'error'>;
  children: (row: Row) => ReactNode;
}

function Links<Row extends { id: string }>({ title, none, found: { data, error }, children }: LinksProps<Row>) {
  const say = useWords();
  return (
    <div className="sec" aria-busy={!data && !error}>
      <h2>{title}</h2>
      {error && !data && <TroubleNote error={error} />}
      {data?.data.length === 0 && <p className="s">{none}</p>}
      {data && data.data.length > 0 && (
        <ul className="links">
          {data.data.map((row) => (
            <li key={row.id}>{children(row)}</li>
          ))}
        </ul>
      )}
      {data && data.total > data.data.length && (
        <p className="meta m">{say('records.newest', { smart_count: data.data.length })}</p>
      )}
    </div>
  );
}
