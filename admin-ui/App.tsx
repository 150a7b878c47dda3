import { QueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CoreAdminContext, CoreAdminUI, CustomRoutes, memoryStore } from 'react-admin';
import { Navigate, Route } from 'react-router';
import { Problem } from '../contract/problems.ts';
import { NotFoundPage } from './layout/NotFoundPage.tsx';
import { Broken } from './layout/ScreenBoundary.tsx';
import { Shell } from './layout/Shell.tsx';
import { type Screen, screens } from './layout/screens.ts';
import { Look } from './look/Look.tsx';
import { useMay } from './parts/use-me.ts';
import { authProvider } from './server/auth-provider.ts';
import { dataProvider } from './server/data-provider.ts';
import { SignInPage } from './sign-in/SignInPage.tsx';
import { i18nProvider } from './words/i18n-provider.ts';

const store = memoryStore();

/** What was refused is not asked again; what got lost on the way is, once. */
function retries(failures: number, error: unknown): boolean {
  return failures < 1 && !(error instanceof Problem && error.status < 500);
}

/** react-admin's core with our own providers, look and frame; its stock components are loaded by the screens that use them. */
export function App() {
  const [queries] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: retries, networkMode: 'always' } } }),
  );
  return (
    <CoreAdminContext
      authProvider={authProvider}
      dataProvider={dataProvider}
      i18nProvider={i18nProvider}
      store={store}
      queryClient={queries}
    >
      <Look>
        <CoreAdminUI
          layout={Shell}
          loginPage={false}
          catchAll={NotFoundPage}
          loading={Nothing}
          error={FrameBroken}
          requireAuth
          disableTelemetry
        >
          <CustomRoutes noLayout>
            <Route path="/sign-in" element={<SignInPage />} />
          </CustomRoutes>
          <CustomRoutes>
            <Route path="/" element={<FirstScreen />} />
            {screens.map((screen) => (
              <Route key={screen.path} path={screen.path} element={<Guarded screen={screen} />} />
            ))}
          </CustomRoutes>
        </CoreAdminUI>
      </Look>
    </CoreAdminContext>
  );
}

/** While it is found out who is signed in, a moment, the page is its ground. */
function Nothing() {
  return null;
}

/** The frame itself broke, not a screen in it. */
function FrameBroken({ resetErrorBoundary }: { resetErrorBoundary: (args: unknown) => void }) {
  return (
    <main>
      <Broken retry={() => resetErrorBoundary(undefined)} />
    </main>
  );
}

/** A screen the member may not see does not exist for them; the server would refuse its data anyway. */
function Guarded({ screen: { needs, page: Page } }: { screen: Screen }) {
  const may = useMay();
  return needs.some(may) ? <Page /> : <NotFoundPage />;
}

/** Home is the first screen the member may see. */
function FirstScreen() {
  const may = useMay();
  const first = screens.find(({ rail, needs }) => rail && needs.some(may));
  return first ? <Navigate to={first.path} replace /> : <NotFoundPage />;
}
