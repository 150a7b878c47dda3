import BlockOutlined from '@mui/icons-material/BlockOutlined';
import CheckCircleOutline from '@mui/icons-material/CheckCircleOutline';
import EditOutlined from '@mui/icons-material/EditOutlined';
import LockOpenOutlined from '@mui/icons-material/LockOpenOutlined';
import LockOutlined from '@mui/icons-material/LockOutlined';
import MarkEmailReadOutlined from '@mui/icons-material/MarkEmailReadOutlined';
import PersonOutlined from '@mui/icons-material/PersonOutlined';
import UnsubscribeOutlined from '@mui/icons-material/UnsubscribeOutlined';
import { Instant } from '../parts/time.tsx';
import { useMe } from '../parts/use-me.ts';
import { useWords } from '../words/use-words.ts';
import type { Account } from './accounts.ts';

const icons: Readonly<Record<string, typeof PersonOutlined>> = {
  account_opened: CheckCircleOutline,
  account_locked: LockOutlined,
  suspend: BlockOutlined,
  restore: LockOpenOutlined,
  unlock: LockOpenOutlined,
  close: BlockOutlined,
  changeEmail: EditOutlined,
  mail_accepted: MarkEmailReadOutlined,
  mail_refused: UnsubscribeOutlined,
  mail_bounced: UnsubscribeOutlined,
};

/** What happened to an account, in sentences, newest first. */
export function AccountHistory({ of }: { of: Account }) {
  const say = useWords();
  const me = useMe();
  const entries = [...of.history].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <div className="tl">
      <ul>
        {entries.map(({ at, action, text, by }) => {
          const Icon = icons[action] ?? PersonOutlined;
          const isNamed = by !== null && text.startsWith(by);
          return (
            <li key={`${at} ${action}`}>
              <Icon className="i" />
              <span>
                {isNamed && <span className="b">{by === me.name ? say('said.you') : by}</span>}
                {isNamed ? text.slice(by.length) : text}
              </span>
              <Instant at={at} portal={of.portal} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
