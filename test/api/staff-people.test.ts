import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as accounts from '../../contract/routes/staff/accounts.ts';
import { readCase } from '../../contract/routes/staff/cases.ts';
import * as members from '../../contract/routes/staff/members.ts';
import * as portals from '../../contract/routes/staff/portals.ts';
import * as session from '../../contract/routes/staff/session.ts';
import type { AccountAction } from '../../contract/schemas/account.ts';
import { startSession } from '../../store/sessions.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { harborview } from '../support/house.ts';
import { addAccount } from '../support/seed.ts';
import { limitedTo, signedInAs } from '../support/staff.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

let api: TestApi;
let reviewer: Visitor;
let supervisor: Visitor;
let people = 0;

beforeAll(async () => {
  api = await startTestApi();
  [reviewer, supervisor] = await Promise.all([
    signedInAs(api, api.house.reviewer),
    signedInAs(api, api.house.supervisor),
  ]);
});
afterAll(() => api.stop());

const account = () => {
  people += 1;
  return addAccount(api.house.database, harborview, { username: `person${people}`, email: `p${people}@mail.example` });
};
const read = (visitor: Visitor, accountId: string) => visitor.does(accounts.readAccount, { params: { accountId } });
const act = (visitor: Visitor, accountId: string, action: AccountAction, version: number, more: object = {}) =>
  visitor.call(accounts.actOnAccount, { params: { accountId, action }, body: { version, ...more } });
const identityCheck = { method: 'in person', documentsSeen: ['passport'] };
const mailsOf = async (accountId: string) =>
  (
    await api.house.query<{ mail: string }>(
      `SELECT template || ' ' || to_address AS mail FROM messages WHERE account_id = $1 ORDER BY id`,
      [accountId],
    )
  ).map(({ mail }) => mail);

