import CallSplitOutlined from '@mui/icons-material/CallSplitOutlined';
import Check from '@mui/icons-material/Check';
import UndoOutlined from '@mui/icons-material/UndoOutlined';
import { readPolicy } from '../../contract/routes/staff/portals.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { useCall } from '../parts/use-call.ts';
import { useWords } from '../words/use-words.ts';
import { useChangeInWords } from './change-in-words.ts';
import { valueAt } from './draft.ts';
import type { Path, Setting } from './settings.ts';
import { useValueInWords } from './value-in-words.ts';

interface PolicySideProps {
  portal: string;
  base: Policy;
  draft: Policy;
  changed: readonly Setting[];
  mayChange: boolean;
  takeBack: (path: Path) => void;
}

/** What saving would mean: for new cases, for those that run, and field by field. */
export function PolicySide({ portal, base, draft, changed, mayChange, takeBack }: PolicySideProps) {
  const say = useWords();
  const inWords = useValueInWords();
  const changeInWords = useChangeInWords();
  const { data } = useCall(readPolicy, { params: { portal }, query: { with: 'runningCases' } });
  const running = data?.runningCases;
  return (
    <>
      <div className="sec">
        <h2>{say('policy.what')}</h2>
        <div className="note acc">
          <CallSplitOutlined className="i" />
          <div>
            <b>{say('policy.newCases')}</b>
            {running?.map(({ version, count }) => (
              <div key={version}>{say('policy.keeps', { smart_count: count, version })}</div>
            ))}
            {running?.length === 0 && <div>{say('policy.keepsNone')}</div>}
          </div>
        </div>
        <ul className="plain">
          {(['policy.now', 'policy.codes', 'policy.audited'] as const).map((key) => (
            <li key={key}>
              <Check className="i" />
              <span>{say(key)}</span>
            </li>
          ))}
        </ul>
      </div>
      {mayChange && (
        <div className="sec grow">
          <h2>{say('policy.changes', { smart_count: changed.length })}</h2>
          {changed.length === 0 && <p className="m">{say('policy.unchanged')}</p>}
          <ul className="changes">
            {changed.map((setting) => {
              const label = say(`policy.label.${setting.path}`);
              return (
                <li key={setting.path}>
                  <div>
                    <span className="b">{label}</span>
                    <br />
                    {setting.as === 'dates' || setting.as === 'longText' ? (
                      <span>{changeInWords(setting, valueAt(base, setting.path), valueAt(draft, setting.path))}</span>
                    ) : (
                      <>
                        <s className="m">{inWords(setting, valueAt(base, setting.path))}</s>{' '}
                        <span>{inWords(setting, valueAt(draft, setting.path))}</span>
                      </>
                    )}
                  </div>
                  <button
                    type="button"
                    className="btn q sm ic"
                    aria-label={say('policy.undoOne', { label })}
                    title={say('policy.undoOne', { label })}
                    onClick={() => takeBack(setting.path)}
                  >
                    <UndoOutlined className="i" />
                  </button>
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </>
  );
}
