import AlarmOutlined from '@mui/icons-material/AlarmOutlined';
import ErrorIcon from '@mui/icons-material/Error';
import PauseCircleOutline from '@mui/icons-material/PauseCircleOutline';
import RemoveCircleOutlineOutlined from '@mui/icons-material/RemoveCircleOutlineOutlined';
import ScheduleOutlined from '@mui/icons-material/ScheduleOutlined';
import { Link } from 'react-router';
import { useMay } from '../parts/use-me.ts';
import { useWords } from '../words/use-words.ts';
import type { Dashboard } from './attention.ts';

/** Each band with the list it counts: a promise runs until it is decided, stands while the applicant is asked, then codes and links are out. */
const bands = [
  {
    name: 'late',
    Icon: ErrorIcon,
    colour: 'late',
    to: '/queue?view=open&promise=late&state=submitted&state=in_review',
  },
  {
    name: 'due',
    Icon: AlarmOutlined,
    colour: 'due',
    to: '/queue?view=open&promise=due&state=submitted&state=in_review',
  },
  {
    name: 'ok',
    Icon: ScheduleOutlined,
    colour: 'ok',
    to: '/queue?view=open&promise=ok&state=submitted&state=in_review',
  },
  { name: 'paused', Icon: PauseCircleOutline, colour: 'wait', to: '/queue?view=open&state=waiting_on_applicant' },
  {
    name: 'none',
    Icon: RemoveCircleOutlineOutlined,
    colour: 'm',
    to: `/queue?view=open${['approved', 'code_sent', 'expired', 'draft', 'sent', 'identified', 'locked', 'undeliverable'].map((state) => `&state=${state}`).join('')}`,
  },
] as const;

/** Open cases by how they stand to their promise: a bar for the eye, a link for each number. */
export function ByPromise({ of: { queue } }: { of: Dashboard }) {
  const say = useWords();
  const may = useMay();
  return (
    <section className="s12" aria-labelledby="home-promise">
      <div className="row of-title">
        <h2 id="home-promise">{say('home.promise')}</h2>
        <span className="m">{say('home.promise.total', { smart_count: queue.total })}</span>
      </div>
      {queue.total === 0 ? (
        <p className="s">{say('home.promise.none')}</p>
      ) : (
        <>
          <div className="stackbar" aria-hidden="true">
            {bands.map(
              ({ name }) => queue[name] > 0 && <i key={name} className={name} style={{ flexGrow: queue[name] }} />,
            )}
          </div>
          <ul className="bands">
            {bands.map(({ name, Icon, colour, to }) => {
              const inside = (
                <>
                  <Icon className={`i ${queue[name] > 0 ? colour : 'm'}`} />
                  <b>{queue[name]}</b> <span className="b">{say(`home.band.${name}`)}</span>
                  <span className="meta m">{say(`home.band.${name}Why`)}</span>
                </>
              );
              return <li key={name}>{may('case.read') ? <Link to={to}>{inside}</Link> : <span>{inside}</span>}</li>;
            })}
          </ul>
        </>
      )}
    </section>
  );
}
