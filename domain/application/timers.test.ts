import { describe, expect, it } from '@jest/globals';
import { caseFlags } from '../case.ts';
import { isSilenced } from '../move-effects.ts';
import type { ApplicationFacts } from './facts.ts';
import { type ApplicationState, applicationStates } from './lifecycle.ts';
import { timersOf } from './timers.ts';

const at = (day: number) => new Date(Date.UTC(2026, 10, day));

/** A row in which every instant is set, so that a timer shows only because its state has it. */
const everythingSet: ApplicationFacts = {
  state: 'submitted',
  reference: 'GH-7K3Q-M2XP',
  flags: [],
  assigneeId: null,
  firstName: 'Ada',
  email: 'ada.ferris@mail.example',
  dueAt: at(5),
  lateAt: at(9),
  slaPausedAt: null,
  turnedDueAt: null,
  turnedLateAt: null,
  expiresAt: at(20),
  closesAt: at(25),
  remindersAt: [at(12), at(18)],
  owesSecret: false,
  owesApproval: false,
  secretsIssued: 1,
  selfRenewals: 0,
  decidedAt: null,
  patientRecordId: null,
  openSecret: null,
  questions: [],
  isRecordUsable: true,
};
const names = (state: ApplicationState, more: Partial<ApplicationFacts> = {}) =>
  timersOf({ ...everythingSet, ...more, state }).map(({ name, firesAt }) => `${name} ${firesAt.slice(8, 10)}`);

describe('the timers of a state', () => {
  it.each<[ApplicationState, string[]]>([
    ['submitted', ['turns_due 05', 'turns_late 09']],
    ['in_review', ['turns_due 05', 'turns_late 09']],
    ['waiting_on_applicant', ['reminder 12', 'reminder 18', 'closes_unanswered 25']],
    ['approved', ['code_expires 20']],
    ['code_sent', ['reminder 12', 'reminder 18', 'code_expires 20']],
    ['expired', ['closes 25']],
    ['activated', []],
    ['rejected', []],
    ['withdrawn', []],
    ['closed', []],
  ])('%s: %j, soonest first', (state, expected) => {
    expect(names(state)).toEqual(expected);
  });

  it.each(applicationStates)('%s: none for what is not set', (state) => {
    const nothing = { dueAt: null, lateAt: null, expiresAt: null, closesAt: null, remindersAt: [] };
    expect(names(state, nothing)).toEqual([]);
  });

  it('a promise turns due and late once each', () => {
    expect(names('in_review', { turnedDueAt: at(5) })).toEqual(['turns_late 09']);
    expect(names('in_review', { turnedDueAt: at(5), turnedLateAt: at(9) })).toEqual([]);
  });

  it('come in the order of their instants, whatever the order of the row', () => {
    expect(names('code_sent', { remindersAt: [at(18), at(12)], expiresAt: at(15) })).toEqual([
      'reminder 12',
      'code_expires 15',
      'reminder 18',
    ]);
  });

  it.each(caseFlags)('with %s: reminders stand while the person is to be mailed nothing, ends never do', (flag) => {
    const isSilent = flag === 'not_me' || flag === 'record_changed';
    expect(isSilenced({ flags: [flag] })).toBe(isSilent);
    const reminders = isSilent ? [] : ['reminder 12', 'reminder 18'];
    expect(names('code_sent', { flags: [flag] })).toEqual([...reminders, 'code_expires 20']);
    expect(names('waiting_on_applicant', { flags: [flag] })).toEqual([...reminders, 'closes_unanswered 25']);
  });
});
