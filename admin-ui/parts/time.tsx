import { dateOfInstant, daysUntil, instantInWords, spanInWords, timeInWords } from '../words/dates.ts';
import { useLanguage, useWords } from '../words/use-words.ts';
import { useNow } from './clock.ts';
import { usePortals, useTimeZone } from './portals.ts';

/** How long until then. Only this text is drawn anew as time goes: each second in the last hour, else each minute. */
export function Remaining({ until, className }: { until: string; className?: string }) {
  const at = new Date(until).getTime();
  const isNear = at - useNow(60_000).getTime() < 60 * 60_000;
  const now = useNow(isNear ? 1000 : 60_000).getTime();
  return <span className={className}>{spanInWords(at - now)}</span>;
}

/** How long ago that was, as a span. */
export function Passed({ since }: { since: string }) {
  return <span>{spanInWords(useNow(60_000).getTime() - new Date(since).getTime())}</span>;
}

/**
 * The whole instant and the zone it is told in, for the hover text. What belongs to a portal is told in the portal's zone,
 * what belongs to none in this machine's.
 */
export function useZoned(portal?: string): (at: Date) => string {
  const say = useWords();
  const [language] = useLanguage();
  const timeZone = useTimeZone(portal);
  const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (at) => say('time.zone', { at: instantInWords(at, language, timeZone), zone: zone.replaceAll('_', ' ') });
}

/** An instant in the portal's time zone, with the zone on hover. */
export function Instant({ at, portal, short }: { at: string; portal?: string | undefined; short?: boolean }) {
  const [language] = useLanguage();
  const timeZone = useTimeZone(portal);
  const zoned = useZoned(portal);
  const instant = new Date(at);
  return (
    <time dateTime={at} title={zoned(instant)}>
      {(short ? timeInWords : instantInWords)(instant, language, timeZone)}
    </time>
  );
}

/** The day of an instant in the portal's time zone, with the instant and the zone on hover. */
export function Day({ at, portal }: { at: string; portal: string }) {
  const day = useDayOf();
  const zoned = useZoned(portal);
  return (
    <time dateTime={at} title={zoned(new Date(at))}>
      {day(at, portal)}
    </time>
  );
}

/** The same for sentences. */
export function useDayOf(): (at: string, portal: string) => string {
  const [language] = useLanguage();
  const portals = usePortals();
  return (at, portal) => dateOfInstant(new Date(at), language, portals.find(({ id }) => id === portal)?.timeZone);
}

/** `5 s ago`, `3 min ago`; on hover the instant. */
export function Ago({ at, portal }: { at: string; portal?: string | undefined }) {
  const say = useWords();
  const zoned = useZoned(portal);
  const passed = useNow(1000).getTime() - new Date(at).getTime();
  return (
    <time dateTime={at} title={zoned(new Date(at))}>
      {passed < 1000 ? say('time.now') : say('time.ago', { span: spanInWords(passed) })}
    </time>
  );
}

/** When figures were counted, by the server's clock. */
export function AsOf({ at }: { at: string }) {
  const say = useWords();
  const [language] = useLanguage();
  const zoned = useZoned();
  const instant = new Date(at);
  return (
    <time className="meta m" dateTime={at} title={zoned(instant)}>
      {say('time.asOf', { at: timeInWords(instant, language) })}
    </time>
  );
}

/** Headings of a list by day: Today, Yesterday, else the day. */
export function useDayHeading(portal: string): (at: Date) => string {
  const say = useWords();
  const [language] = useLanguage();
  const timeZone = useTimeZone(portal);
  const now = useNow(60 * 60_000);
  return (at) => {
    const days = daysUntil(at, now, timeZone);
    if (days === 0) return say('time.today');
    if (days === -1) return say('time.yesterday');
    return instantInWords(at, language, timeZone).split(',')[0] ?? '';
  };
}
