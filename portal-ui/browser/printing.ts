/** Makes a button that prints out of words that say so. Without script they are not shown. */
export function offerPrinting(place: HTMLElement): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'plain';
  button.textContent = place.textContent;
  button.addEventListener('click', () => print());
  place.replaceChildren(button);
}
