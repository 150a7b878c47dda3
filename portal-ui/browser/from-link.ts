import { codeOfFragment, inGroupsOfFour, tokenOfFragment } from './fragment.ts';

/** Takes what a mail's link carried into its field, and out of the address bar. It is never sent by itself. */
export function takeFromFragment(): void {
  const codeField = document.querySelector<HTMLInputElement>('input[data-code-field]');
  const tokenField = document.querySelector<HTMLInputElement>('input[data-token-field]');
  const code = codeField ? codeOfFragment(location.hash) : undefined;
  const token = tokenField ? tokenOfFragment(location.hash) : undefined;
  if (codeField && code !== undefined) {
    codeField.value = inGroupsOfFour(code);
    for (const part of document.querySelectorAll<HTMLElement>('[data-code-shown]')) {
      const text = part.querySelector<HTMLElement>('[data-code-text]') ?? part;
      text.textContent = inGroupsOfFour(code);
      part.hidden = false;
      titleAs(part.querySelector('h1')?.textContent);
    }
    hide('[data-code-typed]');
  }
  const codePage = document.querySelector<HTMLAnchorElement>('a[data-code-page]');
  if (codePage && codeOfFragment(location.hash) !== undefined) {
    // Somebody came with a code while another is half-way in this browser: that page asks which it shall be.
    location.replace(codePage.pathname + location.hash);
    return;
  }
  if (tokenField && token !== undefined) tokenField.value = token;
  // Also when the page came back with what it was sent before, in bigger letters or another language; but never an error.
  const isRefused = token === undefined && tokenField?.getAttribute('aria-invalid') === 'true';
  if (tokenField && !isRefused && tokenOfFragment(tokenField.value) !== undefined) hide('[data-token-typed]');
  if (code !== undefined || token !== undefined) {
    history.replaceState(history.state, '', location.pathname + location.search);
  }
}

/** The window says the heading that is shown, before the journey and the portal. */
function titleAs(heading: string | null | undefined): void {
  const [, ...rest] = document.title.split(' – ');
  if (heading) document.title = [heading, ...rest.filter((part) => part !== heading)].join(' – ');
}

function hide(selector: string): void {
  for (const part of document.querySelectorAll<HTMLElement>(selector)) part.hidden = true;
}
