import GroupOutlined from '@mui/icons-material/GroupOutlined';
import HelpOutlineOutlined from '@mui/icons-material/HelpOutlineOutlined';
import HourglassEmptyOutlined from '@mui/icons-material/HourglassEmptyOutlined';
import KeyOffOutlined from '@mui/icons-material/KeyOffOutlined';
import PersonOffOutlined from '@mui/icons-material/PersonOffOutlined';
import PublishedWithChangesOutlined from '@mui/icons-material/PublishedWithChangesOutlined';
import SyncProblemOutlined from '@mui/icons-material/SyncProblemOutlined';
import TaskAltOutlined from '@mui/icons-material/TaskAltOutlined';
import UnsubscribeOutlined from '@mui/icons-material/UnsubscribeOutlined';
import { useState } from 'react';
import { Link } from 'react-router';
import { accountPath } from '../accounts/accounts.ts';
import { casePath } from '../cases/case.ts';
import { needsOfOperations } from '../operations/needs.ts';
import { useNow } from '../parts/clock.ts';
import { useMay } from '../parts/use-me.ts';
import { shortSpan } from '../words/dates.ts';
import { useWords } from '../words/use-words.ts';
import { type Dashboard, type Trouble, type TroubleGroup, type TroubleItem, troublesOf } from './attention.ts';

const icons: Readonly<Record<Trouble, [typeof GroupOutlined, string]>> = {
  mail_refused: [UnsubscribeOutlined, 'late'],
  mail_bounced: [UnsubscribeOutlined, 'late'],
  mail_unknown: [HelpOutlineOutlined, 'due'],
  engine_stuck: [SyncProblemOutlined, 'late'],
  engine_delayed: [HourglassEmptyOutlined, 'due'],
  code_burned: [KeyOffOutlined, 'late'],
  not_me: [PersonOffOutlined, 'late'],
  record_changed: [PublishedWithChangesOutlined, 'due'],
  other: [GroupOutlined, 'acc'],
};

/** What does not run by itself: one line for each sort of trouble, each case a link. */
export function Attention({ of }: { of: Dashboard }) {
  const say = useWords();
  const groups = troublesOf(of);
  return (
    <section aria-labelledby="home-attention">
      <h2 id="home-attention">{say('home.attention')}</h2>
      {groups.length === 0 ? (
        <p className="row s">
          <TaskAltOutlined className="i ok" />
          {say('home.attention.none')}
        </p>
      ) : (
        <ul className="att">
          {groups.map((group) => (
            <Line key={group.trouble} group={group} />
          ))}
        </ul>
      )}
    </section>
  );
}

const namedAtFirst = 2;

function Line({ group: { trouble, items } }: { group: TroubleGroup }) {
  const say = useWords();
  const now = useNow(60_000);
  const [isWhole, setWhole] = useState(false);
  const list = useListOf(trouble);
  const [Icon, colour] = icons[trouble];
  const span = shortSpan(now.getTime() - new Date(items[0]?.since ?? now).getTime());
  const named = isWhole ? items : items.slice(0, namedAtFirst);
  const words = say(`home.attention.${trouble}`, { smart_count: items.length });
  return (
    <li>
      <Icon className={`i ${colour}`} />
      <span className="grow wrap row">
        {list ? (
          <Link className="said" to={list}>
            {words}
          </Link>
        ) : (
          words
        )}
        <span className="refs">
          {named.map((item) => (
            <Subject key={item.id} of={item} />
          ))}
          {items.length > named.length && (
            <button type="button" className="bare link" onClick={() => setWhole(true)}>
              {say('home.attention.more', { smart_count: items.length - named.length })}
            </button>
          )}
        </span>
      </span>
      <span className="m meta nw">{items.length > 1 ? say('home.attention.oldest', { span }) : span}</span>
    </li>
  );
}

/** The screen that holds all of that sort, for who may see it. */
function useListOf(trouble: Trouble): string | undefined {
  const may = useMay();
  const isEngine = trouble === 'engine_stuck' || trouble === 'engine_delayed';
  if (isEngine) return needsOfOperations.some(may) ? '/operations' : undefined;
  return trouble.startsWith('mail_') && may('case.read') ? '/queue?view=delivery' : undefined;
}

function Subject({ of: { subject, id, reference } }: { of: TroubleItem }) {
  const say = useWords();
  const may = useMay();
  if (subject === 'case' && may('case.read')) {
    return (
      <Link className="ref" to={casePath(id)}>
        {reference}
      </Link>
    );
  }
  if (subject === 'account' && may('account.read')) {
    return <Link to={accountPath(id)}>{say('home.attention.account')}</Link>;
  }
  if (reference !== null) return <span className="ref m">{reference}</span>;
  return subject === 'account' ? <span className="m">{say('home.attention.account')}</span> : null;
}
