import { lazy, Suspense } from 'react';
import { readDashboard } from '../../contract/routes/staff/dashboard.ts';
import { chosenPortal } from '../layout/choices.ts';
import { ScreenBoundary } from '../layout/ScreenBoundary.tsx';
import { useNow } from '../parts/clock.ts';
import { useKept } from '../parts/kept.ts';
import { Pane } from '../parts/Pane.tsx';
import { TroublePlace } from '../parts/Trouble.tsx';
import { AsOf, useZoned } from '../parts/time.tsx';
import { useCall } from '../parts/use-call.ts';
import { useMay } from '../parts/use-me.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { longDayInWords } from '../words/dates.ts';
import { useLanguage, useWords } from '../words/use-words.ts';
import { Attention } from './Attention.tsx';
import type { Dashboard } from './attention.ts';
import { ByPromise } from './ByPromise.tsx';
import './dashboard.css';
import { YourWork } from './YourWork.tsx';

const Charts = lazy(() => import('./Charts.tsx').then((found) => ({ default: found.Charts })));

/** Where the day begins: my work, what is in trouble, the queue by promise, the last weeks. */
export function DashboardPage() {
  const say = useWords();
  const [language] = useLanguage();
  const [portal] = useKept(chosenPortal);
  const now = useNow(60_000);
  const zoned = useZoned();
  const { data, error, refetch } = useCall(readDashboard, {}, { everyMs: 60_000 });
  usePageTitle(say('nav.home'));
  return (
    <>
      <div className="head">
        <h1 title={zoned(now)}>{longDayInWords(now, language)}</h1>
        {portal !== undefined && <span className="s wide">{say('home.everyPortal')}</span>}
        <span className="grow" />
        {data && <AsOf at={data.asOf} />}
      </div>
      <Pane className="pane dash" label={say('nav.home')} isBusy={!data && !error}>
        {error && !data ? (
          <div className="s12">
            <TroublePlace error={error} retry={() => void refetch()} />
          </div>
        ) : (
          <Sections of={data} />
        )}
      </Pane>
    </>
  );
}

function Sections({ of }: { of: Dashboard | undefined }) {
  const say = useWords();
  const may = useMay();
  if (!of) return <Loading />;
  const works = may('case.claim');
  return (
    <>
      <div className={works ? 'pair' : 'pair alone'}>
        {works && <YourWork of={of} />}
        <Attention of={of} />
      </div>
      <ByPromise of={of} />
      <ScreenBoundary at="charts" instead={<section className="s12 m">{say('home.chartsMissing')}</section>}>
        <Suspense fallback={<section className="s12 charts-place" aria-busy="true" />}>
          <Charts of={of.throughput} />
        </Suspense>
      </ScreenBoundary>
    </>
  );
}

/** The shape of what comes. */
function Loading() {
  const say = useWords();
  const may = useMay();
  const lines = ['64%', '48%', '56%'];
  return (
    <>
      <div className={may('case.claim') ? 'pair' : 'pair alone'}>
        {may('case.claim') && (
          <section className="work">
            <h2>{say('home.work')}</h2>
            <span className="skel" style={{ width: '72%', height: 36 }} />
          </section>
        )}
        <section>
          <h2>{say('home.attention')}</h2>
          {lines.map((width) => (
            <p key={width}>
              <span className="skel" style={{ width }} />
            </p>
          ))}
        </section>
      </div>
      <section className="s12">
        <h2>{say('home.promise')}</h2>
        <span className="skel" style={{ width: '100%' }} />
      </section>
      <section className="s12 charts-place" />
    </>
  );
}
