import type { RejectReason } from '../domain/application/reasons.ts';

/** The facts of one template as rendering needs them. JSON only: instants are ISO strings, nothing is a `Date`. */
export interface MailData {
  application_received: { reference: string; promisedBy: string };
  information_requested: { reference: string; questions: string[]; answerBy: string; message?: string };
  information_reminder: { reference: string; questions: string[]; answerBy: string };
  /** `codeEnded`: a code had been mailed already (revoke), so the mail says that it is dead. */
  application_rejected: {
    reference: string;
    reason: RejectReason;
    minimumAge: number;
    codeEnded?: boolean;
    message?: string;
  };
  /** `askedBy`: the instant by which an answer was asked for; with `no_response` only. */
  application_withdrawn: {
    reference: string;
    because: 'by_applicant' | 'no_response';
    askedBy?: string;
    message?: string;
  };
  access_code: { reference: string; accessCode: string; expiresAt: string; message?: string };
  access_code_reissued: { reference: string; accessCode: string; expiresAt: string; message?: string };
  /** `daysLeft`: whole days until `expiresAt`; 0 = it ends within a day. */
  access_code_reminder: { reference: string; accessCode: string; expiresAt: string; daysLeft: number };
  /** `canRenew` (default true): the person may get a new one without a call. */
  access_code_expired: { reference: string; expiredAt: string; canRenew?: boolean; message?: string };
  account_exists: Record<string, never>;
  account_activated: { openedAt: string };
  promise_late: { reference: string; promisedBy: string; caseId: string };
  mailbox_code: { mailboxCode: string };
  email_changed: Record<string, never>;
  credentials_changed: { changedAt: string };
  account_suspended: Record<string, never>;
  account_unlocked: Record<string, never>;
  /** `initial`: of the first name on the record, for families who share an address; `registrationLink`: 43 characters. */
  registration_invitation: RegistrationLinkMail & { message?: string };
  registration_resent: RegistrationLinkMail & { message?: string };
  /** `daysLeft`: whole days until `expiresAt`; 0 = it ends within a day. */
  registration_reminder: RegistrationLinkMail & { daysLeft: number };
  registration_expired: { reference: string; initial?: string; expiredAt: string; message?: string };
  registration_confirmation: { openedAt: string };
  /** `practice`: its name as patients know it; null when it is not known. */
  account_linked: { practice: string | null; linkedAt: string };
}

export interface RegistrationLinkMail {
  reference: string;
  initial: string;
  registrationLink: string;
  expiresAt: string;
}

export type MailTemplate = keyof MailData;

/** The fields that hold a secret. They are derived when a mail is rendered and never written down. */
export type SecretField = 'accessCode' | 'mailboxCode' | 'registrationLink';

/** The facts as the message ledger keeps them: everything but the secret. */
export type MailFacts = { [T in MailTemplate]: Omit<MailData[T], SecretField> };
