import type { ReactNode } from 'react';
import type { Typed, Visit } from './visit.ts';

/** One wrong field: the id of its (first) input and what is wrong, in words. Told at the field and in the summary. */
export interface FieldError {
  field: string;
  message: string;
}

/** What a page is shown with besides the visit: what was typed, and what is wrong with it. */
export interface Told {
  typed: Typed;
  errors: readonly FieldError[];
}

/** A page as it is shown. */
export interface Shown {
  /** Its question or heading; also the title of the window. */
  title: string;
  /** The journey it belongs to, such as "Apply"; left out where the title says it all. */
  journey?: string;
  /** Where "Back" leads, below the portal; left out where there is no way back. */
  back?: { path: string; words?: string };
  /** 200 unless told. */
  status?: number;
  /** Seconds, as `Retry-After`. */
  retryAfterSeconds?: number;
  /** The instant at which what is being done here runs out; the script warns two minutes before. */
  endsAt?: Date;
  /** What is wrong before anything was typed here: a later step led back. Shown like a refused form's. */
  errors?: readonly FieldError[];
  body: ReactNode;
}

/** What becomes of a form: another page (303), the same page with what is wrong (422), or a page as the answer. */
export type Taken = { to: string } | { errors: readonly FieldError[]; status?: number } | { shown: Shown };

/**
 * One address of a portal's pages. `show` answers a look at it, `take` a form sent to it. Both may throw `Problem`, which becomes a
 * page with its next step. `show` may answer with an address to go to instead.
 */
export interface Page {
  /** Below `/p/{portal}`, such as `/apply/name`. */
  path: string;
  show(visit: Visit, told: Told): Promise<Shown | { to: string }> | Shown | { to: string };
  take?(visit: Visit): Promise<Taken> | Taken;
}
