import { describe, expect, it } from '@jest/globals';
import { applicationLifecycle, staffMoves } from '../domain/application/lifecycle.ts';
import { type Role, roles } from '../domain/case.ts';
import { permissionsOf } from './permissions.ts';

describe('permissions', () => {
  it('each role includes the one below it', () => {
    expect(permissionsOf(['reviewer'])).toEqual(expect.arrayContaining(permissionsOf(['clerk'])));
    expect(permissionsOf(['supervisor'])).toEqual(expect.arrayContaining(permissionsOf(['reviewer'])));
  });

  it('agree with the transition table about who may make each move', () => {
    for (const row of Object.values(applicationLifecycle)) {
      for (const move of staffMoves) {
        const rule = (row as Record<string, { by: readonly string[] } | undefined>)[move];
        for (const role of roles) {
          if (!rule) continue;
          const rank: Partial<Record<Role, string[]>> = {
            clerk: ['clerk'],
            reviewer: ['clerk', 'reviewer'],
            supervisor: ['clerk', 'reviewer', 'supervisor'],
          };
          const may = rule.by.some((mover) => rank[role]?.includes(mover));
          expect([move, role, permissionsOf([role]).includes(`case.${move}`)]).toEqual([move, role, may]);
        }
      }
    }
  });

  it('an auditor reads everything and changes nothing', () => {
    expect(permissionsOf(['auditor']).every((name) => name.endsWith('.read'))).toBe(true);
    expect(permissionsOf(['auditor'])).toEqual(
      expect.arrayContaining(permissionsOf(['supervisor']).filter((name) => name.endsWith('.read'))),
    );
  });

  it('an operator sees nothing personal', () => {
    expect(permissionsOf(['operator'])).toEqual([
      'codec.decode',
      'dashboard.read',
      'engine.read',
      'event.read',
      'message.readState',
      'portal.read',
    ]);
  });

  it('a clerk reads neither audit, members nor policies, and several roles add up', () => {
    const clerk = permissionsOf(['clerk']);
    for (const name of ['audit.read', 'member.read', 'policy.read', 'record.import']) expect(clerk).not.toContain(name);
    expect(permissionsOf(['clerk', 'operator'])).toEqual(expect.arrayContaining([...clerk, 'codec.decode']));
    expect(permissionsOf([])).toEqual([]);
    expect(permissionsOf(['owner' as Role])).toEqual([]);
  });
});
