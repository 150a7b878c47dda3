import type { Template } from '../template.ts';
import type { MailTemplate } from '../template-data.ts';
import { accessCode } from './access-code.ts';
import { accessCodeExpired } from './access-code-expired.ts';
import { accessCodeReissued } from './access-code-reissued.ts';
import { accessCodeReminder } from './access-code-reminder.ts';
import { accountActivated } from './account-activated.ts';
import { accountExists } from './account-exists.ts';
import { accountLinked } from './account-linked.ts';
import { accountSuspended } from './account-suspended.ts';
import { accountUnlocked } from './account-unlocked.ts';
import { applicationReceived } from './application-received.ts';
import { applicationRejected } from './application-rejected.ts';
import { applicationWithdrawn } from './application-withdrawn.ts';
import { credentialsChanged } from './credentials-changed.ts';
import { emailChanged } from './email-changed.ts';
import { informationReminder } from './information-reminder.ts';
import { informationRequested } from './information-requested.ts';
import { mailboxCode } from './mailbox-code.ts';
import { promiseLate } from './promise-late.ts';
import { registrationConfirmation } from './registration-confirmation.ts';
import { registrationExpired } from './registration-expired.ts';
import { registrationInvitation } from './registration-invitation.ts';
import { registrationReminder } from './registration-reminder.ts';
import { registrationResent } from './registration-resent.ts';

/** The wording of every template; complete by its type. */
export const templates: { readonly [T in MailTemplate]: Template<T> } = {
  application_received: applicationReceived,
  information_requested: informationRequested,
  information_reminder: informationReminder,
  application_rejected: applicationRejected,
  application_withdrawn: applicationWithdrawn,
  access_code: accessCode,
  access_code_reissued: accessCodeReissued,
  access_code_reminder: accessCodeReminder,
  access_code_expired: accessCodeExpired,
  account_exists: accountExists,
  account_activated: accountActivated,
  promise_late: promiseLate,
  mailbox_code: mailboxCode,
  email_changed: emailChanged,
  credentials_changed: credentialsChanged,
  account_suspended: accountSuspended,
  account_unlocked: accountUnlocked,
  registration_invitation: registrationInvitation,
  registration_resent: registrationResent,
  registration_reminder: registrationReminder,
  registration_expired: registrationExpired,
  registration_confirmation: registrationConfirmation,
  account_linked: accountLinked,
};
