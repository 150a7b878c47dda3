import ArchiveOutlined from '@mui/icons-material/ArchiveOutlined';
import BadgeOutlined from '@mui/icons-material/BadgeOutlined';
import CancelOutlined from '@mui/icons-material/CancelOutlined';
import CheckCircle from '@mui/icons-material/CheckCircle';
import CheckCircleOutline from '@mui/icons-material/CheckCircleOutline';
import Contrast from '@mui/icons-material/Contrast';
import DoDisturbOnOutlined from '@mui/icons-material/DoDisturbOnOutlined';
import ForwardToInboxOutlined from '@mui/icons-material/ForwardToInboxOutlined';
import HelpOutlineOutlined from '@mui/icons-material/HelpOutlineOutlined';
import HourglassDisabledOutlined from '@mui/icons-material/HourglassDisabledOutlined';
import HowToRegOutlined from '@mui/icons-material/HowToRegOutlined';
import KeyOffOutlined from '@mui/icons-material/KeyOffOutlined';
import LinkOutlined from '@mui/icons-material/LinkOutlined';
import LockOutlined from '@mui/icons-material/LockOutlined';
import OutboxOutlined from '@mui/icons-material/OutboxOutlined';
import PauseCircleOutline from '@mui/icons-material/PauseCircleOutline';
import PersonOffOutlined from '@mui/icons-material/PersonOffOutlined';
import PublishedWithChangesOutlined from '@mui/icons-material/PublishedWithChangesOutlined';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUnchecked';
import UndoOutlined from '@mui/icons-material/UndoOutlined';
import UnsubscribeOutlined from '@mui/icons-material/UnsubscribeOutlined';
import type { CaseRow } from '../cases/case.ts';
import { useCodeWord } from '../words/use-words.ts';

type Icon = typeof Contrast;
type State = CaseRow['state'];
type Flag = Exclude<CaseRow['flags'][number], 'possible_duplicate'>;

const states: Readonly<Record<State, [Icon, string]>> = {
  submitted: [RadioButtonUnchecked, 'm'],
  in_review: [Contrast, 'acc'],
  waiting_on_applicant: [PauseCircleOutline, 'wait'],
  approved: [CheckCircleOutline, 'ok'],
  code_sent: [ForwardToInboxOutlined, 'ok'],
  expired: [HourglassDisabledOutlined, 'due'],
  activated: [CheckCircle, 'ok'],
  rejected: [CancelOutlined, 'late'],
  withdrawn: [UndoOutlined, 'm'],
  closed: [ArchiveOutlined, 'm'],
  draft: [OutboxOutlined, 'm'],
  sent: [ForwardToInboxOutlined, 'ok'],
  identified: [BadgeOutlined, 'acc'],
  registered: [HowToRegOutlined, 'ok'],
  linked: [LinkOutlined, 'ok'],
  locked: [LockOutlined, 'late'],
  cancelled: [DoDisturbOnOutlined, 'm'],
  undeliverable: [UnsubscribeOutlined, 'late'],
};

const flags: Readonly<Record<Flag, [Icon, string]>> = {
  mail_refused: [UnsubscribeOutlined, 'late'],
  mail_unknown: [HelpOutlineOutlined, 'due'],
  code_burned: [KeyOffOutlined, 'late'],
  not_me: [PersonOffOutlined, 'late'],
  record_changed: [PublishedWithChangesOutlined, 'due'],
};

/** Where a case is: icon and word, as its kind calls it. */
export function StateChip({ of: { kind, state } }: { of: Pick<CaseRow, 'kind' | 'state'> }) {
  const word = useCodeWord(kind);
  const [Icon, colour] = states[state];
  return (
    <span className="st" title={word('state', state)}>
      <Icon className={`i ${colour}`} />
      <span className="cut">{word('state', state)}</span>
    </span>
  );
}

/** In a list what troubles a case stands in its state's place, for that is what has to be worked. */
export function StateOrTrouble({ of }: { of: Pick<CaseRow, 'kind' | 'state' | 'flags'> }) {
  const trouble = of.flags.find((flag): flag is Flag => flag !== 'possible_duplicate');
  return trouble === undefined ? <StateChip of={of} /> : <FlagChip flag={trouble} kind={of.kind} />;
}

export function FlagChip({ flag, kind }: { flag: Flag; kind: CaseRow['kind'] }) {
  const word = useCodeWord(kind);
  const [Icon, colour] = flags[flag];
  return (
    <span className={`st ${colour}`} title={word('flag', flag)}>
      <Icon className="i" />
      <span className="cut">{word('flag', flag)}</span>
    </span>
  );
}
