import ArchiveOutlined from '@mui/icons-material/ArchiveOutlined';
import BlockOutlined from '@mui/icons-material/BlockOutlined';
import CheckCircle from '@mui/icons-material/CheckCircle';
import LockOutlined from '@mui/icons-material/LockOutlined';
import { useCodeWord } from '../words/use-words.ts';
import type { AccountRow } from './accounts.ts';

const states: Readonly<Record<AccountRow['state'], [typeof LockOutlined, string]>> = {
  active: [CheckCircle, 'ok'],
  locked: [LockOutlined, 'due'],
  suspended: [BlockOutlined, 'late'],
  closed: [ArchiveOutlined, 'm'],
};

/** Where an account is: icon and word. */
export function AccountState({ state }: { state: AccountRow['state'] }) {
  const word = useCodeWord();
  const [Icon, colour] = states[state];
  return (
    <span className="st">
      <Icon className={`i ${colour}`} />
      {word('accountState', state)}
    </span>
  );
}
