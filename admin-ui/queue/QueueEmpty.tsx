import SearchOffOutlined from '@mui/icons-material/SearchOffOutlined';
import TaskAltOutlined from '@mui/icons-material/TaskAltOutlined';
import { searchedFor } from '../layout/choices.ts';
import { Empty } from '../parts/Empty.tsx';
import { useWords } from '../words/use-words.ts';
import { useViewLabel } from './own-views.ts';
import { noFilters } from './QueueFilters.tsx';
import type { Asked } from './use-queue.ts';

const told = ['late', 'mine', 'delivery'] as const;

/** Why nothing is here: all is well, or the search or a filter leaves nothing; and the way on. */
export function QueueEmpty({ asked }: { asked: Asked }) {
  const say = useWords();
  const labelOf = useViewLabel();
  const { view, q, kind, states, band } = asked;
  if (q) {
    const viewWord = labelOf(view.name);
    return (
      <Empty
        icon={<SearchOffOutlined className="i" />}
        title={say('queue.empty.search', { q })}
        actions={
          <>
            {view.name !== 'all' && (
              <button type="button" className="btn" onClick={() => asked.change({ ...noFilters, view: 'all' })}>
                {say('queue.empty.searchAll')}
              </button>
            )}
            <button type="button" className="btn q" onClick={() => searchedFor.set('')}>
              {say('queue.empty.searchClear')}
            </button>
          </>
        }
      >
        {view.name === 'all' ? null : say('queue.empty.searchWhy', { view: viewWord })}
      </Empty>
    );
  }
  if (kind || states.length > 0 || band) {
    return (
      <Empty
        icon={<SearchOffOutlined className="i" />}
        title={say('queue.empty.filter')}
        actions={
          <button type="button" className="btn" onClick={() => asked.change(noFilters)}>
            {say('queue.clear')}
          </button>
        }
      >
        {say('queue.empty.filterWhy')}
      </Empty>
    );
  }
  const which = told.find((name) => name === view.name) ?? 'other';
  return (
    <Empty
      icon={<TaskAltOutlined className="i" />}
      title={say(`queue.empty.${which}`)}
      actions={
        view.name === 'open' ? undefined : (
          <button type="button" className="btn" onClick={() => asked.change({ view: 'open' })}>
            {say('queue.empty.go', { view: say('queue.view.open') })}
          </button>
        )
      }
    >
      {say(`queue.empty.${which}Why`)}
    </Empty>
  );
}
