/** Where most people have their mailbox. Not the short names: too many real domains are two letters from those. */
const wellKnown = [
  'gmail.com',
  'yahoo.com',
  'outlook.com',
  'hotmail.com',
  'icloud.com',
  'comcast.net',
  'verizon.net',
] as const;

/** Real providers that look like a slip of another. */
const alsoReal: ReadonlySet<string> = new Set(['mail.com', 'email.com', 'ymail.com']);

/** Endings of two letters that are slips of `com`; others are the provider's own in another country: `yahoo.ca`. */
const slipsOfCom: ReadonlySet<string> = new Set(['co', 'cm', 'om']);

/** The well-known domain that was probably meant, one or two slips away; undefined when the address gives no reason to ask. */
export function likelyDomain(email: string): string | undefined {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  if (wellKnown.some((known) => known === domain) || alsoReal.has(domain)) return undefined;
  const ending = domain.slice(domain.lastIndexOf('.') + 1);
  if (ending.length === 2 && !slipsOfCom.has(ending)) return undefined;
  const near = wellKnown.map((known) => ({ known, slips: slipsBetween(domain, known) }));
  const nearest = near.reduce((best, one) => (one.slips < best.slips ? one : best));
  return nearest.slips <= 2 ? nearest.known : undefined;
}

/** Letters to add, leave out or change, the fewest there are. */
function slipsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (let index = 1; index <= other.length; index += 1) {
      const changed = (row[index - 1] ?? 0) + (other[index - 1] === letter ? 0 : 1);
      next.push(Math.min(changed, (row[index] ?? 0) + 1, (next[index - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
