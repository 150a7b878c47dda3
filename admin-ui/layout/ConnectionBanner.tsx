import CloudOffOutlined from '@mui/icons-material/CloudOffOutlined';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { nextTryAt, tryNow } from '../live/stream.ts';
import { useNow } from '../parts/clock.ts';
import { notice } from '../parts/notices.tsx';
import { connection } from '../server/connection.ts';
import { timeInWords } from '../words/dates.ts';
import { useLanguage, useWords } from '../words/use-words.ts';

/** Says how old the page is while nothing passes; reading goes on, deciding waits. */
export function ConnectionBanner() {
  const say = useWords();
  const [language] = useLanguage();
  const { state, lostSince } = useSyncExternalStore(connection.subscribe, connection.current);
  const wasLost = useRef(false);
  useEffect(() => {
    if (state !== 'lost' && wasLost.current) notice({ text: say('connection.back') });
    wasLost.current = state === 'lost';
  }, [state, say]);
  if (!lostSince) return null;
  return (
    <div className="banner late" role="alert">
      <CloudOffOutlined className="i" />
      <p className="grow">
        <b>{say('connection.lost', { at: timeInWords(lostSince, language) })}</b> <NextTry />
      </p>
      <button type="button" className="btn sm" onClick={tryNow}>
        {say('connection.tryNow')}
      </button>
    </div>
  );
}

function NextTry() {
  const say = useWords();
  useNow(1000);
  const left = ((nextTryAt ?? Date.now()) - Date.now()) / 1000;
  const seconds = Number.isFinite(left) ? Math.max(0, Math.ceil(left)) : 0;
  return <span aria-live="off">{say('connection.lostWhy', { seconds })}</span>;
}

/** Whether nothing passes: what would be sent waits. */
export function useIsLost(): boolean {
  return useSyncExternalStore(connection.subscribe, () => connection.current().state === 'lost');
}
