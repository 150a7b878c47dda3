import { describe, expect, it } from '@jest/globals';
import { caseFlags } from '../case.ts';
import type { RegistrationFacts } from './facts.ts';
import { isFinal, type RegistrationState, registrationStates } from './lifecycle.ts';
import { timersOf } from './timers.ts';

const at = (day: number) => new Date(Date.UTC(2026, 10, day));

/** A row in which every instant is set, so that a timer shows only because its state has it. */
const everythingSet: RegistrationFacts = {
  state: 'draft',
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
  patientRecordId: 'r',
  openSecret: null,
  questions: [],
  isRecordUsable: true,
};
const names = (state: RegistrationState, more: Partial<RegistrationFacts> = {}) =>
  timersOf({ ...everythingSet, ...more, state }).map(({ name, firesAt }) => `${name} ${firesAt.slice(8, 10)}`);

describe('the timers of a state', () => {
  it.each<[RegistrationState, string[]]>([
    ['draft', ['link_expires 20']],
    ['sent', ['reminder 12', 'reminder 18', 'link_expires 20']],
    ['identified', ['reminder 12', 'reminder 18', 'link_expires 20']],
    ['locked', []],
    ['undeliverable', []],
    ['expired', []],
    ['registered', []],
    ['linked', []],
    ['cancelled', []],
  ])('%s: %j, soonest first', (state, expected) => {
    expect(names(state)).toEqual(expected);
    if (isFinal(state)) expect(expected).toEqual([]);
  });

  it.each(registrationStates)('%s: none for what is not set', (state) => {
    expect(names(state, { expiresAt: null, remindersAt: [] })).toEqual([]);
  });

  it('come in the order of their instants, whatever the order of the row', () => {
    expect(names('sent', { remindersAt: [at(18), at(12)], expiresAt: at(15) })).toEqual([
      'reminder 12',
      'link_expires 15',
      'reminder 18',
    ]);
  });

  it.each(caseFlags)(
    'with %s: reminders stand while the person is to be mailed nothing, the end never does',
    (flag) => {
      const isSilent = flag === 'not_me' || flag === 'record_changed';
      const reminders = isSilent ? [] : ['reminder 12', 'reminder 18'];
      expect(names('sent', { flags: [flag] })).toEqual([...reminders, 'link_expires 20']);
      expect(names('identified', { flags: [flag] })).toEqual([...reminders, 'link_expires 20']);
      expect(names('draft', { flags: [flag] })).toEqual(['link_expires 20']);
    },
  );
});
