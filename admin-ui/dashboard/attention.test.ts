import { describe, expect, it } from '@jest/globals';
import { troublesOf } from './attention.ts';

const bounce = {
  messageId: 'm1',
  template: 'access_code',
  state: 'refused' as const,
  caseId: 'c1',
  reference: 'GH-1',
  at: '2026-11-20T10:00:00.000Z',
};
const task = {
  reason: 'mail_refused',
  subject: 'case' as const,
  id: 'c1',
  reference: 'GH-1',
  portal: 'harborview',
  since: '2026-11-20T09:00:00.000Z',
};

describe('what needs attention', () => {
  it('names a case once though its mail and its task both tell of it, since the earlier of the two', () => {
    expect(troublesOf({ bounced: [bounce], stuck: [], tasks: [task] })).toEqual([
      { trouble: 'mail_refused', items: [{ subject: 'case', id: 'c1', reference: 'GH-1', since: task.since }] },
    ]);
  });

  it('is grouped by what is wrong, worst first and the oldest of each first', () => {
    const stuck = { caseId: 'c2', reference: 'GH-2', since: '2026-11-21T09:00:00.000Z', reason: 'engine_stuck' };
    const found = troublesOf({
      bounced: [bounce, { ...bounce, messageId: 'm2', caseId: 'c3', at: '2026-11-19T10:00:00.000Z' }],
      stuck: [stuck, { ...stuck, caseId: 'c4', reason: 'engine_delayed' }],
      tasks: [{ ...task, reason: 'a_new_reason', id: 'c5' }],
    });
    expect(found.map(({ trouble, items }) => [trouble, ...items.map(({ id }) => id)])).toEqual([
      ['mail_refused', 'c3', 'c1'],
      ['engine_stuck', 'c2'],
      ['engine_delayed', 'c4'],
      ['other', 'c5'],
    ]);
  });

  it('is empty when all is well', () => {
    expect(troublesOf({ bounced: [], stuck: [], tasks: [] })).toEqual([]);
  });
});
