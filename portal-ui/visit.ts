import type { CallInput } from '../contract/client.ts';
import type { RouteDescriptor, WireResult } from '../contract/route.ts';
import type { PortalInfo } from '../contract/schemas/portal.ts';
import type { Language } from '../contract/words.ts';
import type { Kept } from './kept.ts';

export const textSizes = ['normal', 'larger', 'largest'] as const;
export type TextSize = (typeof textSizes)[number];

/** What was typed into the form, by field name; nothing on a page that is only looked at. */
export interface Typed {
  /** The text of a field, without blanks at its ends; empty when it was not sent. */
  text(name: string): string;
  /** As typed, for passwords. */
  raw(name: string): string;
  /** All values of fields of one name, in order. */
  all(name: string): readonly string[];
  /** The names of all fields that were sent. */
  names(): readonly string[];
}

/** One look at a page, or one form sent: everything a page knows. */
export interface Visit {
  portal: PortalInfo;
  /** Scheme and host of these pages as mails name them, for addresses that are read on paper. */
  site: string;
  language: Language;
  /** The reader's language with the portal's region, for dates and numbers. */
  locale: string;
  textSize: TextSize;
  /** Below `/p/{portal}`, beginning with `/`. */
  path: string;
  query: URLSearchParams;
  typed: Typed;
  /** Stands for the form that is shown: the `Idempotency-Key` of the call it will make, so that a second press changes nothing. */
  formKey: string;
  /** Proof that the form is ours. */
  formToken: string;
  now: Date;
  /** What the browser keeps for these pages, sealed; a page may change it. */
  kept: Kept;
  /** The browser carries a session of an account here; whether it still lives, only a call can tell. */
  hasAccountSession: boolean;
  /**
   * Makes a call of the API in this process, as this browser; cookies that it sets travel with the page. Throws `Problem`. A call
   * that needs an idempotency key is made with the form's.
   */
  call<R extends RouteDescriptor>(route: R, input: CallInput<R>): Promise<WireResult<R>>;
}

/** The address of a page of the visit's portal. */
export function pageAddress({ portal }: Pick<Visit, 'portal'>, path: string): string {
  return `/p/${encodeURIComponent(portal.portal)}${path}`;
}
