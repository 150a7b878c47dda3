/** Mails a move of the registration owes (lifecycles.md §2 "Mails"); `email_changed` to the address before a correction. */
export type RegistrationMail =
  | 'registration_invitation'
  | 'registration_resent'
  | 'registration_reminder'
  | 'registration_expired'
  | 'registration_confirmation'
  | 'account_linked'
  | 'email_changed';

/** The mails whose acceptance by the relay moves `draft` to `sent`. */
export const linkMails: readonly string[] = ['registration_invitation', 'registration_resent'];
