import { describe, expect, it } from '@jest/globals';
import { type Actor, type CaseFlag, caseFlags, type Role } from '../case.ts';
import { mayMove, type Rule, tableRefusal } from '../transition-table.ts';
import {
  type ApplicationMove,
  type ApplicationState,
  applicationLifecycle,
  applicationStates,
  engineMoves,
  isFinal,
  personMoves,
  publicStatusOf,
  staffMoves,
  waitingOn,
} from './lifecycle.ts';
import {
  askReasons,
  demandsNote,
  overrideReasons,
  rejectReasons,
  reopenReasons,
  resumeReasons,
  withdrawReasons,
} from './reasons.ts';

// The three tables of the design, written out by hand: a cell is the next state's letter, `=` stays, empty is refused.
const staffTable = `
  state   | claim | release | assign | approve | reject | requestInformation | resume | correctAddress | reissue | extend | expireNow | revoke | withdraw | reopen | note
  who     | clerk | clerk | supervisor | reviewer | reviewer | clerk | reviewer | clerk | clerk | reviewer | reviewer | reviewer | reviewer | supervisor | clerk
  S       | R     |         | R      |         |        |                    |        | =              |         |        |           |        | D        |        | =
  R       |       | S       | =      | A       | J      | W                  |        | =              |         |        |           |        | D        |        | =
  W       |       |         | =      |         | J      |                    | R      | =              |         | =      |           |        | D        |        | =
  A       |       |         | =      |         |        |                    |        | =              | =6      | =1     | E1        | J      | D        |        | =
  C       |       |         | =      |         |        |                    |        | A              | A       | =1     | E1        | J      | D        |        | =
  E       |       |         | =      |         |        |                    |        | =              | A       |        |           | J      | D        |        | =
  J       |       |         |        |         |        |                    |        |                |         |        |           |        |          | R2     | =
  V, D, X |       |         |        |         |        |                    |        |                |         |        |           |        |          |        | =`;
const personTable = `
  state   | answer | withdraw | renew | activate | notMe
  S, R    |        | D        |       |          | =
  W       | R      | D        |       |          | R
  A, C    |        | D        |       | V1       | =
  E       |        | D        | A4    |          | =
  V       |        |          |       |          | =
  J, D, X |        |          |       |          |`;
const engineTable = `
  state      | auto_approved | turned_due, turned_late | left_unanswered | code_issued | code_sent | reminded | code_burned | code_expired | lapsed | mail_refused, mail_unknown | record_changed
  S          | A3            | =                       |                 |             |           |          |             |              |        | =                          |
  R          |               | =                       |                 |             |           |          |             |              |        | =                          |
  W          |               |                         | D               |             |           | =        |             |              |        | =                          |
  A          |               |                         |                 | =           | C         |          | =           | E            |        | =                          | =
  C          |               |                         |                 |             |           | =        | =           | E            |        | =                          | =
  E          |               |                         |                 |             |           |          |             |              | X      | =                          | =
  V, J, D, X |               |                         |                 |             |           |          |             |              |        |                            |`;

const letters: Record<string, ApplicationState> = {
  S: 'submitted',
  R: 'in_review',
  W: 'waiting_on_applicant',
  A: 'approved',
  C: 'code_sent',
  E: 'expired',
  V: 'activated',
  J: 'rejected',
  D: 'withdrawn',
  X: 'closed',
};
const guardOf: Record<string, string> = {
  '1': 'live_code',
  '2': 'rejected_recently',
  '3': 'qualifies_for_automatic_approval',
  '4': 'renewals_left',
  '6': 'code_issued_or_flagged',
};

interface Cell {
  state: ApplicationState;
  move: ApplicationMove;
  who: 'staff' | 'person' | 'engine';
  to: ApplicationState | undefined;
  guard: string | undefined;
}

