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

/** The mails whose acceptance by the relay moves `approved` to `code_sent`. */
export const codeMails: readonly string[] = ['access_code', 'access_code_reissued'];