describe('an account', () => {
  it('is suspended, which ends its sessions and tells the person, and restored after a check', async () => {
    const id = await account();
    const { id: sessionId } = await startSession(api.house.database, { accountId: id });
    const before = await read(reviewer, id);
    expect(before).toMatchObject({ state: 'active', version: 1, limited: true, enrollments: [], caseId: null });
    expect(before.allowedActions.map(({ name }) => name)).toEqual(['suspend', 'changeEmail']);

    expect((await act(reviewer, id, 'suspend', 1)).problem).toMatchObject({ status: 422, code: 'reason_required' });
    expect((await act(reviewer, id, 'suspend', 1, { reason: 'not_me' })).problem?.errors).toHaveProperty('reason');
    expect((await act(reviewer, id, 'suspend', 1, { reason: 'other' })).problem?.errors).toHaveProperty('note');
    expect((await act(reviewer, id, 'suspend', 9, { reason: 'suspected_fraud' })).problem).toMatchObject({
      status: 412,
      current: { version: 1 },
    });
    const note = 'Two callers gave this name.';
    const suspended = (await act(reviewer, id, 'suspend', 1, { reason: 'suspected_fraud', note })).body;
    expect(suspended).toMatchObject({ state: 'suspended', version: 2 });
    const [ended] = await api.house.query<{ endedAt: Date | null }>(
      'SELECT ended_at AS "endedAt" FROM sessions WHERE id = $1',
      [sessionId],
    );
    expect(ended?.endedAt).not.toBeNull();
    expect((await act(reviewer, id, 'suspend', 2, { reason: 'suspected_fraud' })).problem).toMatchObject({
      status: 409,
      current: { state: 'suspended' },
    });
    expect((await act(reviewer, id, 'restore', 2, { reason: 'identity_confirmed' })).problem).toMatchObject({
      status: 403,
      code: 'not_allowed',
    });

    const unchecked = await act(supervisor, id, 'restore', 2, { reason: 'identity_confirmed' });
    expect(unchecked.problem?.errors).toHaveProperty('identityCheck');
    const restored = (await act(supervisor, id, 'restore', 2, { reason: 'identity_confirmed', identityCheck })).body;
    expect(restored).toMatchObject({ state: 'active', version: 3 });
    expect(restored.history.map(({ action, by }) => `${action} by ${by}`)).toEqual([
      'restore by Sue Supervisor',
      'suspend by Ana Reviewer',
    ]);
    expect(restored.history).toMatchObject([
      { note: null, identityCheck: { method: 'in person', documentsSeen: 'passport' } },
      { note, identityCheck: null },
    ]);
    expect(await mailsOf(id)).toEqual([`account_suspended ${restored.email}`, `account_unlocked ${restored.email}`]);
  });

  it('is unlocked without a check by two people alone', async () => {
    const id = await account();
    await api.house.query(`UPDATE accounts SET state = 'locked', login_failures = 50 WHERE id = $1`, [id]);
    const note = 'Cannot be reached.';
    const first = await act(supervisor, id, 'unlock', 1, { reason: 'could_not_check', note });
    expect(first.problem).toMatchObject({ status: 403, code: 'not_yours_to_do' });
    const alone = await act(supervisor, id, 'unlock', 1, { reason: 'could_not_check' });
    expect(alone.problem).toMatchObject({ status: 403, code: 'not_yours_to_do' });
    const second = await signedInAs(api, await api.house.member('Sid Second', 'supervisor'));
    const unlocked = (await act(second, id, 'unlock', 1, { reason: 'could_not_check' })).body;
    expect(unlocked).toMatchObject({ state: 'active', failedSignIns: 0, version: 2 });
    expect(unlocked.history.map(({ note }) => note)).toEqual([null, null, 'Cannot be reached.']);
  });

  it('gets another address, of which the old one is told', async () => {
    const id = await account();
    const { email } = await read(reviewer, id);
    const taken = (await read(reviewer, await account())).email;
    const change = (more: object) =>
      act(reviewer, id, 'changeEmail', 1, { reason: 'holder_request', identityCheck, ...more });
    expect((await change({ email })).problem?.errors).toHaveProperty('email');
    expect((await change({ email: taken.toUpperCase() })).problem?.errors).toHaveProperty('email');
    expect((await change({ email: 'a@b.example\r\nBcc: x@y.example' })).problem?.errors).toHaveProperty('email');
    const changed = (await change({ email: 'quite.new@mail.example' })).body;
    expect(changed).toMatchObject({ email: 'quite.new@mail.example', version: 2, state: 'active' });
    expect(await mailsOf(id)).toEqual([`email_changed ${email}`]);
  });

  it('is closed for good', async () => {
    const id = await account();
    const closed = (await act(supervisor, id, 'close', 1, { reason: 'holder_request' })).body;
    expect(closed).toMatchObject({ state: 'closed', allowedActions: [] });
    expect(
      (await act(supervisor, id, 'restore', 2, { reason: 'identity_confirmed', identityCheck })).problem,
    ).toMatchObject({ status: 409 });
  });

  it('is found by parts of its names, and not by members of other portals', async () => {
    await api.house.portal('elsewhere', () => {});
    const id = await addAccount(api.house.database, 'elsewhere', {
      username: 'tamsin',
      email: 'tamsin.okonkwo@mail.example',
    });
    const find = (visitor: Visitor, q: string) => visitor.does(accounts.listAccounts, { query: { q } });
    for (const q of ['TAMSIN', 'tamsin.okonkwo@', 'tams'])
      expect((await find(reviewer, q)).data.map((row) => row.id)).toEqual([id]);
    const limited = await limitedTo(api, await api.house.member('Ed Elsewhere', 'supervisor'), harborview);
    expect((await find(limited, 'tamsin')).data).toEqual([]);
    expect((await limited.call(accounts.readAccount, { params: { accountId: id } })).problem).toMatchObject({
      status: 404,
    });
    expect((await act(limited, id, 'close', 1, { reason: 'deceased' })).problem).toMatchObject({ status: 404 });
  });
});

