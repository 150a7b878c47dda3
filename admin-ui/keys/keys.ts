import { useEffect, useRef, useSyncExternalStore } from 'react';
import { createKeyReader, type KeyMap, type Press } from './key-reader.ts';

interface Layer {
  map: KeyMap;
}

/** The last layer that knows a key has it: a dialog over a screen over the frame. */
const layers: Layer[] = [];
let areOn = true;
const listeners = new Set<() => void>();
const reader = createKeyReader();

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
  const maps = layers.map(({ map }) => map);
  return reader.actionOf({ ...pressOf(event), place: placeOf(event.target), at: performance.now() }, maps, areOn);
}

function pressOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) {
  return { key, isCommand: ctrlKey || metaKey, isAlt: altKey };
}

function placeOf(target: EventTarget | null): Press['place'] {
  if (isDialogOpen(target)) return 'dialog';
  if (isTyping(target)) return 'text';
  return isPressable(target) ? 'button' : 'page';
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
