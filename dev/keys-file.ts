import { randomInt } from 'node:crypto';
import path from 'node:path';
import { makeKeyRingText } from '../store/key-ring.ts';
import { keptText } from './private-file.ts';

/** GATEHOUSE_KEYS of this data folder, `k1:base64(32 bytes)`; made at first start. Without it no secret and no payload can be read. */
export function keptKeys(dataDir: string): Promise<string> {
  return keptText(path.join(dataDir, 'keys'), () => makeKeyRingText('k1'));
}

/** The demonstration staff's password of this data folder: four groups, easy to type, some 79 bits; made at first start. */
export function keptDemoPassword(dataDir: string): Promise<string> {
  return keptText(path.join(dataDir, 'demo-password'), () => Array.from({ length: 4 }, group).join('-'));
}

/** Without look-alikes, since people copy it from a terminal. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

function group(): string {
  return Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}
