import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readPreferences, replacePreferences } from '../../contract/routes/staff/preferences.ts';
import { defaultPreferences, mostSavedViews, type Preferences } from '../../contract/schemas/preferences.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { signedInAs } from '../support/staff.ts';
import type { Visitor } from '../support/visitor.ts';

let api: TestApi;
let clerk: Visitor;
let reviewer: Visitor;

beforeAll(async () => {
  api = await startTestApi();
  [clerk, reviewer] = await Promise.all([signedInAs(api, api.house.clerk), signedInAs(api, api.house.reviewer)]);
});
afterAll(() => api.stop());

const lateOnes = {
  name: 'Late at Harborview',
  filters: { sla: ['late'], portal: ['harborview'], assignee: ['me', 'none'] },
  sort: 'dueAt',
  order: 'asc',
} satisfies Preferences['savedViews'][number];

const chosen: Preferences = { theme: 'dark', language: 'es', keys: 'off', savedViews: [lateOnes] };

const replace = (visitor: Visitor, body: object) => visitor.call(replacePreferences, { body: body as Preferences });

describe('preferences', () => {
  it('are the usual ones until a member chooses, then those, for that member alone and in each of their browsers', async () => {
    expect(await clerk.does(readPreferences)).toEqual(defaultPreferences);
    expect((await replace(clerk, chosen)).body).toEqual(chosen);
    const elsewhere = await signedInAs(api, api.house.clerk);
    expect(await elsewhere.does(readPreferences)).toEqual(chosen);
    expect(await reviewer.does(readPreferences)).toEqual(defaultPreferences);
  });

  it('are replaced whole', async () => {
    await replace(clerk, chosen);
    await replace(clerk, { ...chosen, theme: 'light', savedViews: [] });
    expect(await clerk.does(readPreferences)).toEqual({ ...chosen, theme: 'light', savedViews: [] });
  });

  it('belong to every role, the auditor too', async () => {
    for (const role of ['auditor', 'operator'] as const) {
      const visitor = await signedInAs(api, await api.house.member(`Prefers ${role}`, role));
      expect((await replace(visitor, chosen)).status).toBe(200);
    }
  });

  it('take a name that is only text', async () => {
    const name = '<script>alert(1)</script>';
    await replace(clerk, { ...chosen, savedViews: [{ name, filters: {} }] });
    expect((await clerk.does(readPreferences)).savedViews).toEqual([{ name, filters: {} }]);
  });

  const view = (more: object) => ({ ...chosen, savedViews: [{ ...lateOnes, ...more }] });
  it.each([
    ['a missing part', { theme: 'dark', language: 'es', keys: 'on' }, 'savedViews'],
    ['an unknown part', { ...chosen, fontSize: 12 }, 'fontSize'],
    ['an unknown theme', { ...chosen, theme: 'pink' }, 'theme'],
    ['an unknown language', { ...chosen, language: 'tlh' }, 'language'],
    ['a view without a name', view({ name: ' ' }), 'savedViews.0.name'],
    ['a long name', view({ name: 'x'.repeat(41) }), 'savedViews.0.name'],
    ['a name with signs that cannot be seen', view({ name: 'a\u202Eb' }), 'savedViews.0.name'],
    ['an unknown filter', view({ filters: { q: 'Ada' } }), 'savedViews.0.filters.q'],
    ['a filter that is nothing', view({ filters: { state: [] } }), 'savedViews.0.filters.state'],
    ['an unknown value', view({ filters: { state: ['lost'] } }), 'savedViews.0.filters.state.0'],
    ['a sort that is none', view({ sort: 'email' }), 'savedViews.0.sort'],
    [
      'two views of one name',
      { ...chosen, savedViews: [lateOnes, { ...lateOnes, name: 'LATE AT HARBORVIEW' }] },
      'savedViews',
    ],
    [
      'too many views',
      {
        ...chosen,
        savedViews: Array.from({ length: mostSavedViews + 1 }, (_, no) => ({ name: `View ${no}`, filters: {} })),
      },
      'savedViews',
    ],
  ])('are refused with %s, and stay as they were', async (_, body, field) => {
    await replace(clerk, chosen);
    const { problem } = await replace(clerk, body);
    expect(problem).toMatchObject({ status: 422, code: 'validation_failed' });
    expect(problem?.errors).toHaveProperty([field]);
    expect(await clerk.does(readPreferences)).toEqual(chosen);
  });

  it('of an older form that is not understood any more count as never chosen; parts that came later have their usual value', async () => {
    const keep = (kept: object) =>
      api.house.query('UPDATE members SET preferences = $2 WHERE id = $1', [api.house.clerk.id, JSON.stringify(kept)]);
    await keep({ theme: 'dark' });
    expect(await clerk.does(readPreferences)).toEqual({ ...defaultPreferences, theme: 'dark' });
    await keep({ theme: 7, colours: [] });
    expect(await clerk.does(readPreferences)).toEqual(defaultPreferences);
  });
});
