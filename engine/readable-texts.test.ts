import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applicationStates, engineMoves } from '../domain/application/lifecycle.ts';
import { caseKinds, timerNames, waitingParties } from '../domain/case.ts';
import { campaignStates } from '../domain/registration/campaign.ts';
import { messageDescriptions, messageNames } from './names.ts';
import {
  campaignDetails,
  campaignWork,
  endDetails,
  isReadable,
  isReadableMetadata,
  mailSummary,
  moveSummary,
  namedMails,
  runSummary,
  timerSummary,
  waitDetails,
  workSummary,
} from './readable-texts.ts';

const at = '2026-11-25T22:00:00.000Z';

describe('readable texts', () => {
  it('recognises everything the builders make', () => {
    const made = [
      ...caseKinds.map((kind) => runSummary(kind, 'GH-7K3Q-M2XP')),
      ...timerNames.flatMap((name) => [timerSummary(name), timerSummary(name, at)]),
      ...waitingParties.flatMap((who) => [
        waitDetails(who),
        ...timerNames.map((name) => waitDetails(who, { name, firesAt: at })),
      ]),
      ...applicationStates.flatMap((state) => [endDetails(state), state]),
      ...namedMails.map(mailSummary),
      ...engineMoves.map(moveSummary),
      workSummary('read case'),
      ...Object.values(campaignWork),
      ...campaignStates.map((state) => campaignDetails({ state, remaining: 50_000 })),
      'GH-7K3Q-M2XP',
      at,
    ];
    expect(made.filter((text) => !isReadable(text))).toEqual([]);
  });

  it('says them as an operator reads them', () => {
    expect(runSummary('application', 'GH-7K3Q-M2XP')).toBe('application GH-7K3Q-M2XP');
    expect(waitDetails('staff', { name: 'turns_due', firesAt: at })).toBe(`waits for staff until ${at} (turns_due)`);
    expect(timerSummary('reminder', '2026-11-25T17:00:00.000123-05:00')).toBe(`reminder ${at}`);
    expect(mailSummary('access_code')).toBe('mail access_code');
    expect(mailSummary('Ada Ferris')).toBe('mail');
  });

  it.each([
    'Ada',
    'Ada Ferris',
    'ada.ferris@mail.example',
    'HV-100001',
    '02139',
    '1984-02-29',
    '12345678', // a mailbox code
    'GH7K-3QM2-XPAB-CDEF', // an access code
    'K3QM-2XPA-BCDE-FGHJ',
    '018f3e7a-7b3c-7cc0-9a51-0242ac120002',
    'application GH-7K3Q-M2XP Ada',
    'application Ada',
    'waits for Ada',
    'waits for staff until tomorrow (turns_due)',
    `waits for staff until ${at} (Ada)`,
    'mail ada@mail.example',
    'mail unheard_of',
    'record Ada',
    'campaign Ada, 3 to send',
    'campaign running, Ada to send',
    'turns_due\n',
    'turns_due\nAda',
    ' turns_due',
    'Turns_due',
    '',
  ])('lets %j not pass', (text) => {
    expect(isReadable(text)).toBe(false);
  });

  it('lets no name and no address pass, whatever they are', () => {
    const name = fc.stringMatching(/^[A-ZÀ-Þ][a-zß-ÿ'-]{0,20}( [A-ZÀ-Þ][a-zß-ÿ'-]{0,20}){0,3}$/u);
    fc.assert(fc.property(fc.oneof(name, fc.emailAddress()), (text) => !isReadable(text)));
  });

  it('lets nothing pass that has free text before, after or inside', () => {
    const frames = [
      'application GH-7K3Q-M2XP',
      `waits for staff until ${at} (turns_due)`,
      'mail access_code',
      'reminder',
    ];
    const free = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !/^[\d\w():. -]+$/.test(text));
    fc.assert(
      fc.property(fc.constantFrom(...frames), fc.nat(40), free, (frame, place, text) => {
        const where = Math.min(place, frame.length);
        return !isReadable(frame.slice(0, where) + text + frame.slice(where));
      }),
    );
  });

  it("answers quickly to a long text made to tire the expression's matcher", () => {
    expect(isReadable(`waits for ${'staff until '.repeat(100_000)}`)).toBe(false);
  });
});

describe("Temporal's description of a run", () => {
  const definition = {
    type: 'application',
    queryDefinitions: [
      { name: '__stack_trace', description: 'Returns a sensible stack trace.' },
      { name: messageNames.plan, description: messageDescriptions.plan },
    ],
    signalDefinitions: [{ name: messageNames.wake }],
    updateDefinitions: [],
  };

  it('passes with known names and readable details', () => {
    expect(isReadableMetadata({ definition, currentDetails: 'waits for applicant' })).toBe(true);
    expect(isReadableMetadata({ definition, currentDetails: '' })).toBe(true);
  });

  it('does not pass with anything else in any place', () => {
    const altered = [
      { definition, currentDetails: 'Ada Ferris' },
      { definition, currentDetails: 'waits for staff', more: 'Ada' },
      { definition: { ...definition, type: 'Ada' } },
      { definition: { ...definition, queryDefinitions: [{ name: 'Ada' }] } },
      { definition: { ...definition, queryDefinitions: [{ name: 'plan', description: 'Ada' }] } },
      { definition: { ...definition, queryDefinitions: [{ name: 'plan', note: 'Ada' }] } },
      { definition: { ...definition, signalDefinitions: 'Ada' } },
      ['Ada'],
      'Ada',
      null,
    ];
    expect(altered.filter(isReadableMetadata)).toEqual([]);
  });
});
