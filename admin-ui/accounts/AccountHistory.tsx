import BlockOutlined from '@mui/icons-material/BlockOutlined';
import CheckCircleOutline from '@mui/icons-material/CheckCircleOutline';
import EditOutlined from '@mui/icons-material/EditOutlined';
import LockOpenOutlined from '@mui/icons-material/LockOpenOutlined';
import LockOutlined from '@mui/icons-material/LockOutlined';
import MarkEmailReadOutlined from '@mui/icons-material/MarkEmailReadOutlined';
import PersonOutlined from '@mui/icons-material/PersonOutlined';
import UnsubscribeOutlined from '@mui/icons-material/UnsubscribeOutlined';
import { Instant } from '../parts/time.tsx';
import { useHistorySentence } from '../parts/use-history-sentence.ts';
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
  const sentence = useHistorySentence(of.portal);
  const entries = [...of.history].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <div className="tl">
      <ul>
        {entries.map((entry) => {
          const { at, action, note, identityCheck } = entry;
          const Icon = icons[action] ?? PersonOutlined;
          const { who, rest } = sentence(entry);
          return (
            <li key={`${at} ${action}`}>
              <Icon className="i" />
              <span>
                {who && <span className="b">{who}</span>}
                {rest}
                {note && <bdi className="said-note"> “{note}”</bdi>}
                {identityCheck && (
                  <span className="meta m">
                    <br />
                    {say('accounts.checkedBy', { method: identityCheck.method })}
                    {identityCheck.documentsSeen &&
                      ` ${say('accounts.documentsSeen', { documents: identityCheck.documentsSeen })}`}
                  </span>
                )}
              </span>
              <Instant at={at} portal={of.portal} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
