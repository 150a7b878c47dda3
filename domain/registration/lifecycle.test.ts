import { describe, expect, it } from '@jest/globals';
import { type Actor, type CaseFlag, caseFlags, type Role } from '../case.ts';
import { mayMove, type Rule, tableRefusal } from '../transition-table.ts';
import {
  isFinal,
  type RegistrationMove,
  type RegistrationState,
  registrationEngineMoves,
  registrationLifecycle,
  registrationPersonMoves,
  registrationStaffMoves,
  registrationStates,
  waitingOn,
} from './lifecycle.ts';
import { addressReasons, cancelReasons } from './reasons.ts';

// The tables of the design, written out by hand: a cell is the next state's letter, `=` stays, empty is refused.
const staffTable = `
  state | resend | cancel   | correctAddress | extend   | expireNow | note
  who   | clerk  | reviewer | clerk          | reviewer | reviewer  | clerk
  D     | =2     | C        | =2             | =1       | E1        | =
  S     | D2     | C        | D2             | =1       | E1        | =
  I     | D2     | C        | D2             | =1       | E1        | =
  L     | D2     | C        | D2             |          |           | =
  U     | D2     | C        | D2             |          |           | =
  E     | D2     | C        | D2             |          |           | =
  R     |        |          |                |          |           | =
  K     |        |          |                |          |           | =
  C     |        |          |                |          |           | =`;
const personTable = `
  state | identify | register | link | notMe
  D, S  | I1       |          |      | =
  I     | =1       | R1       | K1   | =
  L, U, E |        |          |      | =
  R     |          |          |      | =
  K     |          |          |      | =
  C     |          |          |      |`;
const engineTable = `
  state      | link_issued | link_sent | reminded | link_locked | link_expired | mail_refused | mail_unknown | record_changed
  D          | =           | S         |          | L1          | E            | U            | =            | =
  S          |             |           | =        | L1          | E            | =            | =            | =
  I          |             |           | =        | L1          | E            | =            | =            | =
  L, U       |             |           |          |             |              | =            | =            | =
  E, R, K, C |             |           |          |             |              |              |              |`;

const letters: Record<string, RegistrationState> = {
  D: 'draft',
  S: 'sent',
  I: 'identified',
  R: 'registered',
  K: 'linked',
  E: 'expired',
  L: 'locked',
  C: 'cancelled',
  U: 'undeliverable',
};
const guardOf: Record<string, string> = { '1': 'live_link', '2': 'record_usable' };

interface Cell {
  state: RegistrationState;
  move: RegistrationMove;
  who: 'staff' | 'person' | 'engine';
  to: RegistrationState | undefined;
  guard: string | undefined;
}

const rowsOf = (table: string) =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((text) => text.trim()));

function cellsOf(table: string, who: Cell['who']): Cell[] {
  const [head = [], ...rows] = rowsOf(table);
  return rows
    .filter(([state]) => state !== 'who')
    .flatMap(([states = '', ...cells]) =>
      states.split(', ').flatMap((letter) =>
        head.slice(1).map((move, index): Cell => {
          const state = letters[letter] as RegistrationState;
          const [, target = '', footnote = ''] = /^(\D?)(\d?)$/.exec(cells[index] ?? '') ?? [];
          const to = target === '=' ? state : letters[target];
          return { state, move: move as RegistrationMove, who, to, guard: guardOf[footnote] };
        }),
      ),
    );
}

const cells = [...cellsOf(staffTable, 'staff'), ...cellsOf(personTable, 'person'), ...cellsOf(engineTable, 'engine')];
const ruleOf = (state: RegistrationState, move: RegistrationMove) =>
  (registrationLifecycle[state] as { readonly [M in RegistrationMove]?: Rule<RegistrationState> })[move];

const member = (...roles: Role[]): Actor => ({ kind: 'member', id: 'm', roles });
const person: Actor = { kind: 'person' };
const engine: Actor = { kind: 'engine' };

