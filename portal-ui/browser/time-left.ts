/** The warning comes this long before the end. */
export const warnBeforeMs = 2 * 60_000;

/** Where a stay at a page stands: still quiet, about to end, or over. `nextMs` until that changes; undefined when it is over. */
export interface Standing {
  phase: 'quiet' | 'ending' | 'over';
  nextMs: number | undefined;
}

/** `endsAt` and `now` by the same clock, in milliseconds. */
export function standingAt(now: number, endsAt: number): Standing {
  const left = endsAt - now;
  if (!(left > 0)) return { phase: 'over', nextMs: undefined };
  if (left <= warnBeforeMs) return { phase: 'ending', nextMs: left };
  return { phase: 'quiet', nextMs: left - warnBeforeMs };
}

/** How long the stay lasts by the server's clock; the browser's own may be wrong by hours. Undefined when it is not told. */
export function lengthOfStay(serverNow: string | undefined, endsAt: string | undefined): number | undefined {
  const length = Date.parse(endsAt ?? '') - Date.parse(serverNow ?? '');
  return Number.isNaN(length) ? undefined : length;
}

/** A time zone and how the pages call it: "America/New_York", "Eastern time". */
export interface Zone {
  id: string | undefined;
  name: string | undefined;
}

/** "4:03 pm (Eastern time)", "4:03 p. m. (hora del este)", as the pages write times; bare languages mean the United States. */
export function clockTime(at: number, language: string, { id, name }: Zone): string {
  const locale = /^(en|es)$/.test(language) ? `${language}-US` : language;
  const format = new Intl.DateTimeFormat(locale, { timeStyle: 'short', ...(id && { timeZone: id }) });
  const time = format
    .format(at)
    .toLowerCase()
    .replace(/\s/gu, ' ')
    .replace(/([ap])\.\s?m\./, '$1. m.');
  return name ? `${time} (${name})` : time;
}
