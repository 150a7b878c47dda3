/**
 * Marks a read whose rows lie under somebody's hand: it is not made anew by itself when events were missed. Whoever marks one
 * listens for changes and puts them in place (`meta` of the query).
 */
export const staysPut = { staysPut: true } as const;

interface Read {
  meta?: Readonly<Record<string, unknown>> | undefined;
  state: { data: unknown };
}

/** Whether a read may be made anew without anybody asking; where nothing was read yet, nothing can move. */
export function mayMove({ meta, state }: Read): boolean {
  return meta?.staysPut !== true || state.data === undefined;
}
