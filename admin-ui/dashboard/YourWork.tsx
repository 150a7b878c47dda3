import PlayArrow from '@mui/icons-material/PlayArrow';
import TaskAltOutlined from '@mui/icons-material/TaskAltOutlined';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { casePath } from '../cases/case.ts';
import { useIsLost } from '../layout/ConnectionBanner.tsx';
import { notice } from '../parts/notices.tsx';
import { PromiseChip } from '../parts/PromiseChip.tsx';
import { usePortalName } from '../parts/portals.ts';
import { StateChip } from '../parts/StateChip.tsx';
import { useTell } from '../parts/Trouble.tsx';
import { claimNext, worklist } from '../queue/worklist.ts';
import { useWords } from '../words/use-words.ts';
import type { Dashboard } from './attention.ts';

type Next = NonNullable<Dashboard['mine']['next']>;

/** The member's own numbers, and the one case to take up now. */
export function YourWork({ of: { mine } }: { of: Dashboard }) {
  const say = useWords();
  const figures = [
    { n: mine.waitingOnStaff, word: say('home.work.now'), to: '/queue?view=mine' },
    { n: mine.dueToday, word: say('home.work.today'), to: '/queue?view=mine' },
    { n: mine.late, word: say('home.work.late'), to: '/queue?view=mine&promise=late', isBad: mine.late > 0 },
    { n: mine.total, word: say('home.work.total'), to: '/queue?view=mine' },
  ];
  return (
    <section className="work" aria-labelledby="home-work">
      <h2 id="home-work">{say('home.work')}</h2>
      <div className="figs">
        {figures.map(({ n, word, to, isBad }) => (
          <Link key={word} to={to}>
            <b className={isBad ? 'fig late' : 'fig'}>{n}</b> <span>{word}</span>
          </Link>
        ))}
      </div>
      {mine.next ? <StartNext next={mine.next} isMine={mine.waitingOnStaff > 0} /> : <NothingNext />}
    </section>
  );
}

function StartNext({ next, isMine }: { next: Next; isMine: boolean }) {
  const say = useWords(next.kind);
  const portalName = usePortalName();
  const isLost = useIsLost();
  const { start, isStarting } = useStart(next, isMine);
  return (
    <div className="go">
      <span className="grow">
        <span className="row wrap">
          <span className="b ref">{next.reference}</span>
          <StateChip of={next} />
          <span className="s">{portalName(next.portal)}</span>
        </span>
        <span className="row wrap next-when">
          <PromiseChip of={next} />
          <span className="s">{say(isMine ? 'home.next.yours' : 'home.next.nobodys')}</span>
        </span>
      </span>
      <button type="button" className="btn p" aria-disabled={isStarting || isLost} onClick={start}>
        <PlayArrow className="i" />
        {say('home.next.start')}
      </button>
    </div>
  );
}

function NothingNext() {
  const say = useWords();
  return (
    <div className="go">
      <TaskAltOutlined className="i l ok" />
      <span className="grow">
        <span className="b">{say('home.next.none')}</span>
        <br />
        <span className="s">{say('home.next.noneWhy')}</span>
      </span>
    </div>
  );
}

/** One's own case, and one that nobody can claim, is opened; one of nobody's is claimed first, and the queue is worked from there. */
function useStart(next: Next, isMine: boolean) {
  const say = useWords();
  const tell = useTell();
  const navigate = useNavigate();
  const isLost = useIsLost();
  const [isStarting, setStarting] = useState(false);
  const start = async () => {
    if (isStarting || isLost) return;
    if (isMine || next.kind === 'registration') {
      worklist.set({ view: isMine ? 'mine' : 'staff', ids: [next.id] });
      navigate(casePath(next.id));
      return;
    }
    setStarting(true);
    try {
      const working = { waitingOn: 'staff', assignee: 'none' };
      const claimed = await claimNext(working);
      worklist.set({ view: 'unassigned', ids: [claimed?.id ?? next.id], working });
      if (claimed) notice({ text: say('queue.workTook', { reference: claimed.reference }) });
      navigate(casePath(claimed?.id ?? next.id));
    } catch (error) {
      const { what, next: step } = tell(error);
      notice({ text: `${what} ${step}`, isFailure: true });
    } finally {
      setStarting(false);
    }
  };
  return { start, isStarting };
}
