import { listOf } from '../../list-query.ts';
import { route } from '../../route.ts';
import {
  activityEntry,
  changeOwnEmailBody,
  changePasswordBody,
  emailChangeStarted,
  ownProfile,
  passwordChanged,
  preferencesBody,
} from '../../schemas/account.ts';
import { mailboxCodeBody } from '../../schemas/activation.ts';
import { pageOf } from '../../schemas/answers.ts';
import { portalParams } from '../params.ts';

const ofMine = { tags: ['Account'], access: 'account', idempotent: false, params: portalParams, status: 200 } as const;

export const readMe = route({
  ...ofMine,
  name: 'readMe',
  method: 'get',
  path: '/portals/:portal/me',
  summary: 'The own account, with its enrollments; none: it is limited',
  response: ownProfile,
  problems: [],
});

export const changePreferences = route({
  ...ofMine,
  name: 'changePreferences',
  method: 'patch',
  path: '/portals/:portal/me/preferences',
  summary: 'News by e-mail, language',
  body: preferencesBody,
  response: ownProfile,
  problems: [],
});

export const changePassword = route({
  ...ofMine,
  name: 'changePassword',
  method: 'post',
  path: '/portals/:portal/me/password',
  summary: 'Change the password; everywhere else is signed out',
  idempotent: true,
  body: changePasswordBody,
  response: passwordChanged,
  problems: ['password_not_allowed'],
  limits: ['loginsPerMinute'],
});

export const changeOwnEmail = route({
  ...ofMine,
  name: 'changeOwnEmail',
  method: 'post',
  path: '/portals/:portal/me/email',
  summary: 'Give another address; it counts once the 8 numbers sent there are typed in',
  idempotent: true,
  body: changeOwnEmailBody,
  response: emailChangeStarted,
  problems: ['mailed_recently'],
  limits: ['loginsPerMinute'],
});

export const confirmOwnEmail = route({
  ...ofMine,
  name: 'confirmOwnEmail',
  method: 'put',
  path: '/portals/:portal/me/email/code',
  summary: 'The 8 numbers from the new mailbox; the old address is told',
  body: mailboxCodeBody,
  response: ownProfile,
  problems: ['code_not_accepted', 'not_allowed_now'],
});

export const listOwnActivity = route({
  ...ofMine,
  name: 'listOwnActivity',
  method: 'get',
  path: '/portals/:portal/me/activity',
  summary: 'Who used the own account, and when',
  list: listOf({ sorts: ['at'], defaultSort: 'at', defaultOrder: 'desc', filters: {}, search: false }),
  response: pageOf(activityEntry),
  problems: [],
});
