/** What keys do on a screen: `j`, `enter`, `escape`, `?`, `g q` (one after the other), `ctrl+enter`. */
export type KeyMap = Readonly<Record<string, (() => void) | undefined>>;

export interface Press {
  /** As the browser names it. */
  key: string;
  /** With Ctrl or Cmd. */
  isCommand: boolean;
  isAlt: boolean;
  /** Where the focus is: a field one types in, something that Enter presses, a dialog or menu with keys of its own. */
  place: 'page' | 'text' | 'button' | 'dialog';
  /** In milliseconds, by any clock that only goes on. */
  at: number;
}

/** How long the second key of a pair may take. */
const pairMs = 1500;

/** Finds what a press means; remembers the first key of a pair. */
export function createKeyReader() {
  let first: string | undefined;
  let firstAt = 0;

  const ofSingle = (typed: string, at: number, maps: readonly KeyMap[]) => {
    const pair = first !== undefined && at - firstAt < pairMs ? find(`${first} ${typed}`, maps) : undefined;
    first = undefined;
    if (pair) return pair;
    if (beginsPair(typed, maps)) {
      first = typed;
      firstAt = at;
    }
    return find(typed, maps);
  };

  return {
    /** `maps` from the frame to what lies over it; `areOn`: whether single keys act at all. */
    actionOf(press: Press, maps: readonly KeyMap[], areOn: boolean): (() => void) | undefined {
      const { key, isCommand, isAlt, place, at } = press;
      if (key === 'Enter' && isCommand) return find('ctrl+enter', maps);
      if (isCommand || isAlt || place === 'dialog') return undefined;
      if (key === 'Escape') return place === 'text' ? undefined : find('escape', maps);
      if (!areOn || place === 'text' || (key === 'Enter' && place === 'button')) return undefined;
      return ofSingle(key.toLowerCase(), at, maps);
    },
  };
}

function beginsPair(typed: string, maps: readonly KeyMap[]): boolean {
  return maps.some((map) => Object.keys(map).some((name) => map[name] && name.startsWith(`${typed} `)));
}

/** The last map that knows a key has it: a dialog over a screen over the frame. */
function find(name: string, maps: readonly KeyMap[]): (() => void) | undefined {
  return maps.findLast((map) => map[name])?.[name];
}
