import { useCallback, useEffect, useState } from 'react';
import type { CaseRow } from '../cases/case.ts';

/** The rows that are ticked, among those on the screen: what is not seen is not acted on. */
export interface Checked {
  rows: readonly CaseRow[];
  has(row: CaseRow): boolean;
  toggle(row: CaseRow): void;
  toggleAll(): void;
  keep(ids: readonly string[]): void;
}

/** `of` = the question the rows answer; another one begins with nothing ticked. */
export function useChecked(rows: readonly CaseRow[], of: unknown): Checked {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question has nothing ticked
  useEffect(() => setIds(new Set()), [of]);
  const checked = rows.filter(({ id }) => ids.has(id));
  return {
    rows: checked,
    has: ({ id }) => ids.has(id),
    toggle: useCallback(({ id }: CaseRow) => {
      setIds((now) => {
        const next = new Set(now);
        if (!next.delete(id)) next.add(id);
        return next;
      });
    }, []),
    toggleAll: () => setIds(new Set(checked.length === rows.length ? [] : rows.map(({ id }) => id))),
    keep: useCallback((kept: readonly string[]) => setIds(new Set(kept)), []),
  };
}
