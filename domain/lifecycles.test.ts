import { describe, expect, it } from '@jest/globals';
import { applicationStates } from './application/lifecycle.ts';
import { caseFlags, caseKinds } from './case.ts';
import { caseEngineMoves, caseStaffMoves, caseStates } from './case-names.ts';
import { caseSecretPurposes, lifecycles } from './lifecycles.ts';
import { registrationStates } from './registration/lifecycle.ts';
import { secretPurposes } from './secrets/purposes.ts';

const all = caseKinds.map((kind) => ({ kind, lifecycle: lifecycles[kind] }));

describe('the registry of lifecycles', () => {
  it('has every kind of case', () => {
    expect(Object.keys(lifecycles).sort()).toEqual([...caseKinds].sort());
    expect(lifecycles.application.states).toEqual(applicationStates);
    expect(lifecycles.registration.states).toEqual(registrationStates);
  });

  it.each(all)('$kind: every state and move it names is one of its table, and the table names no other', (one) => {
    const { states, moves, staffMoves, ruleOf } = one.lifecycle;
    expect(new Set(states).size).toBe(states.length);
    for (const move of staffMoves) expect(moves).toContain(move);
    const targets = states.flatMap((state) => moves.flatMap((move) => ruleOf(state, move)?.to ?? []));
    for (const to of targets) expect(states).toContain(to);
    for (const move of moves) expect(states.some((state) => ruleOf(state, move))).toBe(true);
  });

  it.each(all)('$kind: refuses states and moves of another kind', ({ kind, lifecycle }) => {
    for (const other of all.filter((one) => one.kind !== kind)) {
      for (const state of other.lifecycle.states.filter((one) => !lifecycle.states.includes(one))) {
        for (const move of lifecycle.moves) expect(lifecycle.ruleOf(state, move)).toBeUndefined();
      }
      for (const move of other.lifecycle.moves.filter((one) => !lifecycle.moves.includes(one))) {
        for (const state of lifecycle.states) expect(lifecycle.ruleOf(state, move)).toBeUndefined();
      }
    }
  });

  it.each(all)('$kind: a case that is over waits on nobody, and only then', ({ lifecycle }) => {
    for (const state of lifecycle.states) {
      expect(lifecycle.waitingOn(state, []) === null).toBe(lifecycle.isFinal(state));
      expect(lifecycle.waitingOn(state, caseFlags) === null).toBe(lifecycle.isFinal(state));
    }
  });

  it.each(all)('$kind: its secret is issued where it is owed, and its mail’s acceptance leads on', ({ lifecycle }) => {
    const { state, issued, sent, purpose, mails } = lifecycle.secret;
    expect(lifecycle.ruleOf(state, issued)).toMatchObject({ to: state, by: ['engine'] });
    expect(lifecycle.ruleOf(state, sent)?.by).toEqual(['engine']);
    expect(lifecycle.ruleOf(state, sent)?.to).not.toBe(state);
    expect(secretPurposes).toContain(purpose);
    expect(mails).toHaveLength(2);
  });

  it('no two kinds mail the same secret', () => {
    expect(new Set(caseSecretPurposes).size).toBe(caseKinds.length);
  });

  it('the names over all kinds are the union of theirs, each once', () => {
    const once = (names: readonly string[]) => [...new Set(names)].sort();
    expect([...caseStates].sort()).toEqual(once(all.flatMap(({ lifecycle }) => lifecycle.states)));
    expect([...caseStaffMoves].sort()).toEqual(once(all.flatMap(({ lifecycle }) => lifecycle.staffMoves)));
    const moves = all.flatMap(({ lifecycle }) => lifecycle.moves);
    for (const move of caseEngineMoves) expect(moves).toContain(move);
  });
});
