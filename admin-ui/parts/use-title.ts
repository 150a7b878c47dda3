import { useEffect } from 'react';

/** The page's title, `Queue – Gatehouse`. Never a person's name: titles end up in histories and on shared screens. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – Gatehouse`;
  }, [title]);
}
