import type { PortalInfo } from '../../contract/schemas/portal.ts';

/** A cross over open hands: what a portal without a logo of its own shows. */
const plainLogo =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32' fill='none' stroke='%23000' stroke-width='3' stroke-linecap='round'%3E%3Cpath d='M16 5v18M9 12h14M5 20c1 5 5 7 11 7s10-2 11-7'/%3E%3C/svg%3E";

/** The four properties of a portal's own look (look/patient.md "Theme"). Colours were judged by the policy; texts are escaped here. */
export function themeStyle({ name, theme }: Pick<PortalInfo, 'name' | 'theme'>): string {
  const properties = {
    '--brand': colour(theme.brand),
    '--on-brand': colour(theme.onBrand),
    '--portal-name': quoted(name),
    '--logo': `url(${quoted(theme.logo ? svgAddress(theme.logo) : plainLogo)})`,
  };
  const lines = Object.entries(properties).map(([property, value]) => `  ${property}: ${value};`);
  return `:root {\n${lines.join('\n')}\n}\n`;
}

const colour = (text: string) => (/^#[0-9a-f]{6}$/i.test(text) ? text : 'currentColor');

/** A CSS string: nothing in it can end it. */
const quoted = (text: string) =>
  `"${text.replace(/["\\\n\r\f<>]/g, (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `)}"`;

/** A logo in the policy is a `data:` address or SVG text; anything else is left out. */
function svgAddress(logo: string): string {
  if (/^data:image\/(?:svg\+xml|png)[;,]/.test(logo)) return logo;
  return logo.trimStart().startsWith('<svg') ? `data:image/svg+xml,${encodeURIComponent(logo)}` : plainLogo;
}
