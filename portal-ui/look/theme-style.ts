import { logoAddress } from '../../contract/rules.ts';
import type { PortalInfo } from '../../contract/schemas/portal.ts';

/** The four properties of a portal's own look (look/patient.md "Theme"). Colours were judged by the policy; texts are escaped here. */
export function themeStyle({ name, theme }: Pick<PortalInfo, 'name' | 'theme'>): string {
  const properties = {
    '--brand': colour(theme.brand),
    '--on-brand': colour(theme.onBrand),
    '--portal-name': quoted(name),
    '--logo': `url(${quoted(logoAddress(theme.logo))})`,
  };
  const lines = Object.entries(properties).map(([property, value]) => `  ${property}: ${value};`);
  return `:root {\n${lines.join('\n')}\n}\n`;
}

const colour = (text: string) => (/^#[0-9a-f]{6}$/i.test(text) ? text : 'currentColor');

/** A CSS string: nothing in it can end it. */
const quoted = (text: string) =>
  `"${text.replace(/["\\\n\r\f<>]/g, (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `)}"`;
