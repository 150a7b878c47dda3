/** Mails a move of the application owes (lifecycles.md §1 "Mails"). */
export type ApplicationMail =
  | 'application_received'
  | 'information_requested'
  | 'information_reminder'
  | 'application_rejected'
  | 'application_withdrawn'
  | 'access_code'
  | 'access_code_reissued'
  | 'access_code_reminder'
  | 'access_code_expired'
  | 'account_activated'
  | 'account_suspended'
  | 'email_changed'
  | 'promise_late';

/** A mail a move owes. `data` holds what the template needs beyond the case's own facts, never a secret. */
export interface OwedMail {
  template: ApplicationMail;
  data?: Record<string, unknown>;
  /** Another address than the case's. */
  to?: string;
  /** Goes to every supervisor of the portal instead of the person. */
  toSupervisors?: boolean;
  /** Carries the text of the live access code. */
  carriesCode?: boolean;
}

/** The mails whose acceptance by the relay moves `approved` to `code_sent`. */
export const codeMails: readonly string[] = ['access_code', 'access_code_reissued'];
