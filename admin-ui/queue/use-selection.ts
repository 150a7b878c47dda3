import { useCallback, useEffect, useState } from 'react';
import { kept } from '../parts/kept.ts';

/** The row opened last of each list, by the path of its screen: where one goes on when one comes back. */
const opened = kept<Readonly<Record<string, string>>>({});

/** Also for what is opened from a row's page, as the next case is. */
export function rememberOpened(list: string, id: string): void {
  opened.set({ ...opened.get(), [list]: id });
}

/** The row the keys and the preview are about: by id, so that it stays the same when rows change. */
export function useSelection<Row extends { id: string }>(rows: readonly Row[], list: string) {
  const [id, setId] = useState<string | undefined>(() => opened.get()[list]);
  const found = rows.findIndex((row) => row.id === id);
  const selected = rows[found] ?? rows[0];

  const select = useCallback((row: Row) => setId(row.id), []);
  const remember = useCallback((openedId: string) => rememberOpened(list, openedId), [list]);
  /** Moves and takes the focus along, so that a screen reader says where one is. */
  const moveBy = (by: number) => {
    const next = rows[rowAfter(found, by, rows.length)];
    if (!next) return;
    setId(next.id);
    const link = linkOf(next.id);
    link?.focus({ preventScroll: true });
    link?.closest('tr')?.scrollIntoView({ block: 'nearest' });
  };
  const isShown = found >= 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when one comes back
  useEffect(() => {
    if (isShown && id !== undefined) linkOf(id)?.closest('tr')?.scrollIntoView({ block: 'nearest' });
  }, [rows.length > 0]);
  return { selected, select, moveBy, remember };
}

/** Where the keys go from a row, within the list; from none (-1) down to the first. */
export function rowAfter(found: number, by: number, count: number): number {
  if (found < 0 && by > 0) return 0;
  return Math.min(count - 1, Math.max(0, Math.max(found, 0) + by));
}

function linkOf(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-row="${id}"]`);
}
