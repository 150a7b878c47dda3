import { type ReactNode, Suspense } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { KeysHelp } from '../keys/KeysHelp.tsx';
import { useKeys } from '../keys/keys.ts';
import { LiveRefetch } from '../live/LiveRefetch.tsx';
import { useKept } from '../parts/kept.ts';
import { Notices } from '../parts/notices.tsx';
import { useMay } from '../parts/use-me.ts';
import { PreferredLanguage } from '../preferences/use-preferences.ts';
import { SignInAgain } from '../sign-in/SignInAgain.tsx';
import { useWords } from '../words/use-words.ts';
import { Bar } from './Bar.tsx';
import { Brand } from './Brand.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { keysHelpIsOpen } from './choices.ts';
import { Rail } from './Rail.tsx';
import { ScreenBoundary } from './ScreenBoundary.tsx';
import { ServerTime } from './ServerTime.tsx';
import { screens } from './screens.ts';

/** The frame around every page: bar, rail, work area. */
export function Shell({ children }: { children?: ReactNode }) {
  const say = useWords();
  const navigate = useNavigate();
  const may = useMay();
  const { pathname } = useLocation();
  const [isHelpOpen, setHelpOpen] = useKept(keysHelpIsOpen);
  const goTo = screens.flatMap(({ keys, path, needs }) =>
    keys !== undefined && needs.some(may) ? [[keys, () => navigate(path)] as const] : [],
  );
  useKeys({
    ...Object.fromEntries(goTo),
    '?': () => setHelpOpen(true),
    '/': () => document.getElementById('search')?.focus(),
  });
  return (
    <>
      <a className="skip" href="#main">
        {say('app.skip')}
      </a>
      <div className="app">
        <header className="top">
          <Link className="brand" to="/" aria-label={say('app.home')}>
            <Brand />
          </Link>
          <Bar />
        </header>
        <Rail />
        <main className="main" id="main" tabIndex={-1} key={pathname.split('/')[1]}>
          <ConnectionBanner />
          <ScreenBoundary at={pathname}>
            <Suspense fallback={<div className="pane" aria-busy="true" />}>{children}</Suspense>
          </ScreenBoundary>
        </main>
      </div>
      <Notices />
      <KeysHelp isOpen={isHelpOpen} close={() => setHelpOpen(false)} />
      <SignInAgain />
      <PreferredLanguage />
      <LiveRefetch />
      <ServerTime />
    </>
  );
}
