import { ThemeProvider } from '@mui/material/styles';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { chosenTheme } from '../layout/choices.ts';
import { useKept } from '../parts/kept.ts';
import { gatehouse } from './theme.ts';

const light = gatehouse('light');
const dark = gatehouse('dark');
const systemDark = matchMedia('(prefers-color-scheme: dark)');

/** Light or dark, as the person chose, else as the system has it: for MUI and for look.css alike. */
export function Look({ children }: { children: ReactNode }) {
  const [chosen] = useKept(chosenTheme);
  const isSystemDark = useSyncExternalStore(subscribe, () => systemDark.matches);
  useEffect(() => {
    if (chosen) document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
  }, [chosen]);
  const isDark = chosen ? chosen === 'dark' : isSystemDark;
  return <ThemeProvider theme={isDark ? dark : light}>{children}</ThemeProvider>;
}

function subscribe(listener: () => void): () => void {
  systemDark.addEventListener('change', listener);
  return () => systemDark.removeEventListener('change', listener);
}
