/** A stretch of text inside a paragraph. A bare string is our own wording. */
export type Inline =
  | string
  | { kind: 'strong'; text: string }
  /** Never broken over two lines. */
  | { kind: 'together'; text: string }
  /** An address of ours, written out; the text form gives it a line of its own. */
  | { kind: 'link'; href: string; label?: string }
  /** Typed by somebody: shown as typed, but inert. */
  | { kind: 'typed'; text: string }
  /** A new line in the text form, a blank in HTML. */
  | { kind: 'newLine' };

/** What a mail is made of; render-html.ts and render-text.ts know how each looks. */
export type Block =
  /** `leads`: it introduces the block after it and stands closer to it. */
  | { kind: 'paragraph'; of: Inline[]; leads: boolean }
  /** A staff member's words to the person, in paragraphs of their own. */
  | { kind: 'message'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'list'; items: Inline[]; airy: boolean }
  | { kind: 'button'; label: string; href: string }
  /** Where reading on paper and pressing a button need different words. */
  | { kind: 'either'; html: Block[]; text: Block[] };

export const strong = (text: string): Inline => ({ kind: 'strong', text });
export const together = (text: string): Inline => ({ kind: 'together', text });
export const typed = (text: string): Inline => ({ kind: 'typed', text });
export const link = (href: string, label?: string): Inline =>
  label === undefined ? { kind: 'link', href } : { kind: 'link', href, label };
export const newLine: Inline = { kind: 'newLine' };

export const paragraph = (...of: Inline[]): Block => ({ kind: 'paragraph', of, leads: false });
export const lead = (...of: Inline[]): Block => ({ kind: 'paragraph', of, leads: true });
/** A caution: its first words stand out. */
export const warning = (first: string, ...rest: Inline[]): Block => paragraph(strong(first), ' ', ...rest);
export const codeBox = (text: string): Block => ({ kind: 'code', text });
/** Short steps, close together. */
export const steps = (...items: Inline[]): Block => ({ kind: 'list', items, airy: false });
/** Questions as staff typed them. */
export const questionList = (questions: readonly string[]): Block => ({
  kind: 'list',
  items: questions.map(typed),
  airy: true,
});
export const button = (label: string, href: string): Block => ({ kind: 'button', label, href });
export const either = (forms: { html: Block[]; text: Block[] }): Block => ({ kind: 'either', ...forms });

/** The message as a block, or nothing when there is none. */
export function messageFrom(text: string | undefined): Block[] {
  return text === undefined || text.trim() === '' ? [] : [{ kind: 'message', text }];
}
