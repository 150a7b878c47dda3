import type { WireResult } from '../../contract/route.ts';
import type { readDashboard } from '../../contract/routes/staff/dashboard.ts';

export type Dashboard = WireResult<typeof readDashboard>;

export type Trouble =
  | 'mail_refused'
  | 'mail_unknown'
  | 'mail_bounced'
  | 'engine_stuck'
  | 'engine_delayed'
  | 'code_burned'
  | 'not_me'
  | 'record_changed'
  | 'other';

/** What is in trouble in the same way: one line of the list. */
export interface TroubleGroup {
  trouble: Trouble;
  /** Oldest first; each subject once. */
  items: readonly TroubleItem[];
}

export interface TroubleItem {
  subject: 'case' | 'account' | 'message';
  id: string;
  reference: string | null;
  since: string;
}

const order: readonly Trouble[] = [
  'mail_refused',
  'mail_bounced',
  'engine_stuck',
  'code_burned',
  'not_me',
  'mail_unknown',
  'record_changed',
  'engine_delayed',
  'other',
];

/** Mails that did not arrive, runs that do not get on, and tasks, worst first; what two of the lists name is there once. */
export function troublesOf({ bounced, stuck, tasks }: Pick<Dashboard, 'bounced' | 'stuck' | 'tasks'>): TroubleGroup[] {
  const groups = new Map<Trouble, Map<string, TroubleItem>>();
  const add = (trouble: Trouble, item: TroubleItem) => {
    const group = groups.get(trouble) ?? new Map<string, TroubleItem>();
    groups.set(trouble, group);
    const known = group.get(item.id);
    if (!known || item.since < known.since) group.set(item.id, item);
  };
  for (const { caseId, messageId, reference, state, at } of bounced) {
    const subject = caseId === null ? 'message' : 'case';
    add(known(`mail_${state}`), { subject, id: caseId ?? messageId, reference, since: at });
  }
  for (const { caseId, reference, since, reason } of stuck)
    add(known(reason), { subject: 'case', id: caseId, reference, since });
  for (const { reason, subject, id, reference, since } of tasks) add(known(reason), { subject, id, reference, since });
  return order.flatMap((trouble) => {
    const items = [...(groups.get(trouble)?.values() ?? [])].sort((a, b) => a.since.localeCompare(b.since));
    return items.length > 0 ? [{ trouble, items }] : [];
  });
}

function known(code: string): Trouble {
  return order.find((trouble) => trouble === code) ?? 'other';
}
