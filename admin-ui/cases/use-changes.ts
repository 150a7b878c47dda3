import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '../../contract/problems.ts';
import type { Case } from './case.ts';

/** The case as the person last knew it, when somebody or something else changed it under their eyes. */
export interface Changed {
  before: Case;
  /** What the person sent was refused, most often because of it. */
  refusal: Problem | undefined;
  /** What they had typed into it. */
  typed: string;
}

/** Notices that a shown case changed by other hands than one's own. */
export function useChanges(current: Case | undefined) {
  const known = useRef<Case | undefined>(undefined);
  const [changed, setChanged] = useState<Changed | undefined>(undefined);

  /** What the person themself did, or has been told of. */
  const accept = useCallback((now: Case | undefined) => {
    known.current = now;
    setChanged(undefined);
  }, []);
  const wasRefused = useCallback((refusal: Problem, typed: string) => {
    if (known.current) setChanged({ before: known.current, refusal, typed });
  }, []);

  useEffect(() => {
    if (!current) return;
    const before = known.current;
    if (!before || before.id !== current.id) {
      accept(current);
    } else if (current.version > before.version) {
      setChanged((now) => ({ before: now?.before ?? before, refusal: now?.refusal, typed: now?.typed ?? '' }));
    }
  }, [current, accept]);
  return { changed: changed?.before.id === current?.id ? changed : undefined, accept, wasRefused };
}
