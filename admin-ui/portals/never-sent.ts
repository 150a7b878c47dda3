import { addDuration, isDuration } from '../../contract/rules.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { valueAt } from './draft.ts';
import type { Setting } from './settings.ts';

/** The reminders of a setting that would come at or after the end they remind of, were it begun at `now`: they never go. */
export function neverSent(setting: Setting, draft: Policy, now: Date): string[] {
  if (setting.as !== 'durations') return [];
  const lasts = valueAt(draft, setting.within);
  const reminders = valueAt(draft, setting.path);
  if (typeof lasts !== 'string' || !isDuration(lasts) || !Array.isArray(reminders)) return [];
  try {
    const end = addDuration(now, lasts, draft.timeZone);
    return reminders.filter((one: string) => isDuration(one) && addDuration(now, one, draft.timeZone) >= end);
  } catch {
    return []; // a time zone that is still being typed
  }
}
