import { daysUntil, instantInWords, spanInWords, timeInWords } from '../words/dates.ts';
import { useLanguage, useWords } from '../words/use-words.ts';
import { useNow } from './clock.ts';
import { useTimeZone } from './portals.ts';

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

/** An instant in the portal's time zone, with the zone on hover. */
export function Instant({ at, portal, short }: { at: string; portal?: string | undefined; short?: boolean }) {
  const say = useWords();
  const [language] = useLanguage();
  const timeZone = useTimeZone(portal);
  const instant = new Date(at);
  const whole = instantInWords(instant, language, timeZone);
  const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <time dateTime={at} title={say('time.zone', { at: whole, zone: zone.replaceAll('_', ' ') })}>
      {short ? timeInWords(instant, language, timeZone) : whole}
    </time>
  );
}

/** `5 s ago`, `3 min ago`; on hover the instant. */
export function Ago({ at }: { at: string }) {
  const say = useWords();
  const [language] = useLanguage();
  const passed = useNow(1000).getTime() - new Date(at).getTime();
  return (
    <time dateTime={at} title={instantInWords(new Date(at), language)}>
      {passed < 1000 ? say('time.now') : say('time.ago', { span: spanInWords(passed) })}
    </time>
  );
}

/** When figures were counted, by the server's clock. */
export function AsOf({ at }: { at: string }) {
  const say = useWords();
  const [language] = useLanguage();
  const instant = new Date(at);
  return (
    <time className="meta m" dateTime={at} title={instantInWords(instant, language)}>
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
