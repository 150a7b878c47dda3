import type { WireResult } from '../../contract/route.ts';
import { listMessages } from '../../contract/routes/staff/messages.ts';
import type { ApplicationMail } from '../../domain/application/mails.ts';
import type { RegistrationMail } from '../../domain/registration/mails.ts';
import type { ListOf, ListQuery } from '../parts/use-list.ts';
import { call } from '../server/calls.ts';

/** A mail of the outbox, with what became of it. */
export type Mail = WireResult<typeof listMessages>['data'][number];

export const mails: ListOf<Mail> = {
  name: listMessages.name,
  resource: 'message',
  sort: 'queuedAt',
  order: 'desc',
  filters: ['state', 'template'],
  read: async (query, signal) => (await call(listMessages, { query, ...(signal && { signal }) })).body,
};

/** The outbox by outcome; `trouble` is what somebody has to look at. */
export const views = {
  all: {},
  trouble: { state: ['refused', 'bounced', 'unknown'] },
  queued: { state: ['queued'] },
  accepted: { state: ['accepted'] },
  refused: { state: ['refused'] },
  unknown: { state: ['unknown'] },
  bounced: { state: ['bounced'] },
} as const satisfies Readonly<Record<string, ListQuery>>;

export type ViewName = keyof typeof views;

/** The view whose states these are. */
export function viewOf(states: readonly string[]): ViewName {
  const wanted = states.join();
  const found = (Object.keys(views) as ViewName[]).find((name) => statesOf(name).join() === wanted);
  return found ?? 'all';
}

export function statesOf(view: ViewName): readonly string[] {
  const chosen = views[view];
  return 'state' in chosen ? chosen.state : [];
}

/** Mails of accounts, beside those of an application or a registration. */
export type OtherMail = 'account_unlocked' | 'account_exists' | 'credentials_changed' | 'mailbox_code';

const everyTemplate: Readonly<Record<ApplicationMail | RegistrationMail | OtherMail, true>> = {
  application_received: true,
  information_requested: true,
  information_reminder: true,
  application_rejected: true,
  application_withdrawn: true,
  access_code: true,
  access_code_reissued: true,
  access_code_reminder: true,
  access_code_expired: true,
  account_activated: true,
  account_suspended: true,
  account_unlocked: true,
  email_changed: true,
  promise_late: true,
  account_exists: true,
  credentials_changed: true,
  mailbox_code: true,
  registration_invitation: true,
  registration_resent: true,
  registration_reminder: true,
  registration_expired: true,
  registration_confirmation: true,
  account_linked: true,
};

/** The mails that there are, by template. */
export const templates = Object.keys(everyTemplate);
