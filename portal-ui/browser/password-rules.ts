/** What a password is judged by while it is typed. The server judges again, with all it knows; here it is advice. */
export interface PasswordSetting {
  minLength: number;
  maxLength: number;
  /** What must not stand in it, nor a word of it: names, email name, portal's name. */
  own: readonly string[];
  /** What must not stand in it as a whole: the username. */
  username: string;
}

export interface PasswordJudgement {
  /** Letters as people count them. */
  length: number;
  /** Letters that are missing; 0 when there are enough. */
  missing: number;
  /** Letters that are too many. */
  surplus: number;
  /** Something of the person's own stands in it. */
  hasOwn: boolean;
}

/** The part of `domain/people/password.ts` that can be said without asking the server. */
export function judgePassword(
  password: string,
  { minLength, maxLength, own, username }: PasswordSetting,
): PasswordJudgement {
  const length = [...password.normalize('NFC')].length;
  const text = folded(password);
  return {
    length,
    missing: Math.max(0, minLength - length),
    surplus: Math.max(0, length - maxLength),
    hasOwn: [...partsOf(own), ...longEnough([username.trim()])].some((part) => text.includes(part)),
  };
}

/** The name of an address: what stands before its last @ sign. */
export function emailName(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 0 ? email : email.slice(0, at);
}

/** Shorter parts, such as a name "Li", do not count: they stand in too many words. */
const shortestPart = 4;

/** Each text whole, and the words of it. */
function partsOf(texts: readonly string[]): string[] {
  return longEnough(texts.flatMap((text) => [text.trim(), ...text.split(/[^\p{L}\p{M}\p{N}]+/u)]));
}

function longEnough(texts: readonly string[]): string[] {
  return texts.map(folded).filter((text) => [...text].length >= shortestPart);
}

/** Without letter case and accents. */
function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}
