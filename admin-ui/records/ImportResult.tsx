import AddCircleOutline from '@mui/icons-material/AddCircleOutline';
import CancelOutlined from '@mui/icons-material/CancelOutlined';
import DragHandle from '@mui/icons-material/DragHandle';
import PublishedWithChangesOutlined from '@mui/icons-material/PublishedWithChangesOutlined';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { useServerWords, useWords } from '../words/use-words.ts';
import type { Imported } from './ImportPage.tsx';
import { recordPath } from './records.ts';

type Outcome = Imported['rows'][number]['outcome'];

const outcomes: Readonly<Record<Outcome, [typeof DragHandle, string]>> = {
  refused: [CancelOutlined, 'late'],
  created: [AddCircleOutline, 'ok'],
  updated: [PublishedWithChangesOutlined, 'acc'],
  unchanged: [DragHandle, 'm'],
};
const views = ['all', ...(Object.keys(outcomes) as Outcome[])] as const;

const shownAtOnce = 200;

/** What became of each row; what was refused comes first, with the reason by column. */
export function ImportResult({ of }: { of: Imported }) {
  const say = useWords();
  const [view, setView] = useState<(typeof views)[number]>(of.refused > 0 ? 'refused' : 'all');
  const [most, setMost] = useState(shownAtOnce);
  const heading = useRef<HTMLHeadingElement>(null);
  const rows = view === 'all' ? of.rows : of.rows.filter(({ outcome }) => outcome === view);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <div className="sec figures">
        {(Object.keys(outcomes) as Outcome[]).map((outcome) => {
          const [Icon, colour] = outcomes[outcome];
          return (
            <div key={outcome}>
              <p className="fig">{of[outcome]}</p>
              <span className="st">
                <Icon className={`i ${of[outcome] === 0 ? 'm' : colour}`} />
                {say(`import.outcome.${outcome}`)}
              </span>
            </div>
          );
        })}
      </div>
      <div className="sec">
        <h2 ref={heading} tabIndex={-1}>
          {say('import.result')}
        </h2>
        {of.refused > 0 && <p className="s">{say('import.fix')}</p>}
        <div className="row wrap acts">
          {views.map((each) => (
            <button
              key={each}
              type="button"
              className={each === view ? 'btn sm on' : 'btn sm'}
              aria-pressed={each === view}
              onClick={() => {
                setView(each);
                setMost(shownAtOnce);
              }}
            >
              {say(`import.outcome.${each}`)} <span className="n">{each === 'all' ? of.rows.length : of[each]}</span>
            </button>
          ))}
        </div>
      </div>
      {rows.length === 0 ? (
        <p className="sec s">{say('import.none')}</p>
      ) : (
        <table className="grid listing imported">
          <thead>
            <tr>
              <th scope="col" className="c-line end">
                {say('import.col.line')}
              </th>
              <th scope="col" className="c-outcome">
                {say('import.col.outcome')}
              </th>
              <th scope="col" className="c-mrn">
                {say('import.col.mrn')}
              </th>
              <th scope="col" className="c-why">
                {say('import.col.why')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((row) => (
              <ResultRow key={row.line} of={row} />
            ))}
          </tbody>
        </table>
      )}
      {rows.length > most && (
        <div className="sec">
          <button type="button" className="btn sm" onClick={() => setMost(most + shownAtOnce)}>
            {say('import.more', { smart_count: Math.min(shownAtOnce, rows.length - most) })}
          </button>
        </div>
      )}
    </>
  );
}

function ResultRow({ of }: { of: Imported['rows'][number] }) {
  const say = useWords();
  const inOwnWords = useServerWords();
  const [Icon, colour] = outcomes[of.outcome];
  const errors = Object.entries(of.errors ?? {});
  return (
    <tr>
      <td className="c-line end">{of.line}</td>
      <td className="c-outcome">
        <span className="st">
          <Icon className={`i ${colour}`} />
          {say(`import.outcome.${of.outcome}`)}
        </span>
      </td>
      <td className="c-mrn ref">
        {of.id ? (
          <Link to={recordPath(of.id)}>
            <bdi>{of.mrn}</bdi>
          </Link>
        ) : (
          <bdi>{of.mrn ?? '–'}</bdi>
        )}
      </td>
      <td className="c-why">
        {errors.length === 0
          ? '–'
          : errors.map(([column, why]) => (
              <span className="why" key={column}>
                {column && <b>{column}</b>} {inOwnWords(why)}
              </span>
            ))}
      </td>
    </tr>
  );
}
