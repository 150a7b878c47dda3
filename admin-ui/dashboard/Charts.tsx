import type { ReactNode } from 'react';
import { axisDayInWords } from '../words/dates.ts';
import { useLanguage, useWords } from '../words/use-words.ts';
import type { Dashboard } from './attention.ts';

type Days = Dashboard['throughput'];

/** The last four weeks as three small drawings; loaded after everything one works with. */
export function Charts({ of }: { of: Days }) {
  return (
    <div className="charts">
      <Decisions of={of} />
      <Speed of={of} />
      <Arrivals of={of} />
    </div>
  );
}

function Decisions({ of }: { of: Days }) {
  const say = useWords();
  const [language] = useLanguage();
  const approved = sum(of, (day) => day.approved);
  const rejected = sum(of, (day) => day.rejected);
  const most = Math.max(...of.map((day) => day.approved + day.rejected));
  const scale = scaleTo(most);
  return (
    <Figure title={say('home.decisions')} isEmpty={most === 0}>
      <Axes days={of} scale={scale} said={say('home.decisions.said', { approved, rejected, most })}>
        {of.map((day, no) => (
          <g key={day.on}>
            <title>
              {say('home.decisions.day', {
                day: axisDayInWords(day.on, language),
                approved: day.approved,
                rejected: day.rejected,
              })}
            </title>
            <Ground no={no} days={of} />
            <Bar className="one" no={no} days={of} from={0} to={day.approved} scale={scale} />
            <Bar className="two" no={no} days={of} from={day.approved} to={day.approved + day.rejected} scale={scale} />
          </g>
        ))}
      </Axes>
      <Legend
        words={[
          say('home.decisions.approved', { smart_count: approved }),
          say('home.decisions.rejected', { smart_count: rejected }),
        ]}
      />
    </Figure>
  );
}

function Speed({ of }: { of: Days }) {
  const say = useWords();
  const [language] = useLanguage();
  const points = of.flatMap(({ on, medianHoursToDecision: hours }, no) =>
    hours === null ? [] : [{ on, no, days: hours / 24 }],
  );
  const all = points.map(({ days }) => days);
  const scale = scaleTo(Math.max(1, ...all));
  const at = ({ no, days }: (typeof points)[number]) => `${middle(no, of)} ${heightOf(days, scale)}`;
  const said = {
    least: shown(Math.min(...all)),
    most: shown(Math.max(...all)),
    last: shown(all.at(-1) ?? 0),
  };
  return (
    <Figure title={say('home.speed')} isEmpty={points.length === 0}>
      <Axes days={of} scale={scale} said={say('home.speed.said', said)}>
        <path className="line" d={`M${points.map(at).join('L')}`} />
        {points.map((point) => (
          <circle key={point.on} className="dot" cx={middle(point.no, of)} cy={heightOf(point.days, scale)} r="3.5">
            <title>{say('home.speed.day', { day: axisDayInWords(point.on, language), days: shown(point.days) })}</title>
          </circle>
        ))}
      </Axes>
      <Legend words={[say('home.speed.median')]} />
    </Figure>
  );
}

function Arrivals({ of }: { of: Days }) {
  const say = useWords();
  const [language] = useLanguage();
  const received = sum(of, (day) => day.received);
  const activated = sum(of, (day) => day.activated);
  const scale = scaleTo(Math.max(...of.map((day) => Math.max(day.received, day.activated))));
  return (
    <Figure title={say('home.arrivals')} isEmpty={received + activated === 0}>
      <Axes days={of} scale={scale} said={say('home.arrivals.said', { received, activated })}>
        {of.map((day, no) => (
          <g key={day.on}>
            <title>
              {say('home.arrivals.day', {
                day: axisDayInWords(day.on, language),
                received: day.received,
                activated: day.activated,
              })}
            </title>
            <Ground no={no} days={of} />
            <Bar className="two" no={no} days={of} from={0} to={day.received} scale={scale} half="left" />
            <Bar className="one" no={no} days={of} from={0} to={day.activated} scale={scale} half="right" />
          </g>
        ))}
      </Axes>
      <Legend
        words={[
          say('home.arrivals.activated', { smart_count: activated }),
          say('home.arrivals.received', { smart_count: received }),
        ]}
      />
    </Figure>
  );
}

