import type { ReactNode } from 'react';
import { pageAddress, type Visit } from '../visit.ts';

/** A link that looks like the page's button. */
export function LinkButton({ visit, path, words }: { visit: Visit; path: string; words: ReactNode }) {
  return (
    <p>
      <a className="btn" href={pageAddress(visit, path)}>
        {words}
      </a>
    </p>
  );
}
