import Add from '@mui/icons-material/Add';
import ArrowBack from '@mui/icons-material/ArrowBack';
import CampaignOutlined from '@mui/icons-material/CampaignOutlined';
import { Link, useNavigate } from 'react-router';
import { useKeys } from '../keys/keys.ts';
import { Empty } from '../parts/Empty.tsx';
import { ListFoot } from '../parts/ListParts.tsx';
import { type ListColumn, ListRow, ListTable, PortalCell, RowLink } from '../parts/ListTable.tsx';
import { Pane } from '../parts/Pane.tsx';
import { PortalPick } from '../parts/PortalPick.tsx';
import { Day } from '../parts/time.tsx';
import { useList, useListAsked } from '../parts/use-list.ts';
import { useMay } from '../parts/use-me.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { useSelection } from '../queue/use-selection.ts';
import { useWords } from '../words/use-words.ts';
import { CampaignState, ProgressBar } from './CampaignState.tsx';
import { type Campaign, campaignPath, campaigns } from './campaigns.ts';
import { progressOf } from './progress.ts';
import '../look/listing.css';
import './campaigns.css';

const columns: readonly ListColumn[] = [
  { name: 'name', word: 'campaigns.col.name' },
  { name: 'state', word: 'queue.col.state' },
  { name: 'portal', word: 'queue.col.portal' },
  { name: 'progress', word: 'campaigns.col.progress' },
  { name: 'refused', word: 'campaigns.col.refused', isRight: true },
  { name: 'registered', word: 'campaigns.col.registered', isRight: true },
  { name: 'by', word: 'campaigns.col.by' },
  { name: 'created', word: 'campaigns.col.created', sort: 'createdAt' },
];

/** Registration e-mails to many, newest first, each with how far it is. */
export function CampaignsPage() {
  const say = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const asked = useListAsked(campaigns);
  const list = useList(campaigns, asked.query);
  const rows = list.rows ?? [];
  const { selected, select, moveBy, remember } = useSelection(rows, '/campaigns');
  const isNothing = list.rows !== undefined && rows.length === 0 && !list.isOld;
  usePageTitle(say('campaigns.title'));
  const open = ({ id }: Campaign) => {
    remember(id);
    navigate(campaignPath(id));
  };
  useKeys({
    j: () => moveBy(1),
    k: () => moveBy(-1),
    enter: selected && (() => open(selected)),
    escape: () => navigate('/registrations'),
  });
  const begin = may('campaign.manage') && (
    <Link className="btn p" to="/campaigns/new">
      <Add className="i" />
      {say('campaigns.new')}
    </Link>
  );
  return (
    <>
      <div className="head of-case">
        <Link className="btn q ic" aria-label={say('registrations.back')} to="/registrations">
          <ArrowBack className="i l" />
        </Link>
        <h1>{say('campaigns.title')}</h1>
        <PortalPick changed={() => asked.change({})} />
        <span className="grow" />
        {list.newCount > 0 && (
          <button type="button" className="btn" onClick={list.reload}>
            {say('queue.new', { smart_count: list.newCount })}
          </button>
        )}
        {!isNothing && begin}
      </div>
      <Pane className="pane grow" label={say('campaigns.title')} isBusy={list.isLoading || list.isOld}>
        <ListTable
          className="listing campaigns"
          columns={columns}
          asked={asked}
          list={list}
          nothing={
            <Empty
              icon={<CampaignOutlined className="i" />}
              title={say('campaigns.empty')}
              actions={begin || undefined}
            >
              {say(may('campaign.manage') ? 'campaigns.emptyWhy' : 'campaigns.emptyWhyRead')}
            </Empty>
          }
        >
          {(row) => (
            <Row of={row} isSelected={row.id === selected?.id} select={() => select(row)} open={() => open(row)} />
          )}
        </ListTable>
      </Pane>
      <ListFoot asked={asked} list={list} />
    </>
  );
}

interface RowProps {
  of: Campaign;
  isSelected: boolean;
  select: () => void;
  open: () => void;
}

function Row({ of, isSelected, select, open }: RowProps) {
  const say = useWords();
  const { all, done } = progressOf(of);
  const { counts } = of;
  return (
    <ListRow isSelected={isSelected} select={select} open={open}>
      <td className="c-name">
        <RowLink id={of.id} to={campaignPath(of.id)} title={of.name} select={select} open={open}>
          {of.name}
        </RowLink>
      </td>
      <td className="c-state">
        <CampaignState state={of.state} />
      </td>
      <PortalCell of={of.portal} />
      <td className="c-progress">
        <span className="row">
          <ProgressBar of={of} />
          <span>{say('campaigns.doneOf', { done, all })}</span>
        </span>
      </td>
      <td className="c-refused end">{counts.refused === 0 ? <span className="m">–</span> : counts.refused}</td>
      <td className="c-registered end">{counts.registered === 0 ? <span className="m">–</span> : counts.registered}</td>
      <td className="c-by" title={of.createdBy.name}>
        {of.createdBy.name}
      </td>
      <td className="c-created">
        <Day at={of.createdAt} portal={of.portal} />
      </td>
    </ListRow>
  );
}
