import { describe, expect, it } from '@jest/globals';
import { createLog } from './log.ts';

function logged(say: (log: ReturnType<typeof createLog>) => void): Record<string, unknown> {
  const lines: string[] = [];
  say(createLog({ stream: { write: (line: string) => void lines.push(line) } }));
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '{}');
}

describe('the log', () => {
  it('keeps the fields of its list, when they hold codes, and nothing else', () => {
    const line = logged((log) =>
      log.info(
        { caseId: 'c-1', email: 'ada@mail.example', state: 'Ada Ferris', count: 3, names: ['a@b', 'State'] },
        'told',
      ),
    );
    expect(line).toMatchObject({
      msg: 'told',
      caseId: 'c-1',
      count: 3,
      state: '(hidden)',
      names: ['(hidden)', 'State'],
    });
    expect(JSON.stringify(line)).not.toMatch(/ada|Ferris|@/i);
  });

  it('of an error says class, code and place, never what it quotes', () => {
    const error = Object.assign(new RangeError('no such person: Ada Ferris <ada@mail.example>'), { code: '23505' });
    const line = logged((log) => log.error({ error, detail: 'Key (email)=(ada@mail.example)' }, 'failed'));
    expect(line).toMatchObject({
      error: { name: 'RangeError', code: '23505', at: expect.stringContaining('log.test.ts:') },
    });
    expect(JSON.stringify(line)).not.toMatch(/Ada|mail\.example/);
  });
});
