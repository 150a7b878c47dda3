/** A text in three: what it begins with like the other, what differs, what it ends with like the other. */
export function differingPart(text: string, other: string): [before: string, part: string, after: string] {
  const own = [...text];
  const others = [...other];
  const shorter = Math.min(own.length, others.length);
  let start = 0;
  while (start < shorter && alike(own[start], others[start])) start += 1;
  let end = 0;
  while (end < shorter - start && alike(own.at(-1 - end), others.at(-1 - end))) end += 1;
  const upTo = own.length - end;
  return [own.slice(0, start).join(''), own.slice(start, upTo).join(''), own.slice(upTo).join('')];
}

function alike(a: string | undefined, b: string | undefined): boolean {
  return a?.toLowerCase() === b?.toLowerCase();
}