/** Units of the drawings; they are shown at about one to one. */
const left = 26;
const right = 436;
const top = 14;
const ground = 132;

interface Scale {
  top: number;
  steps: readonly number[];
}

/** Whole, round steps, three or four of them, up to what is there. */
function scaleTo(most: number): Scale {
  const rough = Math.max(1, most) / 3;
  const tens = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((times) => times * tens >= rough) ?? 10) * tens);
  const count = Math.max(1, Math.ceil(Math.max(1, most) / step));
  return { top: count * step, steps: Array.from({ length: count + 1 }, (_, no) => no * step) };
}

function heightOf(value: number, scale: Scale): number {
  return Math.round((ground - ((ground - top) * value) / scale.top) * 10) / 10;
}

function widthOf(days: Days): number {
  return (right - left) / Math.max(1, days.length);
}

function middle(no: number, days: Days): number {
  return Math.round((left + (no + 0.5) * widthOf(days)) * 10) / 10;
}

function sum(days: Days, of: (day: Days[number]) => number): number {
  return days.reduce((total, day) => total + of(day), 0);
}

function shown(days: number): number {
  return Math.round(days * 10) / 10;
}

function Figure({ title, isEmpty, children }: { title: string; isEmpty: boolean; children: ReactNode }) {
  const say = useWords();
  return (
    <section>
      <h2>{title}</h2>
      {isEmpty ? <p className="m">{say('home.weeks.none')}</p> : children}
    </section>
  );
}

interface AxesProps {
  days: Days;
  scale: Scale;
  /** What the drawing says, for who does not see it. */
  said: string;
  children: ReactNode;
}

const labelledEvery = 7;

function Axes({ days, scale, said, children }: AxesProps) {
  const say = useWords();
  const [language] = useLanguage();
  const last = days.length - 1;
  return (
    <svg className="chart" viewBox="0 0 440 154" role="img" aria-label={said}>
      {scale.steps.map((step) => (
        <g key={step}>
          <path className="rule" d={`M${left} ${heightOf(step, scale)}H${right}`} />
          <text x="0" y={heightOf(step, scale) + 4}>
            {step}
          </text>
        </g>
      ))}
      {children}
      {days.map(
        ({ on }, no) =>
          no % labelledEvery === 0 &&
          no < last - 3 && (
            <text key={on} x={middle(no, days) - 6} y="150">
              {axisDayInWords(on, language)}
            </text>
          ),
      )}
      <text x={right} y="150" textAnchor="end">
        {say('home.weeks.today')}
      </text>
    </svg>
  );
}

/** Makes the whole height of a day answer the pointer. */
function Ground({ no, days }: { no: number; days: Days }) {
  return <rect className="ground" x={left + no * widthOf(days)} y={top} width={widthOf(days)} height={ground - top} />;
}

interface BarProps {
  className: 'one' | 'two';
  no: number;
  days: Days;
  from: number;
  to: number;
  scale: Scale;
  half?: 'left' | 'right';
}

function Bar({ className, no, days, from, to, scale, half }: BarProps) {
  if (to <= from) return null;
  const whole = widthOf(days) * 0.7;
  const width = half ? whole / 2 : whole;
  const x = middle(no, days) - whole / 2 + (half === 'right' ? width : 0);
  const lower = heightOf(from, scale) - (from > 0 ? 1 : 0);
  const upper = heightOf(to, scale);
  const isToday = no === days.length - 1;
  return (
    <rect
      className={isToday && className === 'one' ? 'one now' : className}
      x={x}
      y={upper}
      width={half ? width - 0.5 : width}
      height={Math.max(0, lower - upper)}
    />
  );
}

/** The first word is of the first colour. */
function Legend({ words }: { words: readonly string[] }) {
  return (
    <p className="meta s legend">
      {words.map((word, no) => (
        <span key={word}>
          <i className={no === 0 ? 'lg one' : 'lg two'} />
          {word}
        </span>
      ))}
    </p>
  );
}
