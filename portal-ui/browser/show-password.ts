import { words } from './words.ts';

/**
 * Puts the button that shows what is typed beside the password field of a part (`forms/PasswordField.tsx`); `data-show-password`
 * is what the button says it shows. What was shown is hidden again before it is sent.
 */
export function offerToShow(part: HTMLElement): void {
  const input = part.querySelector<HTMLInputElement>('input[type=password]');
  if (!input) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn2';
  button.setAttribute('aria-controls', input.id);
  const set = (isShown: boolean) => {
    input.type = isShown ? 'text' : 'password';
    const rest = document.createElement('span');
    rest.className = 'vh';
    rest.textContent = ` ${part.dataset.showPassword ?? ''}`;
    button.replaceChildren(isShown ? words.hide : words.show, rest);
  };
  set(false);
  button.addEventListener('click', () => set(input.type === 'password'));
  input.form?.addEventListener('submit', () => set(false));
  part.append(button);
}