function cellsOf(table: string, who: Cell['who']): Cell[] {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((text) => text.trim()));
  return rows
    .filter(([state]) => state !== 'who')
    .flatMap(([states = '', ...cells]) =>
      states.split(', ').flatMap((letter) =>
        head.slice(1).flatMap((moves, index) =>
          moves.split(', ').map((move): Cell => {
            const state = letters[letter] as ApplicationState;
            const [, target = '', footnote = ''] = /^(\D?)(\d?)$/.exec(cells[index] ?? '') ?? [];
            const to = target === '=' ? state : letters[target];
            return { state, move: move as ApplicationMove, who, to, guard: guardOf[footnote] };
          }),
        ),
      ),
    );
}

const cells = [...cellsOf(staffTable, 'staff'), ...cellsOf(personTable, 'person'), ...cellsOf(engineTable, 'engine')];
const ruleOf = (state: ApplicationState, move: ApplicationMove) =>
  (applicationLifecycle[state] as { readonly [M in ApplicationMove]?: Rule<ApplicationState> })[move];

const member = (...roles: Role[]): Actor => ({ kind: 'member', id: 'm', roles });
const person: Actor = { kind: 'person' };
const engine: Actor = { kind: 'engine' };

describe('the table of moves', () => {
  it('is the design’s: every state and every move stand in it', () => {
    expect(cells).toHaveLength(
      applicationStates.length * (staffMoves.length + personMoves.length + engineMoves.length),
    );
    for (const [moves, who] of [
      [staffMoves, 'staff'],
      [personMoves, 'person'],
      [engineMoves, 'engine'],
    ] as const) {
      const written = new Set(cells.filter((cell) => cell.who === who).map(({ move }) => move));
      expect([...written].sort()).toEqual([...moves].sort());
    }
  });

  // Withdraw stands in two tables, with the same targets.
  it.each(cells)('$state, $who: $move leads to $to', ({ state, move, to, guard }) => {
    const rule = ruleOf(state, move);
    expect(rule?.to).toBe(to);
    expect(rule?.guard).toBe(guard);
  });

  it('has no move that the design lacks', () => {
    for (const state of applicationStates) {
      const written = cells.filter((cell) => cell.state === state && cell.to).map(({ move }) => move);
      expect(Object.keys(applicationLifecycle[state]).sort()).toEqual([...new Set(written)].sort());
    }
  });

  const needed = Object.fromEntries(
    staffTable
      .trim()
      .split('\n')
      .slice(0, 2)
      .map((line) => line.split('|').map((text) => text.trim()))
      .reduce<[string, string][]>(
        (pairs, row, index) =>
          index === 0 ? row.slice(1).map((move) => [move, '']) : pairs.map(([move], at) => [move, row[at + 1] ?? '']),
        [],
      ),
  );
  const ranks: Role[] = ['clerk', 'reviewer', 'supervisor'];

  it.each(staffMoves.map((move) => [move, needed[move]] as const))(
    '%s is for a %s and whoever ranks above',
    (move, who) => {
      for (const state of applicationStates) {
        const rule = ruleOf(state, move);
        if (!rule) continue;
        for (const role of ranks) {
          expect(mayMove(member(role), rule.by)).toBe(ranks.indexOf(role) >= ranks.indexOf(who as Role));
        }
        expect(mayMove(member('operator', 'auditor'), rule.by)).toBe(false);
        expect(mayMove(engine, rule.by)).toBe(false);
        expect(mayMove(person, rule.by)).toBe(move === 'withdraw');
      }
    },
  );

  it.each([
    ['person', personMoves, person],
    ['engine', engineMoves, engine],
  ] as const)('the moves of the %s are nobody else’s', (_, moves, actor) => {
    for (const state of applicationStates) {
      for (const move of moves) {
        const rule = ruleOf(state, move);
        if (!rule) continue;
        expect(mayMove(actor, rule.by)).toBe(true);
        expect(mayMove(actor === engine ? person : engine, rule.by)).toBe(false);
        const isStaffs = move === 'withdraw';
        expect(mayMove(member('clerk', 'reviewer', 'supervisor', 'operator', 'auditor'), rule.by)).toBe(isStaffs);
      }
    }
  });
});

