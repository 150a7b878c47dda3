import SyncAltOutlined from '@mui/icons-material/SyncAltOutlined';
import { Ago } from '../parts/time.tsx';
import { useCodeWord, useWords } from '../words/use-words.ts';
import type { Account } from './accounts.ts';
import type { Changed } from './use-account.ts';

interface AccountChangedProps {
  of: Account;
  changed: Changed;
  goOn: () => void;
}

/** Somebody was first: who did what and when, what is different now; nothing typed is lost. */
export function AccountChanged({ of, changed: { before, wasSent }, goOn }: AccountChangedProps) {
  const say = useWords();
  const word = useCodeWord();
  const told = new Set(before.history.map(({ at, action }) => `${at} ${action}`));
  const since = of.history
    .filter(({ at, action }) => !told.has(`${at} ${action}`))
    .sort((a, b) => b.at.localeCompare(a.at));
  // What a person did is the news; the mail that followed from it is not.
  const latest = since.find(({ by }) => by !== null) ?? since[0];
  const changes = [
    {
      name: say('accounts.was.state'),
      was: word('accountState', before.state),
      is: word('accountState', of.state),
    },
    { name: say('accounts.was.email'), was: before.email, is: of.email },
  ].filter(({ was, is }) => was !== is);
  return (
    <div className="changed" role="status">
      <div className="banner acc">
        <SyncAltOutlined className="i" />
        <p className="grow">
          <b>
            {latest ? (
              <>
                {latest.text}, <Ago at={latest.at} portal={of.portal} />.
              </>
            ) : (
              say('accounts.changed')
            )}
          </b>{' '}
          {wasSent && say('accounts.notSent')}
        </p>
        <button type="button" className="btn sm" onClick={goOn}>
          {say('accounts.goOn')}
        </button>
      </div>
      {changes.length > 0 && (
        <div className="sec">
          <h2>{say('accounts.whatChanged')}</h2>
          <dl className="diff">
            {changes.map(({ name, was, is }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <s>{was}</s> → {is}
                </dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </div>
  );
}
