import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { apiBase, type RouteDescriptor } from '../../contract/route.ts';
import { routes } from '../../contract/routes/index.ts';
import { accountActions } from '../../contract/schemas/account.ts';
import { campaignActions } from '../../contract/schemas/campaign.ts';
import { type Role, roles } from '../../domain/case.ts';
import { caseStaffMoves } from '../../domain/case-names.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { signedInAs } from '../support/staff.ts';
import { openVisitor, sendRaw } from '../support/visitor.ts';

let api: TestApi;
const cookies = new Map<Role, string>();

beforeAll(async () => {
  api = await startTestApi();
  for (const role of roles) {
    const visitor = await signedInAs(api, await api.house.member(`Matrix ${role}`, role));
    cookies.set(role, visitor.cookies.get('gh_staff') ?? '');
  }
});
afterAll(() => api.stop());

const readers: Role[] = ['clerk', 'reviewer', 'supervisor', 'auditor'];
const clerks: Role[] = ['clerk', 'reviewer', 'supervisor'];
const reviewers: Role[] = ['reviewer', 'supervisor'];
const everybody: Role[] = [...roles];

/** Who may do what, written down a second time from api.md "Roles": route (and action) → roles. */
const allowed: Record<string, readonly Role[]> = {
  readStaffSession: everybody,
  staffSignOut: everybody,
  readPreferences: everybody,
  replacePreferences: everybody,
  listCases: readers,
  readCase: readers,
  createCase: clerks,
  previewNewCase: clerks,
  listCampaigns: readers,
  readCampaign: readers,
  listCampaignRows: readers,
  downloadCampaignResults: reviewers,
  createCampaign: reviewers,
  assignCases: ['supervisor'],
  exportCases: ['supervisor'],
  listCaseRecords: readers,
  listCaseTimeline: readers,
  listCaseMessages: everybody,
  readCaseEngine: everybody,
  listMessages: everybody,
  readMail: readers,
  resendMessage: clerks,
  listPatientRecords: readers,
  importPatientRecords: ['supervisor'],
  listAccounts: readers,
  readAccount: readers,
  readDashboard: everybody,
  readOperations: everybody,
  listAudit: ['supervisor', 'auditor'],
  verifyAudit: ['supervisor', 'auditor'],
  listPortals: everybody,
  readPolicy: ['supervisor', 'auditor'],
  listPolicyVersions: ['supervisor', 'auditor'],
  readPolicyVersion: ['supervisor', 'auditor'],
  replacePolicy: ['supervisor'],
  listMembers: ['supervisor', 'auditor'],
  addMember: ['supervisor'],
  changeMember: ['supervisor'],
  followEvents: everybody,
  decodePayloads: ['operator'],
};

const actionRoles: Record<string, readonly Role[]> = {
  ...Object.fromEntries(
    ['claim', 'release', 'note', 'requestInformation', 'correctAddress', 'reissue', 'resend'].map((name) => [
      name,
      clerks,
    ]),
  ),
  ...Object.fromEntries(
    ['approve', 'reject', 'resume', 'extend', 'expireNow', 'revoke', 'withdraw', 'cancel'].map((name) => [
      name,
      reviewers,
    ]),
  ),
  ...Object.fromEntries(['assign', 'reopen'].map((name) => [name, ['supervisor']])),
  suspend: reviewers,
  changeEmail: reviewers,
  restore: ['supervisor'],
  unlock: ['supervisor'],
  close: ['supervisor'],
};

/** Of campaigns: one is begun, and stopped, by whoever may send to many. */
const campaignRoles: Record<string, readonly Role[]> = Object.fromEntries(
  campaignActions.map((name) => [name, reviewers]),
);

const nobodysId = '0192d3f4-0000-7000-8000-000000000000';

/** Every call of the staff API: an action's route once for each action. */
const calls = routes
  .filter(({ access, name }) => access === 'staff' && name !== 'staffSignOut')
  .flatMap((route): { route: RouteDescriptor; name: string; path: string; who: readonly Role[] | undefined }[] => {
    const path = (action: string) =>
      route.path
        .replace(':action', action)
        .replace(':portal', 'harborview')
        .replace(/:\w+Id/, nobodysId);
    const actions = actionsOf(route.path);
    if (!route.path.includes(':action')) return [{ route, name: route.name, path: path(''), who: allowed[route.name] }];
    return actions.map((action) => ({
      route,
      name: `${route.name} ${action}`,
      path: path(action),
      who: (route.path.includes('/campaigns/') ? campaignRoles : actionRoles)[action],
    }));
  });

function actionsOf(path: string): readonly string[] {
  if (path.includes('/cases/')) return caseStaffMoves;
  return path.includes('/campaigns/') ? campaignActions : accountActions;
}

async function answerOf(route: RouteDescriptor, path: string, cookie: string | undefined) {
  const isUnsafe = route.method !== 'get';
  return sendRaw(api.url, {
    method: route.method.toUpperCase(),
    path: `${apiBase}${path}`,
    headers: {
      ...(cookie !== undefined && { cookie: `gh_staff=${cookie}` }),
      ...(isUnsafe && { 'x-gatehouse': '1', 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }),
    },
    // Never a good body: who is asked after, and refused for it, is allowed.
    ...(isUnsafe && { body: '{"nonsense":1}' }),
  });
}

it.each(calls.filter(({ route }) => !route.stream))(
  '$name: each role is allowed or refused before anything is judged',
  async ({ route, path, who }) => {
    expect(who).toBeDefined();
    for (const role of roles) {
      const { text, status } = await answerOf(route, path, cookies.get(role));
      const code = status >= 400 ? JSON.parse(text).code : 'fine';
      expect(`${role} ${code === 'not_allowed' ? 'refused' : 'allowed'}`).toBe(
        `${role} ${who?.includes(role) ? 'allowed' : 'refused'}`,
      );
      expect(status).toBeLessThan(500);
    }
  },
);

it.each(calls)('$name: nobody who is not signed in', async ({ route, path }) => {
  for (const cookie of [undefined, 'not-a-session']) {
    const { status, text } = await answerOf(route, path, cookie);
    expect({ status, code: JSON.parse(text).code }).toEqual({ status: 401, code: 'not_signed_in' });
  }
});

it('every unsafe call with a cookie shows where it comes from', async () => {
  for (const { route, path } of calls.filter(({ route }) => route.method !== 'get')) {
    const { text } = await sendRaw(api.url, {
      method: route.method.toUpperCase(),
      path: `${apiBase}${path}`,
      headers: { cookie: `gh_staff=${cookies.get('supervisor')}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(JSON.parse(text).code).toBe('csrf_refused');
  }
});

it('an operator sees that mails go, and no address', async () => {
  await api.house.applies({ email: 'canary.address@mail.example' });
  const operator = openVisitor(api.url, new Map([['gh_staff', cookies.get('operator') ?? '']]));
  const list = calls.find(({ name }) => name === 'listMessages')?.route;
  if (!list) throw new Error('there is a list of messages');
  const { body } = await operator.call(list);
  expect(JSON.stringify(body)).not.toContain('canary.address');
  expect(JSON.stringify(body)).toContain('application_received');
});
