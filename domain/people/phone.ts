/** `+1 617 555 0147` as people in the United States write it, 617-555-0147; numbers of other countries stay as they are. */
export function spokenPhone(phone: string): string {
  const american = /^\+?1?(\d{3})(\d{3})(\d{4})$/.exec(phone.replace(/[^+\d]/g, ''));
  return american ? american.slice(1).join('-') : phone;
}

/** The `tel:` address of a number. */
export function phoneAddress(phone: string): string {
  return `tel:${phone.replace(/[^+\d]/g, '')}`;
}
