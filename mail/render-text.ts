import type { Block, Inline } from './blocks.ts';
import { inertText } from './inert-text.ts';
import type { Page } from './render-html.ts';

/** Columns of the body, and of the foot, whose first line is a little longer in the mocks. */
const bodyColumns = 63;
const footColumns = 66;
const rule = '-'.repeat(32);

/** The plain-text form: heading in capitals, paragraphs parted by blank lines, every address on a line of its own. */
export function renderText({
  language,
  heading,
  body,
  foot,
}: Pick<Page, 'language' | 'heading' | 'body' | 'foot'>): string {
  const upper = blocksToText(
    [{ kind: 'paragraph', of: [heading.toLocaleUpperCase(language)], leads: false }, ...body],
    bodyColumns,
  );
  return `${foot === null ? upper : `${upper}\n\n${rule}\n${blocksToText(foot, footColumns)}`}\n`;
}

function blocksToText(blocks: Block[], columns: number): string {
  let text = '';
  for (const block of blocks.flatMap((each) => (each.kind === 'either' ? each.text : [each]))) {
    text += blockToText(block, columns);
    text += introduces(block) ? '\n' : '\n\n';
  }
  return text.trimEnd();
}

/** A lead stands directly above what it introduces. */
const introduces = (block: Block) => block.kind === 'paragraph' && block.leads;

function blockToText(block: Block, columns: number): string {
  switch (block.kind) {
    case 'paragraph':
      return linesOf(block.of)
        .flatMap((line) => wrapped(line, columns))
        .join('\n');
    case 'message':
      return inertText(block.text)
        .trim()
        .split('\n')
        .flatMap((line) => wrapped(line, columns))
        .join('\n');
    case 'code':
      return `    ${block.text}`;
    case 'list':
      return block.items.map((item, at) => numbered(at + 1, linesOf([item]).join(' '), columns)).join('\n');
    case 'button':
      return [...wrapped(`${block.label}:`, columns), block.href].join('\n');
    case 'either':
      return blocksToText(block.text, columns);
  }
}

function numbered(number: number, text: string, columns: number): string {
  const mark = `${number}. `;
  const [first = '', ...rest] = wrapped(text, columns - mark.length);
  return [mark + first, ...rest.map((line) => ' '.repeat(mark.length) + line)].join('\n');
}

/** The lines a paragraph is made of before wrapping: a link without a label begins and ends one. */
function linesOf(inlines: Inline[]): string[] {
  return inlines
    .map(inlineToText)
    .join('')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function inlineToText(inline: Inline): string {
  if (typeof inline === 'string') return inline;
  switch (inline.kind) {
    case 'strong':
    case 'together':
      return inline.text;
    case 'typed':
      return inertText(inline.text).replace(/\s+/g, ' ').trim();
    case 'newLine':
      return '\n';
    case 'link':
      return inline.label ?? `\n${inline.href}\n`;
  }
}

/**
 * Wraps at blanks only; a word longer than the line (an address) stays whole. A last word that would stand alone joins
 * the line above when that reaches the foot's width at most.
 */
function wrapped(line: string, columns: number): string[] {
  const lines = filled(heldTogether(line), columns);
  const joined = lines.slice(-2).join(' ');
  const isAlone = lines.length > 1 && !lines.at(-1)?.includes(' ');
  const final = isAlone && seenLength(joined) <= footColumns ? [...lines.slice(0, -2), joined] : lines;
  return final.map((each) => each.replaceAll(heldBlank, ' '));
}

/** A time zone in brackets and "a. m." are not torn apart. */
const heldTogether = (line: string) =>
  line.replace(/\([^()]{1,40}\)|\b[ap]\. m\./g, (words) => words.replaceAll(' ', heldBlank));
const heldBlank = '\u00a0';

/** Counts what is seen, not word joiners. */
function filled(line: string, columns: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/[ \t]+/)) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current !== '' && seenLength(longer) > columns) {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  return [...lines, current];
}

const seenLength = (text: string) => [...text.replaceAll('\u2060', '')].length;
