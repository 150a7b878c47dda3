import Check from '@mui/icons-material/Check';
import CloudOffOutlined from '@mui/icons-material/CloudOffOutlined';
import OpenInNew from '@mui/icons-material/OpenInNew';
import SyncProblemOutlined from '@mui/icons-material/SyncProblemOutlined';
import { readCaseEngine } from '../../contract/routes/staff/cases.ts';
import { TroublePlace } from '../parts/Trouble.tsx';
import { Instant } from '../parts/time.tsx';
import { useCall } from '../parts/use-call.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import type { Case } from './case.ts';

const known = ['running', 'completed', 'unknown', 'not_started'] as const;

/** The case's run as the engine has it now: what it waits for, what fails and why, and the way to it. */
export function EngineTab({ of }: { of: Case }) {
  const say = useWords();
  const word = useCodeWord();
  const { data, error, refetch } = useCall(readCaseEngine, { params: { caseId: of.id } });
  if (error && !data) return <TroublePlace error={error} retry={() => void refetch()} />;
  if (!data) return <div className="sec" aria-busy="true" />;
  const failing = data.pendingActivities.filter(({ lastFailure }) => lastFailure !== null);
  const isAway = data.status === 'unknown';
  const status = known.find((name) => name === data.status);
  const Icon = isAway ? CloudOffOutlined : failing.length > 0 ? SyncProblemOutlined : Check;
  return (
    <div className="sec stack">
      <div className="row wrap">
        <span className={isAway || failing.length > 0 ? 'tag due' : 'tag ok'}>
          <Icon className="i" />
          {status ? say(`case.engine.${status}`) : data.status}
        </span>
        <span className="s">
          {isAway ? say('case.engine.unknownWhy') : failing.length === 0 && say('case.engine.fine')}
        </span>
        <span className="grow" />
        {data.url && (
          <a className="btn sm" href={data.url} target="_blank" rel="noreferrer">
            <OpenInNew className="i" />
            {say('case.engine.open')}
          </a>
        )}
      </div>
      <dl className="kv engine">
        {data.waitsFor && (
          <>
            <dt>{say('case.engine.waitsFor')}</dt>
            <dd>{data.waitsFor}</dd>
          </>
        )}
        <dt>{say('case.engine.activities')}</dt>
        <dd>
          {data.pendingActivities.length === 0
            ? say('said.none')
            : data.pendingActivities.map(({ name, attempt, lastFailure, nextTryAt }) => (
                <div key={name}>
                  {say('case.engine.activity', { name, attempt })}
                  {lastFailure && <span className="late"> · {lastFailure}</span>}
                  {nextTryAt && (
                    <span className="m">
                      {' '}
                      · <Instant at={nextTryAt} portal={of.portal} />
                    </span>
                  )}
                </div>
              ))}
        </dd>
        <dt>{say('case.engine.timers')}</dt>
        <dd>
          {data.pendingTimers.length === 0
            ? say('said.none')
            : data.pendingTimers.map(({ name, firesAt }) => (
                <div key={`${name} ${firesAt}`}>
                  {word('timer', name)}, <Instant at={firesAt} portal={of.portal} />
                </div>
              ))}
        </dd>
        <dt>{say('case.engine.workflow')}</dt>
        <dd className="ref">{data.workflowId}</dd>
        <dt>{say('case.engine.caughtUp')}</dt>
        <dd>{say(data.delayed ? 'case.engine.no' : 'case.engine.yes')}</dd>
      </dl>
    </div>
  );
}
