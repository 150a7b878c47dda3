import CampaignOutlined from '@mui/icons-material/CampaignOutlined';
import ForwardToInboxOutlined from '@mui/icons-material/ForwardToInboxOutlined';
import PersonAddAltOutlined from '@mui/icons-material/PersonAddAltOutlined';
import SearchOffOutlined from '@mui/icons-material/SearchOffOutlined';
import TaskAltOutlined from '@mui/icons-material/TaskAltOutlined';
import { Link, useNavigate } from 'react-router';
import { type CaseRow, casePath } from '../cases/case.ts';
import { useKeys } from '../keys/keys.ts';
import { chosenPortal } from '../layout/choices.ts';
import { Empty } from '../parts/Empty.tsx';
import { Kbd } from '../parts/Kbd.tsx';
import { useKept } from '../parts/kept.ts';
import { ListFoot, ListSearch, ViewTabs } from '../parts/ListParts.tsx';
import { type ListColumn, ListTable } from '../parts/ListTable.tsx';
import { Pane } from '../parts/Pane.tsx';
import { PortalPick } from '../parts/PortalPick.tsx';
import { type ListAsked, useList, useListAsked, useListCounts } from '../parts/use-list.ts';
import { useMay } from '../parts/use-me.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { useSelection } from '../queue/use-selection.ts';
import { worklist } from '../queue/worklist.ts';
import { toSend } from '../records/records.ts';
import { useWords } from '../words/use-words.ts';
import { RegistrationRow } from './RegistrationRow.tsx';
import { registrations, searchedRegistrations } from './registrations.ts';
import { addressOfView, type RegistrationView, viewNames, viewOf, views } from './views.ts';
import '../look/listing.css';
import './registrations.css';

const columns: readonly ListColumn[] = [
  { name: 'state', word: 'queue.col.state' },
  { name: 'name', word: 'queue.col.name' },
  { name: 'reference', word: 'queue.col.reference', sort: 'reference' },
  { name: 'portal', word: 'queue.col.portal' },
  { name: 'begun', word: 'registrations.col.begun', sort: 'receivedAt' },
  { name: 'sent', word: 'registrations.col.sent' },
  { name: 'opened', word: 'registrations.col.opened' },
  { name: 'identified', word: 'registrations.col.identified' },
  { name: 'tries', word: 'registrations.col.tries', isRight: true },
  { name: 'ends', word: 'queue.col.endsIn', sort: 'expiresAt', isRight: true },
];

const { all: _all, ...narrowed } = views;
const counted = Object.fromEntries(Object.entries(narrowed).map(([name, { filter }]) => [name, filter]));
const troubles: readonly RegistrationView[] = ['undelivered', 'locked'];
/** Views that are at their best when empty. */
const quiet: readonly RegistrationView[] = ['staff', ...troubles];

/** Registration e-mails: who was sent one, how far they came, and what waits for staff. */
export function RegistrationsPage() {
  const say = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const [q] = useKept(searchedRegistrations);
  const asked = useListAsked(registrations, q);
  const list = useList(registrations, asked.query);
  const counts = useListCounts(registrations, counted, list.rows !== undefined);
  const rows = list.rows ?? [];
  const { selected, select, moveBy, remember } = useSelection(rows, '/registrations');
  const view = viewOf(asked.values);
  usePageTitle(say('registrations.title'));

  const open = ({ id }: CaseRow) => {
    remember(id);
    worklist.set({ view: `registrations.${view}`, ids: rows.map((row) => row.id) });
    navigate(casePath(id));
  };
  useKeys({ j: () => moveBy(1), k: () => moveBy(-1), enter: selected && (() => open(selected)) });

  return (
    <>
      <div className="head listing-head">
        <h1>{say('registrations.title')}</h1>
        <ListSearch of={searchedRegistrations} label={say('registrations.search')} changed={() => asked.change({})} />
        <PortalPick changed={() => asked.change({})} />
        <span className="grow" />
        {may('campaign.read') && (
          <Link className="btn" to="/campaigns">
            <CampaignOutlined className="i" />
            {say('campaigns.title')}
          </Link>
        )}
        {may('case.create') && may('record.read') && (
          <Link className="btn p" to="/records" state={toSend} title={say('registrations.sendOneHow')}>
            <PersonAddAltOutlined className="i" />
            {say('registrations.sendOne')}
          </Link>
        )}
      </div>
      <ViewTabs
        label={say('registrations.views')}
        views={viewNames.map((name) => ({
          name,
          label: say(`registrations.view.${name}`),
          count: counts[name],
          isTrouble: troubles.includes(name),
        }))}
        chosen={view}
        choose={(name) => asked.change({ ...addressOfView(name as RegistrationView), campaignId: undefined })}
        newCount={list.newCount}
        showNew={list.reload}
      />
      <Pane className="pane grow" label={say('registrations.title')} isBusy={list.isLoading || list.isOld}>
        <ListTable
          className="listing registrations"
          columns={columns}
          asked={asked}
          list={list}
          nothing={<Nothing asked={asked} view={view} />}
        >
          {(row) => (
            <RegistrationRow
              of={row}
              isSelected={row.id === selected?.id}
              select={() => select(row)}
              open={() => open(row)}
            />
          )}
        </ListTable>
      </Pane>
      <ListFoot asked={asked} list={list}>
        <span className="wide">
          <Kbd>/</Kbd>
          {say('queue.key.search')}
        </span>
      </ListFoot>
    </>
  );
}

/** What would be here, and what to do. */
function Nothing({ asked, view }: { asked: ListAsked; view: RegistrationView }) {
  const say = useWords();
  const may = useMay();
  const [portal, choosePortal] = useKept(chosenPortal);
  if (asked.q !== '' || portal !== undefined || asked.values.campaignId?.length) {
    const isEverything = view === 'all' && asked.q !== '';
    return (
      <Empty
        icon={<SearchOffOutlined className="i" />}
        title={asked.q ? say('registrations.empty.search', { q: asked.q }) : say('registrations.empty.filter')}
        actions={
          <>
            {!isEverything && (
              <button type="button" className="btn" onClick={() => asked.change({ ...addressOfView('all') })}>
                {say('registrations.empty.searchAll')}
              </button>
            )}
            <button
              type="button"
              className="btn q"
              onClick={() => {
                searchedRegistrations.set('');
                choosePortal(undefined);
                asked.change({ campaignId: undefined });
              }}
            >
              {say('queue.clear')}
            </button>
          </>
        }
      >
        {say('registrations.empty.searchWhy', { view: say(`registrations.view.${view}`) })}
      </Empty>
    );
  }
  const isQuiet = quiet.includes(view);
  return (
    <Empty
      icon={isQuiet ? <TaskAltOutlined className="i" /> : <ForwardToInboxOutlined className="i" />}
      title={say(`registrations.empty.${view}`)}
      actions={
        view === 'all' || view === 'waiting' ? (
          may('case.create') && (
            <Link className="btn" to="/records" state={toSend}>
              {say('registrations.sendOne')}
            </Link>
          )
        ) : (
          <button type="button" className="btn" onClick={() => asked.change(addressOfView('waiting'))}>
            {say('queue.empty.go', { view: say('registrations.view.waiting') })}
          </button>
        )
      }
    >
      {say(`registrations.empty.${view}Why`)}
    </Empty>
  );
}