describe('reasons', () => {
  const demanded: Partial<Record<ApplicationMove, readonly string[]>> = {
    reject: rejectReasons,
    revoke: rejectReasons,
    requestInformation: askReasons,
    resume: resumeReasons,
    withdraw: withdrawReasons,
    reopen: reopenReasons,
  };

  it('are the design’s', () => {
    const texts = [rejectReasons, askReasons, overrideReasons, resumeReasons, withdrawReasons, reopenReasons];
    expect(texts.map((codes) => codes.join(' '))).toEqual([
      'not_a_patient identity_not_confirmed under_age duplicate_of_account record_confidential deceased suspected_fraud other',
      'address_incomplete name_differs_from_record birth_date_differs need_document other',
      'override_name_changed override_moved override_record_outdated override_other',
      'answered_otherwise',
      'by_applicant',
      'decided_in_error new_information other',
    ]);
  });

  it.each(staffMoves.map((move) => [move, demanded[move] ?? []] as const))(
    '%s takes %j and no other',
    (move, offered) => {
      const supervisor = member('supervisor');
      for (const state of applicationStates) {
        const rule = ruleOf(state, move);
        if (!rule) {
          expect(tableRefusal(rule, supervisor, offered[0])).toBe('not_allowed_now');
          continue;
        }
        expect(tableRefusal(rule, supervisor, undefined)).toBe(offered.length > 0 ? 'reason_required' : undefined);
        expect(tableRefusal(rule, supervisor, 'no_response')).toBe('reason_not_offered');
        for (const reason of offered) expect(tableRefusal(rule, supervisor, reason)).toBeUndefined();
      }
    },
  );

  it('are not asked of the person or the engine', () => {
    expect(tableRefusal(ruleOf('submitted', 'withdraw'), person, undefined)).toBeUndefined();
    expect(tableRefusal(ruleOf('waiting_on_applicant', 'left_unanswered'), engine, undefined)).toBeUndefined();
  });

  it('that say too little demand a note', () => {
    const all = [rejectReasons, askReasons, overrideReasons, resumeReasons, withdrawReasons, reopenReasons].flat();
    expect([...new Set(all.filter(demandsNote))]).toEqual(['other', 'override_other']);
    expect(demandsNote(undefined)).toBe(false);
  });
});

describe('whose turn it is', () => {
  const turns: Record<ApplicationState, string | null> = {
    submitted: 'staff',
    in_review: 'staff',
    waiting_on_applicant: 'applicant',
    approved: 'engine',
    code_sent: 'applicant',
    expired: 'applicant',
    activated: null,
    rejected: null,
    withdrawn: null,
    closed: null,
  };

  it.each(Object.entries(turns) as [ApplicationState, string | null][])('%s waits on %s', (state, turn) => {
    expect(waitingOn(state, [])).toBe(turn);
    expect(waitingOn(state, ['possible_duplicate'])).toBe(turn);
    for (const flag of caseFlags.filter((one) => one !== 'possible_duplicate')) {
      const flags: CaseFlag[][] = [[flag], ['possible_duplicate', flag], [flag, 'possible_duplicate']];
      for (const several of flags) expect(waitingOn(state, several)).toBe(turn === null ? null : 'staff');
    }
  });

  it('is nobody’s in a final state, and such a state has no way out but reopening a rejection', () => {
    for (const state of applicationStates) {
      expect(isFinal(state)).toBe(turns[state] === null);
      if (!isFinal(state)) continue;
      const targets = Object.entries(applicationLifecycle[state]).filter(([, rule]) => rule.to !== state);
      expect(targets.map(([move]) => move)).toEqual(state === 'rejected' ? ['reopen'] : []);
    }
  });

  it('the person reads the state in the words of the portal', () => {
    expect(publicStatusOf).toEqual({
      submitted: 'received',
      in_review: 'in_review',
      waiting_on_applicant: 'waiting_for_you',
      approved: 'approved',
      code_sent: 'approved',
      expired: 'approved',
      activated: 'active',
      rejected: 'closed',
      withdrawn: 'closed',
      closed: 'closed',
    });
  });
});
