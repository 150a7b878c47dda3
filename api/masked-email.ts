/** An address so that its owner knows it and others do not: `a•••@m•••.example`. */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  return `${firstOf(email.slice(0, at))}•••@${firstOf(domain.slice(0, dot))}•••${domain.slice(dot)}`;
}

function firstOf(text: string): string {
  return [...text][0] ?? '';
}
