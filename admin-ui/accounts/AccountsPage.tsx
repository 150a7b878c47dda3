import ManageAccountsOutlined from '@mui/icons-material/ManageAccountsOutlined';
import SearchOffOutlined from '@mui/icons-material/SearchOffOutlined';
import { useNavigate } from 'react-router';
import { useKeys } from '../keys/keys.ts';
import { chosenPortal } from '../layout/choices.ts';
import { Empty } from '../parts/Empty.tsx';
import { Kbd } from '../parts/Kbd.tsx';
import { useKept } from '../parts/kept.ts';
import { ListFoot, ListSearch, ViewTabs } from '../parts/ListParts.tsx';
import { type ListColumn, ListRow, ListTable, PortalCell, RowLink } from '../parts/ListTable.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Day } from '../parts/time.tsx';
import { type ListAsked, useList, useListAsked, useListCounts } from '../parts/use-list.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { useSelection } from '../queue/use-selection.ts';
import { dateInWords } from '../words/dates.ts';
import { useCodeWord, useLanguage, useWords } from '../words/use-words.ts';
import { AccountState } from './AccountState.tsx';
import { type AccountRow, accountPath, accountStates, accounts, searchedAccounts } from './accounts.ts';
import '../look/listing.css';

const columns: readonly ListColumn[] = [
  { name: 'name', word: 'accounts.col.name' },
  { name: 'state', word: 'accounts.col.state' },
  { name: 'username', word: 'accounts.col.username', sort: 'username' },
  { name: 'email', word: 'accounts.col.email' },
  { name: 'born', word: 'accounts.col.born' },
  { name: 'portal', word: 'accounts.col.portal' },
  { name: 'opened', word: 'accounts.col.opened', sort: 'createdAt', isRight: true },
];

const counted = { all: {}, ...Object.fromEntries(accountStates.map((state) => [state, { state }])) };

/** Everybody who can sign in, or could: by state, searched by name, username or e-mail. */
export function AccountsPage() {
  const say = useWords();
  const word = useCodeWord();
  const navigate = useNavigate();
  const [q] = useKept(searchedAccounts);
  const asked = useListAsked(accounts, q);
  const list = useList(accounts, asked.query);
  const counts = useListCounts(accounts, counted, list.rows !== undefined);
  const rows = list.rows ?? [];
  const { selected, select, moveBy, remember } = useSelection(rows, '/accounts');
  const [state = 'all'] = asked.values.state ?? [];
  usePageTitle(say('accounts.title'));

  const open = ({ id }: AccountRow) => {
    remember(id);
    navigate(accountPath(id));
  };
  useKeys({ j: () => moveBy(1), k: () => moveBy(-1), enter: selected && (() => open(selected)) });

  return (
    <>
      <div className="head listing-head">
        <h1>{say('accounts.title')}</h1>
        <ListSearch of={searchedAccounts} label={say('accounts.search')} changed={() => asked.change({})} />
      </div>
      <ViewTabs
        label={say('accounts.views')}
        views={['all', ...accountStates].map((name) => ({
          name,
          label: name === 'all' ? say('accounts.view.all') : word('accountState', name),
          count: counts[name],
        }))}
        chosen={state}
        choose={(name) => asked.change({ state: name === 'all' ? undefined : name })}
        newCount={list.newCount}
        showNew={list.reload}
      />
      <div className="split alone">
        <Pane className="pane" label={say('accounts.title')} isBusy={list.isLoading || list.isOld}>
          <ListTable
            className="listing accounts"
            columns={columns}
            asked={asked}
            list={list}
            nothing={<Nothing asked={asked} />}
          >
            {(row) => (
              <Row of={row} isSelected={row.id === selected?.id} select={() => select(row)} open={() => open(row)} />
            )}
          </ListTable>
        </Pane>
      </div>
      <ListFoot asked={asked} list={list}>
        <span className="wide">
          <Kbd>/</Kbd>
          {say('queue.key.search')}
        </span>
      </ListFoot>
    </>
  );
}

interface RowProps {
  of: AccountRow;
  isSelected: boolean;
  select: () => void;
  open: () => void;
}

function Row({ of, isSelected, select, open }: RowProps) {
  const [language] = useLanguage();
  return (
    <ListRow isSelected={isSelected} select={select} open={open}>
      <td className="c-name">
        <RowLink id={of.id} to={accountPath(of.id)} select={select} open={open}>
          {of.firstName} {of.lastName}
        </RowLink>
      </td>
      <td className="c-state">
        <AccountState state={of.state} />
      </td>
      <td className="c-username" title={of.username}>
        <bdi>{of.username}</bdi>
      </td>
      <td className="c-email" title={of.email}>
        <bdi>{of.email}</bdi>
      </td>
      <td className="c-born">{dateInWords(of.dateOfBirth, language)}</td>
      <PortalCell of={of.portal} />
      <td className="c-opened end">
        <Day at={of.createdAt} portal={of.portal} />
      </td>
    </ListRow>
  );
}

function Nothing({ asked }: { asked: ListAsked }) {
  const say = useWords();
  const [portal, choosePortal] = useKept(chosenPortal);
  const isNarrowed = Boolean(asked.values.state?.length) || portal !== undefined;
  if (asked.q === '' && !isNarrowed) {
    return (
      <Empty icon={<ManageAccountsOutlined className="i" />} title={say('accounts.empty.title')}>
        {say('accounts.empty.why')}
      </Empty>
    );
  }
  return (
    <Empty
      icon={<SearchOffOutlined className="i" />}
      title={asked.q ? say('accounts.empty.search', { q: asked.q }) : say('accounts.empty.view')}
      actions={
        <>
          {isNarrowed && (
            <button
              type="button"
              className="btn"
              onClick={() => {
                choosePortal(undefined);
                asked.change({ state: undefined });
              }}
            >
              {say('accounts.empty.all')}
            </button>
          )}
          {asked.q !== '' && (
            <button type="button" className="btn q" onClick={() => searchedAccounts.set('')}>
              {say('accounts.empty.clear')}
            </button>
          )}
        </>
      }
    >
      {say(asked.q ? 'accounts.empty.searchWhy' : 'accounts.empty.viewWhy')}
    </Empty>
  );
}
