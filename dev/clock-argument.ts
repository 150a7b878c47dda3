/** `+60d`, `-12h`, `+P6M`, `PT10M` as PostgreSQL reads it; undefined for anything else. */
export function intervalOf(argument: string): string | undefined {
  const [, sign, amount, unit] = /^([+-]?)(\d{1,6})([smhdw])$/.exec(argument) ?? [];
  if (amount !== undefined && unit !== undefined) return `${sign}${amount} ${units[unit]}`;
  const [, isoSign, iso] =
    /^([+-]?)(P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/.exec(argument) ?? [];
  if (iso === undefined) return undefined;
  return isoSign === '-' ? iso.replaceAll(/\d+/g, '-$&') : iso;
}

const units: Record<string, string> = { s: 'seconds', m: 'minutes', h: 'hours', d: 'days', w: 'weeks' };
