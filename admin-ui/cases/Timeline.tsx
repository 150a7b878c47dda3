import AlarmOutlined from '@mui/icons-material/AlarmOutlined';
import BadgeOutlined from '@mui/icons-material/BadgeOutlined';
import CheckCircleOutline from '@mui/icons-material/CheckCircleOutline';
import DoDisturbOnOutlined from '@mui/icons-material/DoDisturbOnOutlined';
import EditOutlined from '@mui/icons-material/EditOutlined';
import ForwardToInboxOutlined from '@mui/icons-material/ForwardToInboxOutlined';
import HelpOutlineOutlined from '@mui/icons-material/HelpOutlineOutlined';
import InboxOutlined from '@mui/icons-material/InboxOutlined';
import KeyOffOutlined from '@mui/icons-material/KeyOffOutlined';
import KeyOutlined from '@mui/icons-material/KeyOutlined';
import LinkOffOutlined from '@mui/icons-material/LinkOffOutlined';
import LinkOutlined from '@mui/icons-material/LinkOutlined';
import LockOutlined from '@mui/icons-material/LockOutlined';
import MarkEmailReadOutlined from '@mui/icons-material/MarkEmailReadOutlined';
import PersonOutlined from '@mui/icons-material/PersonOutlined';
import StickyNote2Outlined from '@mui/icons-material/StickyNote2Outlined';
import UnfoldMore from '@mui/icons-material/UnfoldMore';
import UnsubscribeOutlined from '@mui/icons-material/UnsubscribeOutlined';
import { useState } from 'react';
import { Instant, useDayHeading } from '../parts/time.tsx';
import { useHistorySentence } from '../parts/use-history-sentence.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import type { CaseRow, TimelineEntry } from './case.ts';

const icons: Readonly<Record<string, typeof PersonOutlined>> = {
  submitted: InboxOutlined,
  approve: CheckCircleOutline,
  auto_approved: CheckCircleOutline,
  activate: CheckCircleOutline,
  note: StickyNote2Outlined,
  correctAddress: EditOutlined,
  requestInformation: HelpOutlineOutlined,
  turned_due: AlarmOutlined,
  turned_late: AlarmOutlined,
  reminded: ForwardToInboxOutlined,
  message_resent: ForwardToInboxOutlined,
  code_sent: MarkEmailReadOutlined,
  mail_accepted: MarkEmailReadOutlined,
  mail_refused: UnsubscribeOutlined,
  mail_bounced: UnsubscribeOutlined,
  mail_settled_refused: UnsubscribeOutlined,
  mail_settled_bounced: UnsubscribeOutlined,
  mail_settled_unknown: HelpOutlineOutlined,
  mail_unknown: HelpOutlineOutlined,
  code_issued: KeyOutlined,
  code_burned: KeyOffOutlined,
  code_expired: KeyOffOutlined,
  invited: ForwardToInboxOutlined,
  resend: ForwardToInboxOutlined,
  cancel: DoDisturbOnOutlined,
  identify: BadgeOutlined,
  register: CheckCircleOutline,
  link: LinkOutlined,
  practice_linked: LinkOutlined,
  link_issued: LinkOutlined,
  link_sent: MarkEmailReadOutlined,
  link_refused: LinkOffOutlined,
  identity_refused: LinkOffOutlined,
  link_locked: LockOutlined,
  link_expired: LinkOffOutlined,
};

/** What the engine does by itself, of no news for whoever decides. */
const routine: readonly string[] = [
  'mail_accepted',
  'code_issued',
  'code_sent',
  'link_issued',
  'link_sent',
  'reminded',
  'mail_struck',
];

interface TimelineProps {
  of: Pick<CaseRow, 'portal' | 'kind'>;
  /** Newest first. */
  entries: readonly TimelineEntry[];
  /** In the preview: without days and folding. */
  isBrief?: boolean;
}

/** What happened, in sentences, by day; runs of the engine's own steps are folded into one line. */
export function Timeline({ of, entries, isBrief }: TimelineProps) {
  const heading = useDayHeading(of.portal);
  if (isBrief)
    return (
      <ul className="tl">
        {entries.map((entry) => (
          <Line key={entry.id} entry={entry} of={of} />
        ))}
      </ul>
    );
  const days = groupedBy(entries, ({ at }) => heading(new Date(at)));
  return (
    <div className="tl">
      {days.map(({ key, entries: ofDay }) => (
        <section key={`${key} ${ofDay[0]?.id}`}>
          <h3>{key}</h3>
          <ul>
            {groupedBy(ofDay, ({ id, action }) => (routine.includes(action) ? 'routine' : id)).map((run) =>
              run.key === 'routine' && run.entries.length > 1 ? (
                <Folded key={run.entries[0]?.id} entries={run.entries} of={of} />
              ) : (
                run.entries.map((entry) => <Line key={entry.id} entry={entry} of={of} />)
              ),
            )}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Line({ entry, of }: { entry: TimelineEntry; of: TimelineProps['of'] }) {
  const Icon = icons[entry.action] ?? PersonOutlined;
  const { who, rest } = useHistorySentence(of.portal, of.kind)(entry);
  return (
    <li>
      <Icon className="i" />
      <span>
        {who && <span className="b">{who}</span>}
        {rest}
        {entry.note && <bdi className="said-note"> “{entry.note}”</bdi>}
      </span>
      <Instant at={entry.at} portal={of.portal} short />
    </li>
  );
}

function Folded({ entries, of }: { entries: readonly TimelineEntry[]; of: TimelineProps['of'] }) {
  const say = useWords();
  const word = useCodeWord();
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return entries.map((entry) => <Line key={entry.id} entry={entry} of={of} />);
  const what = entries.map(({ action }) => word('engineStep', action)).reverse();
  return (
    <li>
      <UnfoldMore className="i" />
      <button type="button" className="bare fold" aria-expanded={false} onClick={() => setOpen(true)}>
        {say('case.engineSteps', { smart_count: entries.length, what: [...new Set(what)].join(', ') })}
      </button>
      {entries[0] && <Instant at={entries[0].at} portal={of.portal} short />}
    </li>
  );
}

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): { key: string; entries: T[] }[] {
  const groups: { key: string; entries: T[] }[] = [];
  for (const one of all) {
    const key = keyOf(one);
    const last = groups.at(-1);
    if (last?.key === key) last.entries.push(one);
    else groups.push({ key, entries: [one] });
  }
  return groups;
}
