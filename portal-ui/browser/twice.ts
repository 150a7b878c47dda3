import { PressGuard } from './press-guard.ts';

/** The second of two quick presses does nothing. A page that comes back from the history starts afresh. */
export function ignoreDoublePresses(): void {
  let guard = new PressGuard<EventTarget>();
  document.addEventListener('submit', (event) => {
    if (event.target && !guard.mayPass(event.target, performance.now())) event.preventDefault();
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) guard = new PressGuard();
  });
}
