import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { AccountState } from '../accounts/AccountState.tsx';
import { accountPath } from '../accounts/accounts.ts';
import { casePath } from '../cases/case.ts';
import { StateOrTrouble } from '../parts/StateChip.tsx';
import { TroubleNote } from '../parts/Trouble.tsx';
import { useMay } from '../parts/use-me.ts';
import { dateInWords } from '../words/dates.ts';
import { useLanguage, useWords } from '../words/use-words.ts';
import { type Found, type Person, useAccountsOf, useCasesOf } from './person-links.ts';

/** A person's cases, each a link. `openedBy`: the case that is known to be theirs. */
export function CasesOf({ person, openedBy }: { person: Person; openedBy?: string | null }) {
  const say = useWords();
  const may = useMay();
  const [language] = useLanguage();
  const found = useCasesOf(person, openedBy);
  if (!may('case.read')) return null;
  return (
    <Links title={say('records.cases')} none={say('records.noCases')} why={say('records.foundBy')} found={found}>
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
            {say('records.received', { at: dateInWords(row.receivedAt.slice(0, 10), language) })}
            {row.id === openedBy && ` · ${say('accounts.openedBy')}`}
          </span>
        </>
      )}
    </Links>
  );
}

/** A person's accounts, each a link. */
export function AccountsOf({ person }: { person: Person }) {
  const say = useWords();
  const may = useMay();
  const [language] = useLanguage();
  const found = useAccountsOf(person);
  if (!may('account.read')) return null;
  return (
    <Links
      title={say('records.accounts')}
      none={say('records.noAccounts')}
      why={say('records.accountsFoundBy')}
      found={found}
    >
      {(row) => (
        <>
          <span className="row">
            <Link className="b cut" to={accountPath(row.id)}>
              <bdi>{row.username}</bdi>
            </Link>
            <span className="grow" />
            <AccountState state={row.state} />
          </span>
          <span className="meta m">
            {say('records.opened', { at: dateInWords(row.createdAt.slice(0, 10), language) })}
          </span>
        </>
      )}
    </Links>
  );
}

interface LinksProps<Row> {
  title: string;
  none: string;
  why: string;
  found: UseQueryResult<Found<Row>>;
  children: (row: Row) => ReactNode;
}

function Links<Row extends { id: string }>({ title, none, why, found: { data, error }, children }: LinksProps<Row>) {
  const say = useWords();
  return (
    <div className="sec" aria-busy={!data && !error}>
      <h2>{title}</h2>
      {error && !data && <TroubleNote error={error} />}
      {data?.rows.length === 0 && <p className="s">{none}</p>}
      {data && data.rows.length > 0 && (
        <>
          <ul className="links">
            {data.rows.map((row) => (
              <li key={row.id}>{children(row)}</li>
            ))}
          </ul>
          <p className="meta m">{why}</p>
        </>
      )}
      {data?.cutAt !== undefined && <p className="meta due">{say('records.newest', { smart_count: data.cutAt })}</p>}
    </div>
  );
}
