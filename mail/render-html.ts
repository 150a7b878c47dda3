import { isHexColour } from '../domain/colour.ts';
import type { Block, Inline } from './blocks.ts';
import { inertText } from './inert-text.ts';

/** One mail, in blocks, with all that its frame needs. `foot` is null for mails to staff. */
export interface Page {
  language: string;
  subject: string;
  portalName: string;
  theme: { brand: string; onBrand: string };
  heading: string;
  body: Block[];
  foot: Block[] | null;
}

/** Fixed colours of every mail (look/mail-*.html). Brand colours fill the band and the button only. */
export const colours = {
  light: { page: '#ffffff', ink: '#14181c', soft: '#45505b', link: '#0a4b9a', border: '#55616d' },
  dark: { page: '#12161a', ink: '#f1f4f6', soft: '#c0c9d2', link: '#8fc1ff', border: '#9aa6b2' },
} as const;

/** The whole HTML document. Inline styles carry everything; the style block only helps dark mode. No table, picture,
 * script, font or tracking. */
export function renderHtml({ language, subject, portalName, theme, heading, body, foot }: Page): string {
  const { light } = colours;
  const brand = brandColours(theme);
  const lang = escapeHtml(language);
  return `<!doctype html>
<html lang="${lang}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${escapeHtml(subject)}</title>
${darkModeStyle}
</head>
<body class="m-page" style="margin:0;padding:0;background:${light.page};color:${light.ink}">
<div class="m-page" role="article" aria-label="${escapeHtml(subject)}" lang="${lang}" style="max-width:600px;margin:0 auto;padding:0 0 24px;background:${light.page};color:${light.ink};font-family:Arial,Helvetica,sans-serif;font-size:18px;line-height:1.5">
<div style="background:${brand.brand};color:${brand.onBrand};padding:14px 20px;font-weight:bold">${escapeHtml(portalName)}</div>
<div style="padding:24px 20px 0">
<h1 style="font-size:26px;line-height:1.25;margin:0 0 16px">${escapeHtml(heading)}</h1>
${blocksToHtml(body, brand, ';overflow-wrap:anywhere')}
</div>
${foot === null ? '' : footToHtml(foot, brand)}</div>
</body>
</html>
`;
}

const { dark } = colours;
const darkModeStyle = `<style>
:root { color-scheme: light dark; supported-color-schemes: light dark }
@media (prefers-color-scheme: dark) {
  .m-page { background: ${dark.page} !important; color: ${dark.ink} !important }
  .m-soft { color: ${dark.soft} !important } .m-link { color: ${dark.link} !important } .m-box { border-color: ${dark.border} !important } .m-btn { border-color: ${dark.ink} !important }
}
</style>`;

function footToHtml(foot: Block[], brand: Page['theme']): string {
  const { soft, border } = colours.light;
  return `<div class="m-soft m-box" style="border-top:1px solid ${border};margin:24px 20px 0;padding:16px 0 0;color:${soft};font-size:16px">
${blocksToHtml(foot, brand, '')}
</div>
`;
}

function blocksToHtml(blocks: Block[], brand: Page['theme'], linkStyle: string): string {
  const shown = blocks.flatMap((block) => (block.kind === 'either' ? block.html : [block]));
  return shown.map((block, at) => blockToHtml(block, { brand, linkStyle, isLast: at === shown.length - 1 })).join('\n');
}

interface Manner {
  brand: Page['theme'];
  linkStyle: string;
  isLast: boolean;
}

function blockToHtml(block: Block, manner: Manner): string {
  const margin = manner.isLast ? '0' : '0 0 16px';
  const inlines = (of: Inline[]) => of.map((inline) => inlineToHtml(inline, manner.linkStyle)).join('');
  switch (block.kind) {
    case 'paragraph':
      return `<p style="margin:${block.leads ? '0 0 8px' : margin}">${inlines(block.of)}</p>`;
    case 'message':
      return messageToHtml(block.text, margin);
    case 'code':
      return `<p class="m-box" style="margin:${margin};padding:14px 8px;border:2px solid ${colours.light.border};border-radius:6px;text-align:center;font-family:Consolas,Menlo,'Courier New',monospace;font-size:22px;font-weight:bold;letter-spacing:1px;white-space:nowrap"><strong>${escapeHtml(block.text)}</strong></p>`;
    case 'list': {
      const item = block.airy ? '<li style="margin:0 0 8px">' : '<li>';
      const items = block.items.map((inline) => `${item}${inlineToHtml(inline, manner.linkStyle)}</li>`);
      return `<ol style="margin:0 0 16px;padding-left:26px">${items.join('')}</ol>`;
    }
    case 'button':
      return buttonToHtml(block, manner.brand);
    case 'either':
      return blocksToHtml(block.html, manner.brand, manner.linkStyle);
  }
}

function buttonToHtml({ label, href }: { label: string; href: string }, { brand, onBrand }: Page['theme']): string {
  return `<p style="margin:0 0 8px"><a class="m-btn" href="${escapeHtml(href)}" style="display:inline-block;background:${brand};color:${onBrand};border:2px solid ${brand};border-radius:6px;padding:13px 26px;font-weight:bold;text-decoration:none">${escapeHtml(label)}</a></p>`;
}

/** Blank lines part paragraphs; `dir="auto"` keeps a message in a right-to-left script readable. */
function messageToHtml(text: string, margin: string): string {
  const paragraphs = inertText(text)
    .trim()
    .split(/\n\s*\n/)
    .map((part) => part.split('\n').map(escapeHtml).join('<br>'));
  return paragraphs
    .map((part, at) => {
      const below = at === paragraphs.length - 1 ? margin : '0 0 16px';
      return `<p dir="auto" style="margin:${below};overflow-wrap:anywhere">${part}</p>`;
    })
    .join('\n');
}

function inlineToHtml(inline: Inline, linkStyle: string): string {
  if (typeof inline === 'string') return escapeHtml(inline);
  switch (inline.kind) {
    case 'strong':
      return `<strong>${escapeHtml(inline.text)}</strong>`;
    case 'together':
      return `<span style="white-space:nowrap">${escapeHtml(inline.text)}</span>`;
    case 'typed':
      return escapeHtml(inertText(inline.text).replace(/\s+/g, ' ').trim());
    case 'newLine':
      return ' ';
    case 'link': {
      const shown = inline.label === undefined ? writtenOut(inline.href) : escapeHtml(inline.label);
      return `<a class="m-link" href="${escapeHtml(inline.href)}" style="color:${colours.light.link}${linkStyle}">${shown}</a>`;
    }
  }
}

/** The address without its scheme, breakable after each slash so that no phone scrolls sideways. */
function writtenOut(href: string): string {
  return escapeHtml(href.replace(/^https?:\/\//, '')).replaceAll('/', '/<wbr>');
}

/** The policy's colours; anything that is not a plain colour falls back, so that a policy cannot write styles. */
function brandColours({ brand, onBrand }: Page['theme']): Page['theme'] {
  return isHexColour(brand) && isHexColour(onBrand) ? { brand, onBrand } : { brand: '#1f4e79', onBrand: '#ffffff' };
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? '');
}
