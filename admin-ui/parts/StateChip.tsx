import ArchiveOutlined from '@mui/icons-material/ArchiveOutlined';
import CancelOutlined from '@mui/icons-material/CancelOutlined';
import CheckCircle from '@mui/icons-material/CheckCircle';
import CheckCircleOutline from '@mui/icons-material/CheckCircleOutline';
import Contrast from '@mui/icons-material/Contrast';
import ForwardToInboxOutlined from '@mui/icons-material/ForwardToInboxOutlined';
import HelpOutlineOutlined from '@mui/icons-material/HelpOutlineOutlined';
import HourglassDisabledOutlined from '@mui/icons-material/HourglassDisabledOutlined';
import KeyOffOutlined from '@mui/icons-material/KeyOffOutlined';
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
};

const flags: Readonly<Record<Flag, [Icon, string]>> = {
  mail_refused: [UnsubscribeOutlined, 'late'],
  mail_unknown: [HelpOutlineOutlined, 'due'],
  code_burned: [KeyOffOutlined, 'late'],
  not_me: [PersonOffOutlined, 'late'],
  record_changed: [PublishedWithChangesOutlined, 'due'],
};

/** Where a case is: icon and word. */
export function StateChip({ state }: { state: State }) {
  const word = useCodeWord();
  const [Icon, colour] = states[state];
  return (
    <span className="st">
      <Icon className={`i ${colour}`} />
      {word('state', state)}
    </span>
  );
}

/** In a list what troubles a case stands in its state's place, for that is what has to be worked. */
export function StateOrTrouble({ of }: { of: Pick<CaseRow, 'state' | 'flags'> }) {
  const trouble = of.flags.find((flag): flag is Flag => flag !== 'possible_duplicate');
  return trouble === undefined ? <StateChip state={of.state} /> : <FlagChip flag={trouble} />;
}

export function FlagChip({ flag }: { flag: Flag }) {
  const word = useCodeWord();
  const [Icon, colour] = flags[flag];
  return (
    <span className={`st ${colour}`}>
      <Icon className="i" />
      {word('flag', flag)}
    </span>
  );
}
