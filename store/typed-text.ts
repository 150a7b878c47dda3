/**
 * Text as somebody typed it, fit to be compared in a statement: PostgreSQL takes no U+0000 in a text, and what holds one is
 * like nothing that is stored.
 */
export function comparable(typed: string): string {
  return typed.replaceAll('\0', '\ufffd');
}
