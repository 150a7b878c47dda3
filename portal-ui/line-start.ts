/** A text that begins a line: days and weekdays are written small in Spanish, but not there. */
export function atLineStart(text: string, language: string): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}
