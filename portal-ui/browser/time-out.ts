import { clockTime, lengthOfStay, standingAt } from './time-left.ts';
import { words } from './words.ts';

/** While somebody types or reads with the wheel, the server is told of it this often. */
const tellEveryMs = 4 * 60_000;

/**
 * Warns two minutes before `body[data-ends-at]`. A signed-in person may stay: a press tells the server, and typing does so by itself.
 * What was typed stays on the page. Other pages of the portal in this browser that stay longer make this one stay, too.
 */
export function warnBeforeTheEnd(): void {
  const length = lengthOfStay(document.body.dataset.now, document.body.dataset.endsAt);
  if (length === undefined) return;
  const isSignedIn = document.querySelector('form[action$="/sign-out"]') !== null;
  const portalPath = location.pathname.split('/').slice(0, 3).join('/');
  const isByLink = location.pathname.startsWith(`${portalPath}/register`);
  const { now: serverNow, zone: id, zoneName: name } = document.body.dataset;
  // What is told is the server's time in the portal's zone, as in our mails: the browser's own clock and zone may be others.
  const serverAhead = Date.parse(serverNow ?? '') - Date.now();
  let endsAt = Date.now() + length;
  let toldAt = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const dialog = makeDialog();
  const others = isSignedIn ? new BroadcastChannel(`gatehouse ${portalPath}`) : undefined;

  const look = () => {
    clearTimeout(timer);
    const { phase, nextMs } = standingAt(Date.now(), endsAt);
    // The clock of a computer that slept jumps: everything is looked at anew when the page is seen again.
    if (nextMs !== undefined) timer = setTimeout(look, nextMs);
    if (phase === 'ending' && !dialog.isOpen()) ask();
    if (phase === 'over') over();
  };
  const stays = () => {
    endsAt = Date.now() + length;
    toldAt = Date.now();
    dialog.close();
    look();
  };
  const tell = async (): Promise<'stays' | 'over' | 'not reached'> => {
    toldAt = Date.now();
    try {
      const answer = await fetch(`/api/v1/portals/${portalPath.split('/')[2] ?? ''}/session`, {
        headers: { 'X-Gatehouse': '1', 'X-Gatehouse-Active': '1' },
      });
      if (answer.status === 401) return 'over';
      return answer.ok ? 'stays' : 'not reached';
    } catch {
      return 'not reached';
    }
  };
  const stay = async () => {
    const told = await tell();
    if (told === 'not reached') return dialog.note(words.notReached);
    if (told === 'over') return over();
    others?.postMessage('stays');
    stays();
  };
  const ask = () => {
    const time = clockTime(endsAt + serverAhead, document.documentElement.lang, { id, name });
    if (!isSignedIn) {
      const goOn = { words: words.goOn, press: () => dialog.close() };
      const text = isByLink ? words.runsOutAtLink(time) : words.runsOutAt(time);
      return dialog.open({ title: words.runsOutSoon, text, button: goOn });
    }
    const button = { words: words.staySignedIn, press: () => void stay() };
    dialog.open({ title: words.areYouThere, text: words.signedOutSoon(time), button });
  };
  const over = () => {
    clearTimeout(timer);
    endsAt = 0;
    const [title, text, label, page] = isSignedIn
      ? [words.signedOut, words.signedOutText, words.signIn, 'sign-in']
      : isByLink
        ? [words.ranOut, words.ranOutLinkText, words.startAgain, 'register']
        : [words.ranOut, words.ranOutText, words.startAgain, 'activate'];
    const press = () => location.assign(`${portalPath}/${page}`);
    dialog.open({ title, text, button: { words: label, press }, isLast: true });
  };

  others?.addEventListener('message', () => {
    if (endsAt > 0) stays();
  });
  others?.postMessage('stays');
  document.addEventListener('visibilitychange', look);
  addEventListener('pageshow', look);
  for (const kind of ['keydown', 'pointerdown', 'wheel'] as const) {
    addEventListener(
      kind,
      (event) => {
        const isDue = isSignedIn && endsAt > 0 && !dialog.isOpen() && Date.now() - toldAt > tellEveryMs;
        if (event.isTrusted && isDue)
          void tell().then((told) => (told === 'stays' ? stays() : told === 'over' && over()));
      },
      { capture: true, passive: true },
    );
  }
  look();
}

interface Asked {
  title: string;
  text: string;
  button: { words: string; press(): void };
  /** It cannot be put away, and covers the page. */
  isLast?: boolean;
}

/** One dialog of the page. Escape presses its button. Where the focus was, it returns when the dialog closes. */
function makeDialog() {
  const dialog = document.createElement('dialog');
  dialog.className = 'ask';
  dialog.setAttribute('aria-labelledby', 'ask-t');
  dialog.setAttribute('aria-describedby', 'ask-d');
  let press = () => {};
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    press();
  });
  document.body.append(dialog);
  const part = (tag: string, text: string, id?: string) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (id) made.id = id;
    return made;
  };
  return {
    isOpen: () => dialog.open,
    close: () => dialog.close(),
    note: (text: string) => {
      const note = part('p', text);
      note.className = 'error';
      note.setAttribute('role', 'alert');
      dialog.querySelector('[role=alert]')?.remove();
      dialog.querySelector('button')?.before(note);
    },
    open: ({ title, text, button, isLast = false }: Asked) => {
      press = button.press;
      const made = part('button', button.words) as HTMLButtonElement;
      made.type = 'button';
      made.className = 'btn';
      made.autofocus = true;
      made.addEventListener('click', button.press);
      dialog.replaceChildren(part('h2', title, 'ask-t'), part('p', text, 'ask-d'), made);
      dialog.classList.toggle('last', isLast);
      if (!dialog.open) dialog.showModal();
      made.focus();
    },
  };
}
