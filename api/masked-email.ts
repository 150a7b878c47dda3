/**
 * An address so that its owner knows it and others cannot write to it: `a•••••s@mail.example`. The dots are always five; of a name
 * of three letters or fewer only the first is told, for two would be most of it.
 */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const letters = [...email.slice(0, at)];
  const last = letters.length > 3 ? letters.at(-1) : '';
  return `${letters[0] ?? ''}•••••${last}${email.slice(at)}`;
}
