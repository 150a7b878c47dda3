import { useCallback, useState } from 'react';

/** The row the keys and the preview are about: by id, so that it stays the same when rows change. */
export function useSelection<Row extends { id: string }>(rows: readonly Row[]) {
  const [id, setId] = useState<string | undefined>(undefined);
  const found = rows.findIndex((row) => row.id === id);
  const selected = rows[found] ?? rows[0];

  const select = useCallback((row: Row) => setId(row.id), []);
  /** Moves and takes the focus along, so that a screen reader says where one is. */
  const moveBy = (by: number) => {
    const next = rows[id === undefined && by > 0 ? 0 : Math.min(rows.length - 1, Math.max(0, Math.max(found, 0) + by))];
    if (!next) return;
    setId(next.id);
    const link = document.querySelector<HTMLElement>(`[data-row="${next.id}"]`);
    link?.focus({ preventScroll: true });
    link?.closest('tr')?.scrollIntoView({ block: 'nearest' });
  };
  return { selected, select, moveBy };
}
