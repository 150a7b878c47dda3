import { useEffect, useRef, useSyncExternalStore } from 'react';

/** What keys do on a screen: `j`, `enter`, `escape`, `?`, `g q` (one after the other), `ctrl+enter`. */
export type KeyMap = Readonly<Record<string, (() => void) | undefined>>;

interface Layer {
  map: KeyMap;
}

/** The last layer that knows a key has it: a dialog over a screen over the frame. */
const layers: Layer[] = [];
let areOn = true;
const listeners = new Set<() => void>();
let first: string | undefined;
let firstAt = 0;

/** How long the second key of a pair may take. */
const pairMs = 1500;

/** Installs keys while the component stands. Undefined entries are off. */
export function useKeys(map: KeyMap): void {
  const layer = useRef<Layer>({ map });
  layer.current.map = map;
  useEffect(() => {
    const own = layer.current;
    layers.push(own);
    if (layers.length === 1) addEventListener('keydown', pressed);
    return () => {
      layers.splice(layers.indexOf(own), 1);
      if (layers.length === 0) removeEventListener('keydown', pressed);
    };
  }, []);
}

/** Whether single keys act (WCAG 2.1.4: they can be switched off), and the switch. */
export function useKeysSwitch(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => areOn,
  );
  return [on, switchKeys];
}

export function switchKeys(on: boolean): void {
  if (on === areOn) return;
  areOn = on;
  for (const listener of listeners) listener();
}

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || (event.repeat && event.key === 'Enter')) return;
  const act = actionOf(event);
  if (!act) return;
  event.preventDefault();
  act();
}

function actionOf(event: KeyboardEvent): (() => void) | undefined {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (key === 'Enter' && (ctrlKey || metaKey)) return find('ctrl+enter');
  if (ctrlKey || metaKey || altKey) return undefined;
  if (isDialogOpen(event.target)) return undefined;
  if (key === 'Escape') return isTyping(event.target) ? undefined : find('escape');
  if (!areOn || isTyping(event.target)) return undefined;
  if (key === 'Enter' && isPressable(event.target)) return undefined;
  const typed = key.toLowerCase();
  const pair = first !== undefined && performance.now() - firstAt < pairMs ? find(`${first} ${typed}`) : undefined;
  first = undefined;
  if (pair) return pair;
  if (layers.some(({ map }) => Object.keys(map).some((known) => known.startsWith(`${typed} `)))) {
    first = typed;
    firstAt = performance.now();
  }
  return find(typed);
}

function find(name: string): (() => void) | undefined {
  for (const { map } of [...layers].reverse()) if (map[name]) return map[name];
  return undefined;
}

/** Menus and dialogs have keys of their own. */
function isDialogOpen(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=dialog],[role=menu],[role=listbox]') !== null;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button,a[href],summary') !== null;
}
