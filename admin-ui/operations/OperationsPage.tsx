import CheckCircleOutline from '@mui/icons-material/CheckCircleOutline';
import ErrorIcon from '@mui/icons-material/Error';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { WireResult } from '../../contract/route.ts';
import { readOperations } from '../../contract/routes/staff/operations.ts';
import { useNow } from '../parts/clock.ts';
import { Pane } from '../parts/Pane.tsx';
import { TroublePlace } from '../parts/Trouble.tsx';
import { AsOf } from '../parts/time.tsx';
import { useCall } from '../parts/use-call.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { shortSpan, spanInWords } from '../words/dates.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import './operations.css';
import { TroubledRuns } from './TroubledRuns.tsx';

export type Operations = WireResult<typeof readOperations>;

const readEveryMs = 10_000;
/** From then on a case counts as waiting for the engine (api.md). */
const delayedAfterMs = 5_000;

/** How things run: what is down, what fails and why, what is owed. Nothing personal. */
export function OperationsPage() {
  const say = useWords();
  const { data, error, refetch } = useCall(readOperations, {}, { everyMs: readEveryMs });
  usePageTitle(say('nav.operations'));
  return (
    <>
      <div className="head">
        <h1>{say('nav.operations')}</h1>
        {data && <Verdict of={data} />}
        <span className="grow" />
        {data && <AsOf at={data.asOf} />}
      </div>
      <Pane className="pane ops" label={say('nav.operations')} isBusy={!data && !error}>
        {error && !data ? (
          <TroublePlace error={error} retry={() => void refetch()} />
        ) : (
          <>
            <Dependencies of={data} />
            <TroubledRuns of={data?.troubled} />
            <div className="thirds">
              <Owed of={data} />
              <Tasks of={data?.tasks} />
              <Week of={data?.mail.lastWeek} />
            </div>
          </>
        )}
      </Pane>
    </>
  );
}

function Verdict({ of: { dependencies, troubled } }: { of: Operations }) {
  const say = useWords();
  const isFine = troubled.length === 0 && Object.values(dependencies).every((state) => state === 'up');
  return (
    <span className={isFine ? 'tag ok' : 'tag late'} role="status">
      {isFine ? <CheckCircleOutline className="i" /> : <ErrorIcon className="i" />}
      {say(isFine ? 'ops.fine' : 'ops.troubled')}
    </span>
  );
}

const dependencies = ['database', 'temporal', 'mail', 'worker'] as const;

function Dependencies({ of }: { of: Operations | undefined }) {
  const say = useWords();
  return (
    <section aria-labelledby="ops-dependencies">
      <h2 id="ops-dependencies">{say('ops.dependencies')}</h2>
      <ul className="deps">
        {dependencies.map((name) => {
          const isUp = of?.dependencies[name] === 'up';
          const Icon = isUp ? CheckCircleOutline : ErrorIcon;
          return (
            <li key={name}>
              <h3>{say(`ops.dep.${name}`)}</h3>
              {of ? (
                <>
                  <span className={isUp ? 'st ok b' : 'st late b'}>
                    <Icon className="i" />
                    {say(isUp ? 'ops.up' : 'ops.down')}
                  </span>
                  <span className="meta m">
                    {say(`ops.dep.${name}${isUp ? 'Up' : 'Down'}`, { smart_count: of.workers })}
                  </span>
                </>
              ) : (
                <Skeleton />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Owed({ of }: { of: Operations | undefined }) {
  const say = useWords();
  const owed = [
    { name: 'outbox', waits: of?.outbox },
    { name: 'mails', waits: of?.mail },
  ] as const;
  return (
    <section aria-labelledby="ops-owed">
      <h2 id="ops-owed">{say('ops.owed')}</h2>
      <ul className="owed">
        {owed.map(({ name, waits }) => {
          const ms = of && waits?.oldestSince ? Date.parse(of.asOf) - Date.parse(waits.oldestSince) : 0;
          return (
            <li key={name}>
              {waits ? (
                <>
                  <b className={ms > delayedAfterMs ? 'fig due' : 'fig'}>{waits.waiting}</b>
                  <span>
                    <span className="b">{say(`ops.${name}`)}</span>
                    <br />
                    <span className="meta m">
                      {waits.oldestSince ? say(`ops.${name}.some`, { span: spanInWords(ms) }) : say(`ops.${name}.none`)}
                    </span>
                  </span>
                </>
              ) : (
                <Skeleton />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Tasks({ of }: { of: Operations['tasks'] | undefined }) {
  const say = useWords();
  const word = useCodeWord();
  const now = useNow(60_000);
  return (
    <section aria-labelledby="ops-tasks">
      <h2 id="ops-tasks">{say('ops.tasks')}</h2>
      {of?.length === 0 && <p className="m">{say('ops.tasks.none')}</p>}
      {of ? (
        <Numbers>
          {of.map(({ reason, count, oldestSince }) => (
            <tr key={reason}>
              <th scope="row">{reason === 'engine_stuck' ? say('ops.task.engine_stuck') : word('flag', reason)}</th>
              <td className="end b">{count}</td>
              <td className="end m meta nw">
                {say('ops.tasks.oldest', { span: shortSpan(now.getTime() - new Date(oldestSince).getTime()) })}
              </td>
            </tr>
          ))}
        </Numbers>
      ) : (
        <Skeleton />
      )}
    </section>
  );
}

const colours: Readonly<Record<Operations['mail']['lastWeek'][number]['state'], string>> = {
  queued: 's',
  accepted: 's',
  refused: 'late',
  unknown: 'due',
  bounced: 'late',
};

function Week({ of }: { of: Operations['mail']['lastWeek'] | undefined }) {
  const say = useWords();
  const word = useCodeWord();
  const total = of?.reduce((sum, { count }) => sum + count, 0) ?? 0;
  return (
    <section aria-labelledby="ops-week">
      <div className="row of-title">
        <h2 id="ops-week">{say('ops.week')}</h2>
        {of && <span className="m">{say('ops.week.all', { smart_count: total })}</span>}
      </div>
      {of ? (
        <Numbers>
          {of.map(({ state, count }) => (
            <tr key={state}>
              <th scope="row">
                <Link to={`/messages?state=${state}`}>{word('delivery', state)}</Link>
              </th>
              <td className={`end b ${count > 0 ? colours[state] : 'm'}`}>{count}</td>
              <td className="share" aria-hidden="true">
                <i className={state} style={{ width: `${total > 0 ? (100 * count) / total : 0}%` }} />
              </td>
            </tr>
          ))}
        </Numbers>
      ) : (
        <Skeleton />
      )}
    </section>
  );
}

function Numbers({ children }: { children: ReactNode }) {
  return (
    <table className="numbers">
      <tbody>{children}</tbody>
    </table>
  );
}

function Skeleton() {
  return <span className="skel" style={{ width: '60%' }} />;
}
