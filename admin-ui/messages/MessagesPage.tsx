import MailOutlined from '@mui/icons-material/MailOutlined';
import SearchOffOutlined from '@mui/icons-material/SearchOffOutlined';
import TaskAltOutlined from '@mui/icons-material/TaskAltOutlined';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { casePath } from '../cases/case.ts';
import { useKeys } from '../keys/keys.ts';
import { chosenPortal } from '../layout/choices.ts';
import { Empty } from '../parts/Empty.tsx';
import { useKept } from '../parts/kept.ts';
import { ListFoot, ViewTabs } from '../parts/ListParts.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Pick } from '../parts/Pick.tsx';
import { PortalPick } from '../parts/PortalPick.tsx';
import { useIsWide } from '../parts/screen-width.ts';
import { type ListAsked, useList, useListAsked, useListCounts } from '../parts/use-list.ts';
import { useMay } from '../parts/use-me.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { useSelection } from '../queue/use-selection.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import { MessageDetail } from './MessageDetail.tsx';
import { MessagesTable } from './MessagesTable.tsx';
import { type Mail, mails, statesOf, templates, type ViewName, viewOf, views } from './mails.ts';
import '../look/listing.css';

const viewNames = Object.keys(views) as ViewName[];
const { all: _all, accepted: _accepted, ...counted } = views;
const troubles: readonly ViewName[] = ['trouble', 'refused', 'bounced'];

/** The outbox over all cases: every mail and what became of it. Operators see the state alone, nothing personal. */
export function MessagesPage() {
  const say = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const isWide = useIsWide();
  const asked = useListAsked(mails);
  const list = useList(mails, asked.query);
  const counts = useListCounts(mails, counted, list.rows !== undefined);
  const rows = list.rows ?? [];
  const { selected, select, moveBy, remember } = useSelection(rows, '/messages');
  const [isDetailOpen, setDetailOpen] = useState(true);
  const view = viewOf(asked.values.state ?? []);
  const hasDetail = isWide && isDetailOpen && selected !== undefined;
  usePageTitle(say('messages.title'));

  const open = ({ id, caseId }: Mail) => {
    if (!caseId || !may('case.read')) return;
    remember(id);
    navigate(casePath(caseId));
  };
  useKeys({ j: () => moveBy(1), k: () => moveBy(-1), enter: selected && (() => open(selected)) });

  return (
    <>
      <div className="head listing-head">
        <h1>{say('messages.title')}</h1>
        <Filters asked={asked} />
      </div>
      <ViewTabs
        label={say('messages.views')}
        views={viewNames.map((name) => ({
          name,
          label: say(`messages.view.${name}`),
          count: counts[name],
          isTrouble: troubles.includes(name),
        }))}
        chosen={view}
        choose={(name) => asked.change({ state: statesOf(name as ViewName), sort: undefined, order: undefined })}
        newCount={list.newCount}
        showNew={list.reload}
      />
      <div className={hasDetail ? 'split' : 'split alone'}>
        <Pane className="pane" label={say('messages.title')} isBusy={list.isLoading || list.isOld}>
          <MessagesTable
            asked={asked}
            list={list}
            selected={selected}
            select={(mail) => {
              select(mail);
              setDetailOpen(true);
            }}
            hasDetail={hasDetail}
            nothing={<Nothing asked={asked} view={view} />}
          />
        </Pane>
        {hasDetail && <MessageDetail key={selected.id} of={selected} close={() => setDetailOpen(false)} />}
      </div>
      <ListFoot asked={asked} list={list} opens={may('case.read')} />
    </>
  );
}

function Filters({ asked }: { asked: ListAsked }) {
  const say = useWords();
  const word = useCodeWord();
  const [template] = asked.values.template ?? [];
  return (
    <>
      <Pick
        label={say('messages.template')}
        chosen={template}
        items={templates.map((name) => ({ value: name, label: word('mail', name) }))}
        choose={(value) => asked.change({ template: value })}
      />
      <PortalPick changed={() => asked.change({})} />
    </>
  );
}

const told = ['all', 'trouble', 'queued'] as const;

function Nothing({ asked, view }: { asked: ListAsked; view: ViewName }) {
  const say = useWords();
  const [, choosePortal] = useKept(chosenPortal);
  const isFiltered = Boolean(asked.values.template?.length) || asked.portal !== undefined || asked.page > 1;
  const showAll = (
    <button
      type="button"
      className="btn"
      onClick={() => {
        choosePortal(undefined);
        asked.change({ state: undefined, template: undefined });
      }}
    >
      {say('messages.empty.go')}
    </button>
  );
  if (isFiltered) {
    return (
      <Empty icon={<SearchOffOutlined className="i" />} title={say('messages.empty.filter')} actions={showAll}>
        {say('queue.empty.filterWhy')}
      </Empty>
    );
  }
  const which = told.find((name) => name === view) ?? 'other';
  const icon = view === 'all' ? <MailOutlined className="i" /> : <TaskAltOutlined className="i" />;
  return (
    <Empty icon={icon} title={say(`messages.empty.${which}`)} actions={view === 'all' ? undefined : showAll}>
      {say(`messages.empty.${which}Why`)}
    </Empty>
  );
}
