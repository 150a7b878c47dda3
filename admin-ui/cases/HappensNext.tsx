import AlarmOutlined from '@mui/icons-material/AlarmOutlined';
import ArchiveOutlined from '@mui/icons-material/ArchiveOutlined';
import ErrorIcon from '@mui/icons-material/Error';
import HourglassBottomOutlined from '@mui/icons-material/HourglassBottomOutlined';
import KeyOffOutlined from '@mui/icons-material/KeyOffOutlined';
import KeyOutlined from '@mui/icons-material/KeyOutlined';
import LinkOffOutlined from '@mui/icons-material/LinkOffOutlined';
import LinkOutlined from '@mui/icons-material/LinkOutlined';
import NotificationsNoneOutlined from '@mui/icons-material/NotificationsNoneOutlined';
import PauseCircleOutline from '@mui/icons-material/PauseCircleOutline';
import ScheduleOutlined from '@mui/icons-material/ScheduleOutlined';
import { useTimeZone } from '../parts/portals.ts';
import { Instant, Passed, Remaining } from '../parts/time.tsx';
import { instantInWords } from '../words/dates.ts';
import { useCodeWord, useLanguage, useWords } from '../words/use-words.ts';
import type { Case } from './case.ts';

type TimerName = Case['timers'][number]['name'];

const icons: Readonly<Record<TimerName, typeof AlarmOutlined>> = {
  turns_due: ScheduleOutlined,
  turns_late: AlarmOutlined,
  reminder: NotificationsNoneOutlined,
  closes_unanswered: HourglassBottomOutlined,
  code_expires: HourglassBottomOutlined,
  link_expires: HourglassBottomOutlined,
  closes: ArchiveOutlined,
};

/** Every clock of the case with its name, what is left and the instant; and the truth about the code, never the code. */
export function HappensNext({ of }: { of: Case }) {
  const say = useWords(of.kind);
  const word = useCodeWord();
  const nothing = nothingByItself(of);
  return (
    <div className="sec">
      <h2>{say('case.next.title')}</h2>
      {nothing && <p className="s">{say(nothing)}</p>}
      <ul className="next">
        {of.state === 'waiting_on_applicant' && (
          <li>
            <PauseCircleOutline className="i wait" />
            <span className="b">{say('case.next.paused')}</span>
            <span />
            <span className="meta">{say('case.next.pausedWhy')}</span>
          </li>
        )}
        {of.sla === 'late' && of.lateAt !== null && (
          <li>
            <ErrorIcon className="i late" />
            <span className="b">{say('case.next.passed')}</span>
            <span className="left late">
              <Passed since={of.lateAt} />
            </span>
            <span className="meta">
              <Instant at={of.lateAt} portal={of.portal} />. {say('case.next.passedWhy')}
            </span>
          </li>
        )}
        {of.timers.map(({ name, firesAt }, no) => {
          const Icon = icons[name];
          const colour = name === 'turns_late' && of.sla !== 'ok' ? 'due' : 'm';
          return (
            <li key={`${name} ${firesAt}`}>
              <Icon className={`i ${colour}`} />
              <span className={no === 0 ? 'b' : undefined}>{word('timer', name)}</span>
              <Remaining until={firesAt} className={colour === 'due' ? 'left due' : 'left'} />
              <span className="meta">
                <Instant at={firesAt} portal={of.portal} />. {say(`case.next.${name}`)}
              </span>
            </li>
          );
        })}
        <Code of={of} />
      </ul>
    </div>
  );
}

/** Why nothing happens by itself; undefined where something does. */
function nothingByItself({ state, waitingOn }: Case) {
  if (waitingOn === null) return state === 'expired' ? 'case.next.nothingUntilSent' : 'case.next.nothing';
  if (state === 'locked') return 'case.next.nothingUntilNewLink';
  return state === 'undeliverable' ? 'case.next.nothingUntilAddress' : undefined;
}

function Code({ of }: { of: Case }) {
  const say = useWords(of.kind);
  const word = useCodeWord(of.kind);
  const [language] = useLanguage();
  const timeZone = useTimeZone(of.portal);
  const { secret } = of;
  const [Live, Dead] = of.kind === 'registration' ? [LinkOutlined, LinkOffOutlined] : [KeyOutlined, KeyOffOutlined];
  if (!secret) {
    const isUndecided = of.waitingOn !== null && of.decidedAt === null;
    if (!isUndecided) return null;
    return (
      <li>
        <Live className="i m" />
        <span>{say('case.code')}</span>
        <span className="m">{say('case.code.none')}</span>
        <span className="meta">{say('case.code.noneWhy')}</span>
      </li>
    );
  }
  const isLive = secret.state === 'live';
  const isBad = secret.state === 'burned' || secret.state === 'revoked';
  return (
    <li>
      {isLive || secret.state === 'used' ? <Live className="i ok" /> : <Dead className={isBad ? 'i late' : 'i m'} />}
      <span className="b">{say('case.code')}</span>
      <span className={isLive ? 'tag ok' : isBad ? 'tag late' : 'tag'}>{word('secret', secret.state)}</span>
      <span className="meta">
        {secret.state === 'used'
          ? say('case.code.used')
          : say('case.code.issued', {
              at: instantInWords(new Date(secret.issuedAt), language, timeZone),
              tries: secret.failedAttempts,
            })}
      </span>
    </li>
  );
}
