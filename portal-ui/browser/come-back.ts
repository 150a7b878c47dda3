/**
 * A page that answered a form would be sent anew when somebody comes back to it: browsers ask for leave, or show an error of their
 * own. Leaving it, its entry in the history is turned into an ordinary look at the same address. A reload while it stands there
 * still sends again what was typed.
 */
export function comeBackWithoutSending(): void {
  const makeOrdinary = () => history.replaceState(history.state, '', location.href);
  addEventListener('submit', makeOrdinary);
  addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('a[href]:not([href^="#"])')) makeOrdinary();
  });
}
