import { postalCode } from '../../contract/schemas/scalars.ts';
import type { Visit } from '../visit.ts';

/** Portals of the United States ask for a ZIP code, with or without its four more numbers; elsewhere the API's form is enough. */
export function isPostalCode({ portal }: { portal: Pick<Visit['portal'], 'locale'> }, typed = ''): boolean {
  if (new Intl.Locale(portal.locale).region === 'US' && !/^\d{5}(?:[- ]?\d{4})?$/.test(typed)) return false;
  return postalCode.safeParse(typed).success;
}
