import { readPreferences, replacePreferences } from '../../../contract/routes/staff/preferences.ts';
import { defaultPreferences, type Preferences, preferences } from '../../../contract/schemas/preferences.ts';
import * as store from '../../../store/preferences.ts';
import { handle } from '../../handle.ts';

const read = handle(readPreferences, async ({ member }, { database }) =>
  readable(await store.readPreferences(database, member.id)),
);

const replace = handle(replacePreferences, async ({ member, body }, { database }) => {
  await store.replacePreferences(database, member.id, body);
  return body;
});

/** What was kept by an older form of the page and is not understood any more counts as never chosen. */
function readable(kept: Record<string, unknown>): Preferences {
  const parsed = preferences.safeParse({ ...defaultPreferences, ...kept });
  return parsed.success ? parsed.data : defaultPreferences;
}

export const preferencesRoutes = [read, replace];
