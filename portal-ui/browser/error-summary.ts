/** What was wrong with a field is mended: the word of it goes, at the field and above. */
export function takeErrorAway(field: HTMLElement): void {
  const error = document.getElementById(`${field.id}-e`);
  if (!error) return;
  error.remove();
  field.removeAttribute('aria-invalid');
  field.closest('.err')?.classList.remove('err');
  const summary = document.querySelector('.problem');
  summary?.querySelector(`a[href="#${field.id}"]`)?.closest('li')?.remove();
  if (summary && !summary.querySelector('li')) summary.remove();
}

/** Reading goes on at what is wrong; its links lead into the fields, with the question in sight. */
export function focusErrorSummary(): void {
  const summary = document.querySelector<HTMLElement>('.problem');
  if (!summary) return;
  summary.focus();
  summary.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const field = link?.hash ? document.getElementById(link.hash.slice(1)) : null;
    if (!field) return;
    event.preventDefault();
    (field.closest('fieldset, .q') ?? field).scrollIntoView();
    field.focus({ preventScroll: true });
  });
}