describe('the table of moves', () => {
  it('is the design’s: every state and every move stand in it once', () => {
    const moves = [...registrationStaffMoves, ...registrationPersonMoves, ...registrationEngineMoves];
    const written = cells.map(({ state, move }) => `${state} ${move}`);
    const wanted = registrationStates.flatMap((state) => moves.map((move) => `${state} ${move}`));
    expect(written.sort()).toEqual(wanted.sort());
  });

  it.each(cells)('$state, $who: $move leads to $to', ({ state, move, who, to, guard }) => {
    const rule = ruleOf(state, move);
    expect(rule?.to).toBe(to);
    expect(rule?.guard).toBe(guard);
    if (!rule || who === 'staff') return;
    expect(rule.by).toEqual([who]);
  });

  const [moves = [], ranks = []] = rowsOf(staffTable);
  const needed = moves.slice(1).map((move, index) => [move as RegistrationMove, ranks[index + 1] as Role] as const);
  const ranked: Role[] = ['clerk', 'reviewer', 'supervisor'];

  it.each(needed)('%s is for a %s and whoever ranks above', (move, who) => {
    for (const state of registrationStates) {
      const rule = ruleOf(state, move);
      if (!rule) continue;
      for (const role of ranked) {
        expect(mayMove(member(role), rule.by)).toBe(ranked.indexOf(role) >= ranked.indexOf(who));
      }
      expect(mayMove(member('operator', 'auditor'), rule.by)).toBe(false);
      expect(mayMove(engine, rule.by)).toBe(false);
      expect(mayMove(person, rule.by)).toBe(false);
    }
  });

  it.each([
    ['person', registrationPersonMoves, person],
    ['engine', registrationEngineMoves, engine],
  ] as const)('the moves of the %s are nobody else’s', (_, own, actor) => {
    for (const state of registrationStates) {
      for (const move of own) {
        const rule = ruleOf(state, move);
        if (!rule) continue;
        expect(mayMove(actor, rule.by)).toBe(true);
        expect(mayMove(actor === engine ? person : engine, rule.by)).toBe(false);
        expect(mayMove(member('clerk', 'reviewer', 'supervisor', 'operator', 'auditor'), rule.by)).toBe(false);
      }
    }
  });
});

describe('reasons', () => {
  it('are the design’s', () => {
    expect(addressReasons.join(' ')).toBe('address_outdated patient_request other');
    expect(cancelReasons.join(' ')).toBe('wrong_person wrong_address patient_request record_changed other');
  });

  it('cancelling demands one, correcting the address may take one, nothing else takes any', () => {
    const reviewer = member('reviewer');
    for (const { state, move, who, to } of cells) {
      if (who !== 'staff') continue;
      const rule = ruleOf(state, move);
      const refusal = (reason?: string) => tableRefusal(rule, reviewer, reason);
      if (!to) {
        expect(refusal('other')).toBe('not_allowed_now');
        continue;
      }
      const [demanded, taken] = [
        move === 'cancel' ? cancelReasons : [],
        move === 'correctAddress' ? addressReasons : [],
      ];
      expect(refusal()).toBe(demanded.length > 0 ? 'reason_required' : undefined);
      for (const reason of [...demanded, ...taken]) expect(refusal(reason)).toBeUndefined();
      const known = [...cancelReasons, ...addressReasons, 'not_a_patient', 'no_response'];
      const foreign = known.filter((reason) => ![...demanded, ...taken].some((one) => one === reason));
      for (const reason of foreign) expect(refusal(reason)).toBe('reason_not_offered');
    }
  });

  it('are not asked of the person or the engine', () => {
    expect(tableRefusal(ruleOf('sent', 'notMe'), person, undefined)).toBeUndefined();
    expect(tableRefusal(ruleOf('identified', 'link_locked'), engine, 'record_unusable')).toBeUndefined();
  });
});

describe('whose turn it is', () => {
  const turns: Record<RegistrationState, string | null> = {
    draft: 'engine',
    sent: 'applicant',
    identified: 'applicant',
    registered: null,
    linked: null,
    expired: null,
    locked: 'staff',
    cancelled: null,
    undeliverable: 'staff',
  };

  it.each(Object.entries(turns) as [RegistrationState, string | null][])('%s waits on %s', (state, turn) => {
    expect(waitingOn(state, [])).toBe(turn);
    expect(waitingOn(state, ['possible_duplicate'])).toBe(turn);
    for (const flag of caseFlags.filter((one) => one !== 'possible_duplicate')) {
      const flags: CaseFlag[][] = [[flag], ['possible_duplicate', flag], [flag, 'possible_duplicate']];
      for (const several of flags) expect(waitingOn(state, several)).toBe(turn === null ? null : 'staff');
    }
  });

  it('is nobody’s in a final state, and only an expired one has ways out: sent anew, or cancelled', () => {
    for (const state of registrationStates) {
      expect(isFinal(state)).toBe(turns[state] === null);
      if (!isFinal(state)) continue;
      const leaving = Object.entries<Rule<RegistrationState>>(registrationLifecycle[state])
        .filter(([, rule]) => rule.to !== state)
        .map(([move, rule]) => `${move} ${rule.to}`);
      const anew = ['cancel cancelled', 'correctAddress draft', 'resend draft'];
      expect(leaving.sort()).toEqual(state === 'expired' ? anew : []);
    }
  });
});
