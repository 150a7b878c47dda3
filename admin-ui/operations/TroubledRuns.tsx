import OpenInNew from '@mui/icons-material/OpenInNew';
import SyncProblemOutlined from '@mui/icons-material/SyncProblemOutlined';
import TaskAltOutlined from '@mui/icons-material/TaskAltOutlined';
import { Link } from 'react-router';
import { casePath } from '../cases/case.ts';
import { useNow } from '../parts/clock.ts';
import { usePortalName, useTimeZone } from '../parts/portals.ts';
import { useMay } from '../parts/use-me.ts';
import { shortSpan, timeInWords } from '../words/dates.ts';
import { useLanguage, useWords } from '../words/use-words.ts';
import type { Operations } from './OperationsPage.tsx';

type Run = Operations['troubled'][number];

/** Runs that do not get on, oldest first: why, in words, and the way into Temporal Web. */
export function TroubledRuns({ of }: { of: readonly Run[] | undefined }) {
  const say = useWords();
  return (
    <section className="runs" aria-labelledby="ops-runs">
      <h2 id="ops-runs">{say('ops.runs')}</h2>
      {of === undefined ? (
        <span className="skel" style={{ width: '40%' }} />
      ) : of.length === 0 ? (
        <p className="row t">
          <TaskAltOutlined className="i ok" />
          <span>
            <span className="b">{say('ops.runs.none')}</span>
            <br />
            <span className="m">{say('ops.runs.noneWhy')}</span>
          </span>
        </p>
      ) : (
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{say('ops.run.case')}</th>
              <th scope="col">{say('ops.run.why')}</th>
              <th scope="col">{say('ops.run.portal')}</th>
              <th scope="col">{say('ops.run.since')}</th>
              <th scope="col" className="end">
                {say('ops.run.open')}
              </th>
            </tr>
          </thead>
          <tbody>
            {of.map((run) => (
              <Row key={`${run.caseId} ${run.reason}`} run={run} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ run }: { run: Run }) {
  const say = useWords();
  const may = useMay();
  const portalName = usePortalName();
  const now = useNow(60_000);
  return (
    <tr>
      <td className="ref">
        {may('case.read') ? <Link to={casePath(run.caseId)}>{run.reference}</Link> : run.reference}
      </td>
      <td className="why">
        <SyncProblemOutlined className={`i ${run.reason === 'engine_stuck' ? 'late' : 'due'}`} />
        <Why of={run} />
      </td>
      <td>{portalName(run.portal)}</td>
      <td>{shortSpan(now.getTime() - new Date(run.since).getTime())}</td>
      <td className="end">
        {run.url ? (
          <a
            className="btn sm"
            href={run.url}
            target="_blank"
            rel="noreferrer"
            aria-label={say('ops.run.openOf', { reference: run.reference })}
          >
            <OpenInNew className="i" />
            {say('do.open')}
          </a>
        ) : (
          '–'
        )}
      </td>
    </tr>
  );
}

function Why({ of: { failing, reason, status, portal } }: { of: Run }) {
  const say = useWords();
  const [language] = useLanguage();
  const timeZone = useTimeZone(portal);
  if (failing) {
    const { name, attempt, lastFailure, nextTryAt } = failing;
    return (
      <span>
        <span className="b">{say('ops.why.failing', { name, attempt })}</span> {lastFailure}{' '}
        {nextTryAt && (
          <span className="m">
            {say('ops.why.nextTry', { at: timeInWords(new Date(nextTryAt), language, timeZone) })}
          </span>
        )}
      </span>
    );
  }
  if (reason === 'engine_delayed') return <span>{say('ops.why.delayed')}</span>;
  if (status === null) return <span>{say('ops.why.unasked')}</span>;
  if (status === 'not_found') return <span>{say('ops.why.missing')}</span>;
  return <span>{status === 'running' ? say('ops.why.silent') : say('ops.why.over', { status })}</span>;
}
