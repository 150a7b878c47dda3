import { describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import type { Policy } from '../../domain/policy/policy.ts';
import { testPolicy } from '../../test/support/policy.ts';
import { parseBody } from '../parse.ts';
import { Problem } from '../problems.ts';
import { replacePolicy } from '../routes/staff/portals.ts';
import type { policyDocument } from './policy.ts';

/** api.md "Policy document". */
const harborview = testPolicy((policy) => {
  policy.terms.text = 'First.\n\nSecond.'; // paragraphs
});

const errorsOf = (policy: unknown) => {
  try {
    parseBody(replacePolicy, policy);
  } catch (error) {
    if (error instanceof Problem) return Object.keys(error.errors ?? {});
    throw error;
  }
  return [];
};

describe('the policy document', () => {
  it('is taken as written, and is the domain type both ways', () => {
    const read: Policy = parseBody(replacePolicy, harborview);
    const written: z.output<typeof policyDocument> = read;
    expect(written).toEqual(harborview);
  });

  it('may have durations down to a second', () => {
    expect(
      errorsOf({
        ...harborview,
        accessCode: { ...harborview.accessCode, lifetime: 'PT20S', reminders: ['PT5S', 'PT10S'] },
      }),
    ).toEqual([]);
    expect(errorsOf({ ...harborview, application: { ...harborview.application, answerReminders: ['PT1S'] } })).toEqual(
      [],
    );
  });

  it('names each bad field by its path, those of its shape first', () => {
    const shape = { ...harborview, limits: { ...harborview.limits, statusPerHour: '30' }, colour: 1 };
    expect(errorsOf(shape)).toEqual(['limits.statusPerHour', 'colour']);
    const meaning = {
      ...harborview,
      timeZone: 'Mars/Olympus',
      accessCode: { ...harborview.accessCode, lifetime: '60 days', reminders: ['P30D', 'P1D'] },
      limits: { ...harborview.limits, statusPerHour: 0 },
    };
    expect(errorsOf(meaning)).toEqual(
      expect.arrayContaining(['timeZone', 'accessCode.lifetime', 'accessCode.reminders.1', 'limits.statusPerHour']),
    );
  });

  it('lets no line end into the sender', () => {
    expect(errorsOf({ ...harborview, sender: { ...harborview.sender, name: 'A\r\nBcc: b@c.example' } })).toEqual([
      'sender.name',
    ]);
  });
});
