import AlarmOutlined from '@mui/icons-material/AlarmOutlined';
import ErrorIcon from '@mui/icons-material/Error';
import PauseCircleOutline from '@mui/icons-material/PauseCircleOutline';
import ScheduleOutlined from '@mui/icons-material/ScheduleOutlined';
import type { CaseRow } from '../cases/case.ts';
import { dayInWords, daysUntil, shortSpan } from '../words/dates.ts';
import { useLanguage, useWords } from '../words/use-words.ts';
import { useNow } from './clock.ts';
import { useTimeZone } from './portals.ts';

type Promised = Pick<CaseRow, 'sla' | 'state' | 'lateAt' | 'portal'>;

/** How a case stands to its promise: icon, word and colour together; only due and late carry a ground. */
export function PromiseChip({ of }: { of: Promised }) {
  const say = useWords();
  const [language] = useLanguage();
  const timeZone = useTimeZone(of.portal);
  const now = useNow(60_000);
  if (of.sla === null || of.lateAt === null) return <span className="m">–</span>;
  const lateAt = new Date(of.lateAt);
  if (of.state === 'waiting_on_applicant') {
    return <Chip kind="hold" icon={<PauseCircleOutline className="i" />} words={say('promise.paused')} />;
  }
  if (of.sla === 'late') {
    const span = shortSpan(now.getTime() - lateAt.getTime());
    return <Chip kind="late" icon={<ErrorIcon className="i" />} words={say('promise.late', { span })} />;
  }
  const days = daysUntil(lateAt, now, timeZone);
  if (of.sla === 'due') {
    const day = dayInWords(lateAt, language, timeZone).split(' ')[0];
    const words =
      days <= 0 ? say('promise.dueToday') : days === 1 ? say('promise.dueTomorrow') : say('promise.dueOn', { day });
    return <Chip kind="due" icon={<AlarmOutlined className="i" />} words={words} />;
  }
  const span = days > 0 ? `${days} d` : shortSpan(lateAt.getTime() - now.getTime());
  return <Chip kind="ok" icon={<ScheduleOutlined className="i" />} words={say('promise.left', { span })} />;
}

function Chip({ kind, icon, words }: { kind: 'late' | 'due' | 'ok' | 'hold'; icon: React.ReactNode; words: string }) {
  return (
    <span className={`sla ${kind}`}>
      {icon}
      {words}
    </span>
  );
}
