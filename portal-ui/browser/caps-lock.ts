import { words } from './words.ts';

/** Says below a password field that Caps Lock is on, as long as it is. */
export function watchCapsLock(input: HTMLInputElement): void {
  const note = document.createElement('p');
  note.className = 'caps';
  note.setAttribute('role', 'status');
  (input.closest('.reveal') ?? input).after(note);
  const look = (event: KeyboardEvent | MouseEvent) => {
    // Phones and password managers send events that know nothing of keys.
    if (typeof event.getModifierState !== 'function') return;
    const text = event.getModifierState('CapsLock') ? words.capsLock : '';
    if (note.textContent !== text) note.textContent = text;
  };
  input.addEventListener('keydown', look);
  input.addEventListener('keyup', look);
  input.addEventListener('mousedown', look);
  // It stays when the field is left: what moves under a button that is being pressed swallows the press.
}
