import { describe, expect, it } from '@jest/globals';
import type { Actor, Role } from '../case.ts';
import {
  allowedCampaignActions,
  campaignActions,
  campaignRule,
  campaignStates,
  isCampaignOver,
  nextPartAt,
  rowsPerPart,
} from './campaign.ts';

const member = (...roles: Role[]): Actor => ({ kind: 'member', id: 'a', roles });

describe('the table of campaigns', () => {
  it('says what may follow what, and nothing else', () => {
    const moves = [...campaignActions, 'done'] as const;
    const table = campaignStates.map((state) => [
      state,
      Object.fromEntries(
        moves.flatMap((move) => {
          const rule = campaignRule(state, move);
          return rule ? [[move, rule.to]] : [];
        }),
      ),
    ]);
    expect(Object.fromEntries(table)).toEqual({
      draft: { send: 'running', cancel: 'cancelled' },
      running: { pause: 'paused', cancel: 'cancelled', done: 'done' },
      paused: { resume: 'running', cancel: 'cancelled' },
      done: {},
      cancelled: {},
    });
    expect(campaignStates.filter(isCampaignOver)).toEqual(['done', 'cancelled']);
  });

  it('is for reviewers; the engine alone ends one', () => {
    const offered = (actor: Actor) => campaignStates.flatMap((state) => allowedCampaignActions(state, 1, actor));
    expect(offered(member('clerk', 'auditor', 'operator'))).toEqual([]);
    expect(offered(member('reviewer'))).toEqual(['send', 'cancel', 'pause', 'cancel', 'resume', 'cancel']);
    expect(offered(member('supervisor'))).toEqual(offered(member('reviewer')));
    expect(campaignRule('running', 'done')?.by).toEqual(['engine']);
  });

  it('does not offer to send where nothing is ready', () => {
    expect(allowedCampaignActions('draft', 0, member('reviewer'))).toEqual(['cancel']);
    expect(allowedCampaignActions('paused', 0, member('reviewer'))).toEqual(['resume', 'cancel']);
  });
});

describe('the pace', () => {
  it.each([
    [1, 1],
    [29, 1],
    [600, 10],
    [3_000, 50],
    [6_000, 50],
  ])('of %i a minute sends parts of %i rows', (perMinute, rows) => expect(rowsPerPart(perMinute)).toBe(rows));

  const at = (ms: number) => new Date(1_800_000_000_000 + ms);

  it('is kept from part to part: what a part takes is its rows at the pace', () => {
    expect(nextPartAt(at(0), null, 50, 3_000)).toEqual(at(1_000));
    expect(nextPartAt(at(0), null, 1, 1)).toEqual(at(60_000));
    expect(nextPartAt(at(0), null, 0, 3_000)).toEqual(at(0));
  });

  it('makes a small delay good, and a long one never', () => {
    expect(nextPartAt(at(1_030), at(1_000), 50, 3_000)).toEqual(at(2_000));
    expect(nextPartAt(at(3_600_000), at(1_000), 50, 3_000)).toEqual(at(3_599_000));
  });
});