describe('members', () => {
  const password = 'seven green bottles stand';
  const signIn = async (email: string, typed: string) => {
    const visitor = openVisitor(api.url);
    return { visitor, ...(await visitor.call(session.staffSignIn, { body: { email, password: typed } })) };
  };

  it('are added, sign in, lose their session with other rights, and are not told apart from nobody', async () => {
    const body = { name: 'Bo Sandell', email: 'bo@gatehouse.example', roles: ['clerk' as const], password };
    const added = await supervisor.does(members.addMember, { body });
    expect(added).toMatchObject({ roles: ['clerk'], portals: [], active: true, hasPassword: true });
    expect(
      (await supervisor.call(members.addMember, { body: { ...body, email: 'BO@gatehouse.example' } })).problem?.errors,
    ).toHaveProperty('email');
    expect(
      (await supervisor.call(members.addMember, { body: { ...body, email: 'x@y.example', password: 'short' } }))
        .problem,
    ).toMatchObject({
      status: 422,
      code: 'password_not_allowed',
    });
    expect(
      (await supervisor.call(members.addMember, { body: { ...body, email: 'x@y.example', portals: ['atlantis'] } }))
        .problem?.errors,
    ).toHaveProperty('portals');

    const bo = await signIn('Bo@Gatehouse.example ', password);
    expect(bo.body).toMatchObject({ staff: { name: 'Bo Sandell', roles: ['clerk'] } });
    expect(bo.body.permissions).toContain('case.claim');
    expect(bo.headers['set-cookie']?.[0]).toMatch(/^gh_staff=.*HttpOnly; SameSite=Strict/);
    const wrong = await signIn('bo@gatehouse.example', 'not the password at all');
    const unknown = await signIn('nobody@gatehouse.example', 'not the password at all');
    expect(wrong.problem).toMatchObject({ status: 401, code: 'login_unsuccessful' });
    expect({ ...wrong.problem, requestId: '' }).toEqual({ ...unknown.problem, requestId: '' });

    expect(await bo.visitor.does(session.readStaffSession)).toEqual(bo.body);
    const change = { params: { memberId: added.id }, body: { roles: ['reviewer' as const] } };
    expect(await supervisor.does(members.changeMember, change)).toMatchObject({ roles: ['reviewer'] });
    expect((await bo.visitor.call(session.readStaffSession)).problem).toMatchObject({ status: 401 });

    const again = await signIn('bo@gatehouse.example', password);
    await again.visitor.does(session.staffSignOut);
    expect(again.visitor.cookies.has('gh_staff')).toBe(false);
    await supervisor.does(members.changeMember, { params: { memberId: added.id }, body: { active: false } });
    expect((await signIn('bo@gatehouse.example', password)).problem).toMatchObject({ code: 'login_unsuccessful' });
  });

  it('wait after wrong passwords, a right one being refused alike; a new password helps', async () => {
    const { id } = await supervisor.does(members.addMember, {
      body: { name: 'Ike', email: 'ike@gatehouse.example', roles: ['clerk'], password },
    });
    await api.house.query('UPDATE members SET login_failures = 49 WHERE id = $1', [id]);
    expect((await signIn('ike@gatehouse.example', 'wrong wrong wrong wrong')).problem).toMatchObject({ status: 401 });
    await api.house.query('UPDATE members SET login_waits_to = NULL WHERE id = $1', [id]);
    expect((await signIn('ike@gatehouse.example', password)).problem).toMatchObject({ status: 401 });
    await supervisor.does(members.changeMember, {
      params: { memberId: id },
      body: { password: 'another long enough phrase' },
    });
    expect((await signIn('ike@gatehouse.example', 'another long enough phrase')).status).toBe(200);
  });

  it('without a password nobody signs in', async () => {
    const added = await supervisor.does(members.addMember, {
      body: { name: 'Lena', email: 'lena@gatehouse.example', roles: ['auditor'] },
    });
    expect(added.hasPassword).toBe(false);
    expect((await signIn('lena@gatehouse.example', 'anything at all that is long')).problem).toMatchObject({
      status: 401,
    });
  });

  it('the last supervisor stays, whoever asks, and nobody raises themselves', async () => {
    const others = await api.house.query<{ id: string }>(
      `SELECT id FROM members WHERE 'supervisor' = ANY(roles) AND id <> $1`,
      [api.house.supervisor.id],
    );
    await api.house.query('UPDATE members SET active = false WHERE id = ANY($1)', [others.map(({ id }) => id)]);
    const own = { memberId: api.house.supervisor.id };
    for (const body of [{ active: false }, { roles: ['clerk' as const] }]) {
      expect((await supervisor.call(members.changeMember, { params: own, body })).problem).toMatchObject({
        status: 409,
        code: 'not_allowed_now',
      });
    }
    const raise = { params: own, body: { roles: ['supervisor' as const, 'operator' as const] } };
    expect((await supervisor.call(members.changeMember, raise)).problem).toMatchObject({
      status: 403,
      code: 'not_yours_to_do',
    });
    const unknown = { params: { memberId: '0192d3f4-0000-7000-8000-000000000000' }, body: {} };
    expect((await supervisor.call(members.changeMember, unknown)).problem).toMatchObject({ status: 404 });
    expect(await supervisor.does(members.listMembers, { query: { role: 'supervisor', q: 'sue' } })).toMatchObject({
      total: 1,
    });
  });

  it('two supervisors who remove each other at once leave one', async () => {
    const two = await Promise.all(['Una One', 'Duo Two'].map((name) => api.house.member(name, 'supervisor')));
    await api.house.query(`UPDATE members SET active = false WHERE 'supervisor' = ANY(roles) AND id <> ALL($1)`, [
      two.map(({ id }) => id),
    ]);
    const visitors = await Promise.all(two.map((member) => signedInAs(api, member)));
    const answers = await Promise.all(
      visitors.map((visitor, index) =>
        visitor.call(members.changeMember, { params: { memberId: two[1 - index]?.id ?? '' }, body: { active: false } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, expect.any(Number)]);
    const [left] = await api.house.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM members WHERE active AND 'supervisor' = ANY(roles)`,
    );
    expect(left?.n).toBe(1);
    await api.house.query('UPDATE members SET active = true WHERE id = $1', [api.house.supervisor.id]);
    supervisor = await signedInAs(api, api.house.supervisor);
  });

  it('limited to portals manage those who work for no others, and give no others', async () => {
    const limited = await limitedTo(api, await api.house.member('Lim Supervisor', 'supervisor'), harborview);
    const add = (more: object) =>
      limited.call(members.addMember, {
        body: { name: 'New', email: `new${Math.random()}@gatehouse.example`, roles: ['clerk'], ...more },
      });
    expect((await add({})).problem?.errors).toHaveProperty('portals');
    expect((await add({ portals: ['elsewhere'] })).problem?.errors).toHaveProperty('portals');
    const added = (await add({ portals: [harborview] })).body;
    const patch = (memberId: string, body: object) =>
      limited.call(members.changeMember, { params: { memberId }, body });
    expect((await patch(added.id, { portals: [] })).problem?.errors).toHaveProperty('portals');
    expect((await patch(added.id, { name: 'Newer' })).body).toMatchObject({ name: 'Newer', portals: [harborview] });
    expect((await patch(api.house.clerk.id, { active: false })).problem).toMatchObject({ status: 404 });
  });
});

describe('a policy', () => {
  const params = { portal: harborview };

  it('is read and replaced as data, with the version read; running cases keep theirs', async () => {
    const { id } = await api.house.caseIn('in_review');
    const policy = await supervisor.does(portals.readPolicy, { params });
    const next = {
      ...policy,
      name: 'Harborview anew',
      accessCode: { ...policy.accessCode, lifetime: 'PT20S', reminders: ['PT5S', 'PT10S'] },
    };
    const replaced = await supervisor.does(portals.replacePolicy, { params, body: next });
    expect(replaced).toEqual({ ...next, version: policy.version + 1 });
    expect(await supervisor.does(portals.readPolicy, { params })).toEqual(replaced);
    const stale = await supervisor.call(portals.replacePolicy, { params, body: next });
    expect(stale.problem).toMatchObject({
      status: 412,
      code: 'stale_version',
      current: { version: policy.version + 1 },
    });
    const bad = { ...replaced, timeZone: 'Mars/Olympus', accessCode: { ...next.accessCode, lifetime: '60 days' } };
    const refused = await supervisor.call(portals.replacePolicy, { params, body: bad });
    expect(Object.keys(refused.problem?.errors ?? {})).toEqual(
      expect.arrayContaining(['timeZone', 'accessCode.lifetime']),
    );
    const nowhere = await supervisor.call(portals.replacePolicy, {
      params,
      body: { ...replaced, patientPortal: 'atlantis' },
    });
    expect(nowhere.problem?.errors).toHaveProperty('patientPortal');
    expect(await supervisor.does(readCase, { params: { caseId: id } })).toMatchObject({
      policyVersion: policy.version,
    });
    const listed = await supervisor.does(portals.listPortals);
    expect(listed.data).toContainEqual(
      expect.objectContaining({
        id: harborview,
        name: 'Harborview anew',
        policyVersion: replaced.version,
        open: ['application'],
      }),
    );
    const [audited] = await api.house.query<{ entry: string }>(
      `SELECT entry FROM audit_entries WHERE action = 'policy_replaced'`,
    );
    expect(JSON.parse(audited?.entry ?? '{}').detail.changed).toEqual([
      'accessCode.lifetime',
      'accessCode.reminders',
      'name',
    ]);
  });

  it('says, when asked, how many running cases keep which version; the document itself stays as it is sent back', async () => {
    const counted = async () =>
      (await supervisor.does(portals.readPolicy, { params, query: { with: 'runningCases' } })).runningCases ?? [];
    const ofVersion = async (version: number) => (await counted()).find((kept) => kept.version === version)?.count ?? 0;
    const policy = await supervisor.does(portals.readPolicy, { params });
    expect(policy).not.toHaveProperty('runningCases');
    const before = await ofVersion(policy.version);
    await api.house.caseIn('in_review');
    await api.house.caseIn('rejected');
    expect(await ofVersion(policy.version)).toBe(before + 1);
    const replaced = await supervisor.does(portals.replacePolicy, { params, body: policy });
    expect(await ofVersion(policy.version)).toBe(before + 1);
    expect(await ofVersion(replaced.version)).toBe(0);
    const unknown = await supervisor.call(portals.readPolicy, { params, query: { with: 'everything' } });
    expect(unknown.problem).toMatchObject({ status: 400, code: 'bad_query' });
  });

  it('of two replacements at once one is in force, the other is told', async () => {
    const policy = await supervisor.does(portals.readPolicy, { params });
    const answers = await Promise.all(
      [1, 2].map(() => supervisor.call(portals.replacePolicy, { params, body: policy })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('has a history: each version with when, who, what it changed and why, and each as it was', async () => {
    await api.house.portal('dated', () => {});
    const dated = { params: { portal: 'dated' } };
    const first = await supervisor.does(portals.readPolicy, dated);
    const longer = { ...first, accessCode: { ...first.accessCode, lifetime: 'P90D' } };
    const second = await supervisor.does(portals.replacePolicy, {
      ...dated,
      body: { ...longer, note: '  The board decided so.\r\nUntil spring. ' },
    });
    expect(second).toEqual({ ...longer, version: 2 });
    const asked = structuredClone(second);
    asked.account.questions = { count: 2, caseSensitive: true };
    await supervisor.does(portals.replacePolicy, { ...dated, body: asked });
    const { data, total } = await supervisor.does(portals.listPolicyVersions, dated);
    const by = { id: api.house.supervisor.id, name: expect.any(String) };
    const at = expect.any(String);
    expect(total).toBe(3);
    expect(data).toEqual([
      { version: 3, at, by, changed: ['account.questions.caseSensitive', 'account.questions.count'], note: null },
      { version: 2, at, by, changed: ['accessCode.lifetime'], note: 'The board decided so.\nUntil spring.' },
      { version: 1, at, by: null, changed: [], note: null },
    ]);
    const oldest = { perPage: 1, order: 'asc' };
    expect((await supervisor.does(portals.listPolicyVersions, { ...dated, query: oldest })).data).toEqual([data[2]]);
    const of = (version: string) =>
      supervisor.call(portals.readPolicyVersion, { params: { portal: 'dated', version } });
    expect((await of('1')).body).toEqual(first);
    expect((await of('2')).body).toEqual(second);
    for (const none of ['4', '0', '999999999', 'one']) expect((await of(none)).problem).toMatchObject({ status: 404 });
  });

  it('keeps why it was replaced out of the document and of the audit, which holds its digest', async () => {
    const policy = await supervisor.does(portals.readPolicy, { params });
    const note = 'Because Canaryname asked for it';
    const replaced = await supervisor.does(portals.replacePolicy, { params, body: { ...policy, note } });
    expect(JSON.stringify([replaced, await supervisor.does(portals.readPolicy, { params })])).not.toContain(
      'Canaryname',
    );
    const audited = await api.house.query<{ entry: string }>(
      `SELECT entry FROM audit_entries WHERE action = 'policy_replaced' ORDER BY id DESC LIMIT 1`,
    );
    expect(JSON.parse(audited[0]?.entry ?? '{}').detail).toEqual({
      version: replaced.version,
      changed: [],
      noteSha256: createHash('sha256').update(note).digest('hex'),
    });
    const tooLong = { ...replaced, note: 'x'.repeat(1001) };
    const refused = await supervisor.call(portals.replacePolicy, { params, body: tooLong });
    expect(refused.problem).toMatchObject({ status: 422, errors: { note: expect.any(String) } });
  });

  it('of a hidden portal is that there is nothing', async () => {
    const limited = await limitedTo(api, await api.house.member('Pol Limited', 'supervisor'), harborview);
    const former = { params: { portal: 'elsewhere', version: '1' } };
    expect((await limited.call(portals.readPolicyVersion, former)).problem).toMatchObject({ status: 404 });
    for (const portal of ['elsewhere', 'atlantis']) {
      const history = await limited.call(portals.listPolicyVersions, { params: { portal } });
      expect(history.problem).toMatchObject({ status: 404 });
    }
    const hidden = { params: { portal: 'elsewhere' } };
    expect((await limited.call(portals.readPolicy, hidden)).problem).toMatchObject({ status: 404 });
    const body = await supervisor.does(portals.readPolicy, hidden);
    expect((await limited.call(portals.replacePolicy, { ...hidden, body })).problem).toMatchObject({ status: 404 });
    expect((await limited.does(portals.listPortals)).data.map(({ id }) => id)).toEqual([harborview]);
  });
});
