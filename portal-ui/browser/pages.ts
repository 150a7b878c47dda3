/**
 * Conveniences of the hosted pages; every page does its work without them. A page asks for one by an attribute:
 *
 * - `input[data-code-field]` takes the access code of the link's fragment, `[data-code-shown]` (hidden) shows it, in its
 *   `[data-code-text]`; `[data-code-typed]` is what is hidden then. `a[data-code-page]` leads to the page with that field.
 * - `input[data-token-field]` takes the token of "this was not me" or of the link to register; `[data-token-typed]` is what is hidden then.
 * - `[data-show-password]` around a password field brings the Show button.
 * - `[data-password-rules]`: see password-live.ts.
 * - `[data-print]` becomes a button that prints. `[data-cookies-off]` (hidden) is shown when the browser keeps none.
 * - `body[data-ends-at][data-now]`: the warning before the end, in the time of `[data-zone]`, which is called `[data-zone-name]`.
 */
import { watchCapsLock } from './caps-lock.ts';
import { comeBackWithoutSending } from './come-back.ts';
import { focusErrorSummary } from './error-summary.ts';
import { takeFromFragment } from './from-link.ts';
import { watchPassword } from './password-live.ts';
import { offerPrinting } from './printing.ts';
import { offerToShow } from './show-password.ts';
import { warnBeforeTheEnd } from './time-out.ts';
import { ignoreDoublePresses } from './twice.ts';

takeFromFragment();
addEventListener('hashchange', takeFromFragment);
focusErrorSummary();
ignoreDoublePresses();
comeBackWithoutSending();
for (const input of document.querySelectorAll<HTMLInputElement>('input[type=password]')) watchCapsLock(input);
for (const place of document.querySelectorAll<HTMLElement>('[data-show-password]')) offerToShow(place);
for (const list of document.querySelectorAll<HTMLElement>('[data-password-rules]')) watchPassword(list);
for (const place of document.querySelectorAll<HTMLElement>('[data-print]')) offerPrinting(place);
for (const note of document.querySelectorAll<HTMLElement>('[data-cookies-off]')) note.hidden = navigator.cookieEnabled;
warnBeforeTheEnd();
