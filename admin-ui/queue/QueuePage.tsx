import ArrowUpward from '@mui/icons-material/ArrowUpward';
import NoteAddOutlined from '@mui/icons-material/NoteAddOutlined';
import PlayArrow from '@mui/icons-material/PlayArrow';
import { useCallback, useEffect, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { type CaseRow, casePath } from '../cases/case.ts';
import { useMove } from '../cases/use-move.ts';
import { useKeys } from '../keys/keys.ts';
import { keysHelpIsOpen } from '../layout/choices.ts';
import { Kbd } from '../parts/Kbd.tsx';
import { notice } from '../parts/notices.tsx';
import { Pane } from '../parts/Pane.tsx';
import { useTell } from '../parts/Trouble.tsx';
import { useMay } from '../parts/use-me.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { useWords } from '../words/use-words.ts';
import { BulkBar } from './BulkBar.tsx';
import { ExportButton } from './ExportButton.tsx';
import { isOwn, useViewLabel, useViews } from './own-views.ts';
import { noFilters, QueueFilters } from './QueueFilters.tsx';
import { QueuePreview } from './QueuePreview.tsx';
import { QueueTable } from './QueueTable.tsx';
import { SaveView } from './SaveView.tsx';
import { useChecked } from './use-checked.ts';
import { useAsked, useCounts, useQueue } from './use-queue.ts';
import { useSelection } from './use-selection.ts';
import { perPage, type ViewName } from './views.ts';
import { claimNext, worklist } from './worklist.ts';
import './queue.css';

/** The list of cases: saved views, a dense table, a preview beside it; everything by keyboard. */
export function QueuePage() {
  const say = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const asked = useAsked();
  const queue = useQueue(asked);
  const counts = useCounts(queue.rows !== undefined);
  const [isPreviewOpen, setPreviewOpen] = useState(true);
  const rows = queue.rows ?? [];
  const { selected, select, moveBy, remember } = useSelection(rows, '/queue');
  const { claim } = useClaim(queue.patch);
  const { startWorking, isStarting } = useWorking(asked.view.name, asked.query);
  const checked = useChecked(rows, asked.query);
  const allViews = useViews();
  const labelOf = useViewLabel();
  usePageTitle(say('queue.title'));

  const open = useCallback(
    ({ id }: CaseRow) => {
      remember(id);
      worklist.set({ view: asked.view.name, ids: rows.map((row) => row.id) });
      navigate(casePath(id));
    },
    [asked.view.name, rows, navigate, remember],
  );
  useKeys({
    j: () => moveBy(1),
    k: () => moveBy(-1),
    enter: selected && (() => open(selected)),
    x: selected && may('case.assign') ? () => checked.toggle(selected) : undefined,
    c: selected && mayClaim(selected, may('case.claim')) ? () => void claim(selected) : undefined,
  });

  return (
    <>
      <div className="head">
        <h1>{say('queue.title')}</h1>
        <QueueFilters asked={asked} />
        <SaveView asked={asked} />
        <span className="grow" />
        {may('case.export') && <ExportButton asked={asked} />}
        {may('case.create') && (
          <Link className="btn key-in" to="/office">
            <NoteAddOutlined className="i" />
            <span className="words">{say('office.key')}</span>
          </Link>
        )}
        {may('case.claim') && asked.kind !== 'registration' && (
          <button type="button" className="btn p" aria-disabled={isStarting} onClick={startWorking}>
            <PlayArrow className="i" />
            {say('queue.work')}
          </button>
        )}
      </div>
      <nav className="tabs" aria-label={say('queue.views')}>
        {allViews.map(({ name }) => (
          <a
            key={name}
            className={isOwn(name) ? 'own' : undefined}
            href={`?view=${name}`}
            aria-current={name === asked.view.name ? 'page' : undefined}
            onClick={(event) => {
              event.preventDefault();
              asked.change({ ...noFilters, view: name, sort: undefined, order: undefined });
            }}
          >
            {isOwn(name) ? <bdi>{labelOf(name)}</bdi> : labelOf(name)}{' '}
            {counts[name] !== undefined && (
              <span className={name === 'late' && counts[name] !== '0' ? 'n late' : 'n'}>{counts[name]}</span>
            )}
          </a>
        ))}
        <span role="status" className="pill-place">
          {queue.newCount > 0 && (
            <button type="button" className="pill" onClick={queue.showNew}>
              <ArrowUpward className="i" />
              {say('queue.new', { smart_count: queue.newCount })}
            </button>
          )}
        </span>
      </nav>
      {may('case.assign') && <BulkBar checked={checked} done={queue.reload} />}
      <div className={isPreviewOpen && rows.length > 0 ? 'split' : 'split alone'}>
        <Pane className="pane" label={say('queue.title')} isBusy={queue.isLoading || queue.isOld}>
          <QueueTable
            asked={asked}
            queue={queue}
            selected={selected}
            select={select}
            open={open}
            claim={claim}
            hasPreview={isPreviewOpen}
            checked={may('case.assign') ? checked : undefined}
          />
        </Pane>
        {isPreviewOpen && selected && (
          <QueuePreview
            row={selected}
            open={() => open(selected)}
            claim={() => claim(selected)}
            close={() => setPreviewOpen(false)}
          />
        )}
      </div>
      <QueueFoot asked={asked} shown={rows.length} total={queue.total} isCapped={queue.totalIsCapped} />
    </>
  );
}

/** A hint for the row's button; the server decides. */
export function mayClaim(row: CaseRow, isClerk: boolean): boolean {
  return isClerk && row.assignee === null && row.state === 'submitted';
}

function useClaim(patch: (row: CaseRow) => void) {
  const say = useWords();
  const tell = useTell();
  const { move } = useMove();
  const claim = async (row: CaseRow) => {
    try {
      const claimed = await move(row.id, 'claim', { version: row.version });
      if (!claimed) return;
      patch(claimed);
      notice({
        text: say('queue.claimed', { reference: claimed.reference }),
        action: {
          label: say('do.release'),
          do: () =>
            void move(claimed.id, 'release', { version: claimed.version }).then(
              (released) => released && patch(released),
            ),
        },
      });
    } catch (error) {
      const { what, next } = tell(error);
      notice({ text: `${what} ${next}`, isFailure: true });
    }
  };
  return { claim };
}

/** Work this queue: claims the next unclaimed case of the view and opens it. */
function useWorking(view: ViewName, query: ReturnType<typeof useAsked>['query']) {
  const say = useWords();
  const tell = useTell();
  const navigate = useNavigate();
  const [isStarting, setStarting] = useState(false);
  const startWorking = async () => {
    if (isStarting) return;
    setStarting(true);
    try {
      const { page: _page, perPage: _perPage, sort: _sort, order: _order, ...working } = query;
      const next = await claimNext(working);
      if (!next) {
        notice({ text: say('queue.workNone') });
        return;
      }
      worklist.set({ view, ids: [next.id], working });
      notice({ text: say('queue.workTook', { reference: next.reference }) });
      navigate(casePath(next.id));
    } catch (error) {
      const { what, next } = tell(error);
      notice({ text: `${what} ${next}`, isFailure: true });
    } finally {
      setStarting(false);
    }
  };
  return { startWorking, isStarting };
}

interface FootProps {
  asked: ReturnType<typeof useAsked>;
  shown: number;
  total: number;
  isCapped: boolean;
}

function QueueFoot({ asked, shown, total, isCapped }: FootProps) {
  const say = useWords();
  const first = (asked.page - 1) * perPage + 1;
  const isLast = first + shown > total && !isCapped;
  const turn = (by: number) => asked.change({ page: String(asked.page + by) });
  const isPaged = asked.page > 1 || !isLast;
  useEffect(() => {
    document.querySelector('.split > .pane')?.scrollTo({ top: 0 });
  }, []);
  return (
    <div className="foot">
      {shown > 0 && (
        <span>
          {say('queue.foot', {
            from: first,
            to: first + shown - 1,
            total: isCapped ? `${total}+` : total,
            sort: say(`queue.sorted.${asked.sort}.${asked.order}`),
          })}
        </span>
      )}
      {isPaged && (
        <span className="row">
          <button type="button" className="btn q sm" disabled={asked.page === 1} onClick={() => turn(-1)}>
            {say('queue.previousPage')}
          </button>
          <button type="button" className="btn q sm" disabled={isLast} onClick={() => turn(1)}>
            {say('queue.nextPage')}
          </button>
        </span>
      )}
      <span className="grow" />
      <span>
        <Kbd>J</Kbd>
        <Kbd>K</Kbd>
        {say('queue.key.move')}
      </span>
      <span>
        <Kbd>↵</Kbd>
        {say('queue.key.open')}
      </span>
      <span>
        <Kbd>C</Kbd>
        {say('queue.key.claim')}
      </span>
      <span>
        <Kbd>/</Kbd>
        {say('queue.key.search')}
      </span>
      <button type="button" className="bare" onClick={() => keysHelpIsOpen.set(true)}>
        <Kbd>?</Kbd>
        {say('queue.key.all')}
      </button>
    </div>
  );
}
