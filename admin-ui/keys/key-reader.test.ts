import { beforeEach, describe, expect, it } from '@jest/globals';
import { createKeyReader, type KeyMap, type Press } from './key-reader.ts';

const did: string[] = [];
const does = (what: string) => () => void did.push(what);
const frame: KeyMap = { '?': does('help'), 'g q': does('queue'), 'g n': does('office'), n: undefined };
const screen: KeyMap = { j: does('next'), n: does('note'), q: does('quit'), escape: does('back') };

let reader: ReturnType<typeof createKeyReader>;

function press(
  key: string,
  how: Partial<Press> = {},
  { maps = [frame, screen], areOn = true } = {},
): string | undefined {
  did.length = 0;
  reader.actionOf({ key, isCommand: false, isAlt: false, place: 'page', at: 0, ...how }, maps, areOn)?.();
  return did[0];
}

beforeEach(() => {
  reader = createKeyReader();
});

describe('single keys', () => {
  it('act on the page, whatever their case', () => {
    expect(press('j')).toBe('next');
    expect(press('J')).toBe('next');
    expect(press('?')).toBe('help');
    expect(press('y')).toBeUndefined();
  });

  it('belong to what lies on top; one that is off there goes to what lies below', () => {
    expect(press('j', {}, { maps: [frame, screen, { j: does('of the dialog') }] })).toBe('of the dialog');
    expect(press('j', {}, { maps: [frame, screen, { j: undefined }] })).toBe('next');
  });

  it('are letters where one types, and the own keys of dialogs and menus', () => {
    for (const place of ['text', 'dialog'] as const) {
      expect(press('j', { place })).toBeUndefined();
      expect(press('Escape', { place })).toBeUndefined();
    }
  });

  it('do not act with Alt, Ctrl or Cmd: those are the browser’s', () => {
    expect(press('j', { isAlt: true })).toBeUndefined();
    expect(press('j', { isCommand: true })).toBeUndefined();
  });

  it('can be switched off; Escape stays', () => {
    expect(press('j', {}, { areOn: false })).toBeUndefined();
    expect(press('Escape', {}, { areOn: false })).toBe('back');
  });
});

describe('Enter', () => {
  const maps = [{ enter: does('open'), 'ctrl+enter': does('send') }];

  it('presses the button that has the focus, and opens the row otherwise', () => {
    expect(press('Enter', { place: 'button' }, { maps })).toBeUndefined();
    expect(press('Enter', {}, { maps })).toBe('open');
  });

  it('with Ctrl sends from everywhere, also with single keys off', () => {
    for (const place of ['page', 'text', 'button', 'dialog'] as const) {
      expect(press('Enter', { place, isCommand: true }, { maps, areOn: false })).toBe('send');
    }
  });
});

describe('pairs', () => {
  it('act when the second key comes soon', () => {
    expect(press('g')).toBeUndefined();
    expect(press('q', { at: 1499 })).toBe('queue');
  });

  it('have their second key before it stands for itself, and only once', () => {
    press('g');
    expect(press('n', { at: 100 })).toBe('office');
    expect(press('n', { at: 200 })).toBe('note');
  });

  it('are forgotten after a while: the second key stands for itself', () => {
    press('g');
    expect(press('q', { at: 1500 })).toBe('quit');
  });

  it('are forgotten when another key comes between', () => {
    press('g');
    expect(press('j', { at: 10 })).toBe('next');
    expect(press('q', { at: 20 })).toBe('quit');
  });
});
