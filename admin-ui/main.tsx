import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import '@fontsource-variable/inter/wght.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { App } from './App.tsx';
import './look/look.css';
import './look/frame.css';
import { readStaffSession } from '../contract/routes/staff/session.ts';
import { watchForMissingParts } from './layout/missing-parts.ts';
import { watchActivity } from './server/activity.ts';
import { call } from './server/calls.ts';
import { isSignedIn } from './server/session.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce;
const styles = createCache({ key: 'gh', prepend: true, ...(nonce && { nonce }) });
const router = createBrowserRouter([{ path: '*', element: <App /> }], { basename: '/admin' });

watchActivity(() => {
  if (isSignedIn()) void call(readStaffSession).catch(() => undefined);
});

watchForMissingParts();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <CacheProvider value={styles}>
        <RouterProvider router={router} />
      </CacheProvider>
    </StrictMode>,
  );
}
