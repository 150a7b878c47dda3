import { describe, expect, it } from '@jest/globals';
import { codecKeys, makeKeyRingText, missingKeys, parseKeyRing, subkey } from './key-ring.ts';

const k1 = `k1:${Buffer.alloc(32, 1).toString('base64')}`;
const k2 = `k2:${Buffer.alloc(32, 2).toString('base64')}`;

describe('the key ring', () => {
  it('takes the first key as current and keeps the others readable', () => {
    const ring = parseKeyRing(`${k2}, ${k1}`);
    expect(ring.current).toBe('k2');
    expect([...ring.byId.keys()]).toEqual(['k2', 'k1']);
    expect(missingKeys(ring, ['k1', 'k3', 'k3'])).toEqual(['k3']);
  });

  it('reads what it makes', () => {
    expect(parseKeyRing(makeKeyRingText('first')).current).toBe('first');
  });

  it('derives another key for every use and every id, the same each time', () => {
    const ring = parseKeyRing(`${k1},${k2}`);
    const all = ['codec', 'secrets', 'lookup', 'audit', 'seal', 'not-me', 'pages', 'form', 'limits', 'wishes'] as const;
    const keys = all.flatMap((use) => ['k1', 'k2'].map((id) => subkey(ring, id, use).toString('hex')));
    expect(new Set(keys).size).toBe(all.length * 2);
    expect(subkey(parseKeyRing(k1), 'k1', 'codec')).toEqual(subkey(ring, 'k1', 'codec'));
    expect(subkey(ring, 'k1', 'codec')).toHaveLength(32);
    // Pinned: another answer here would make every stored secret and history unreadable.
    expect(subkey(ring, 'k1', 'codec').toString('hex')).toBe(
      '2a1c8465aa0fa3545ffee28e5c1c2b2abbb3cc11aacaa4d68815da7b4e52985f',
    );
  });

  it('says that a key is missing', () => {
    const ring = parseKeyRing(k1);
    expect(() => subkey(ring, 'k9', 'audit')).toThrow('GATEHOUSE_KEYS: holds no key "k9"');
    expect(codecKeys(ring).keyFor('k9')).toBeUndefined();
    expect(codecKeys(ring).keyFor('k1')).toEqual(subkey(ring, 'k1', 'codec'));
  });

  it.each(['', 'k1', ':abc', 'k1:', 'k1:AAAA', 'k 1:AAAA', `${k1},${k1}`, `${k1},`, k1.replace('=', '')])(
    'refuses %j in one line that names the setting and no key',
    (text) => {
      let message = '';
      try {
        parseKeyRing(text);
      } catch (error) {
        message = String(error);
      }
      expect(message).toMatch(/^Error: GATEHOUSE_KEYS: [^\n]+$/);
      expect(message).not.toContain('AAAA');
      expect(message).not.toContain('AQEB');
    },
  );
});
