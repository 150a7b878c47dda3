/** What a place among the rows needs to be kept: who stands there. */
interface Row {
  id: string;
}

/** The rows as they stand, each with what is known of it now; none comes, none goes, none moves. */
export function inPlace<R extends Row>(standing: readonly R[], known: readonly R[]): R[] {
  const byId = new Map(known.map((row) => [row.id, row]));
  return standing.map((row) => byId.get(row.id) ?? row);
}

/** How many of those the question has now are not among the rows that stand. */
export function countOfNew(standing: readonly Row[], ids: readonly string[]): number {
  const shown = new Set(standing.map(({ id }) => id));
  return ids.filter((id) => !shown.has(id)).length;
}

/** The standing rows that the question has no more; they stay, and are asked for by their ids. */
export function idsOfGone(standing: readonly Row[], fresh: readonly Row[]): string[] {
  const there = new Set(fresh.map(({ id }) => id));
  return standing.map(({ id }) => id).filter((id) => !there.has(id));
}
