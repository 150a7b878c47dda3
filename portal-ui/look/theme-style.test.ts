import { expect, it } from '@jest/globals';
import { themeStyle } from './theme-style.ts';

const theme = { brand: '#1f4e79', onBrand: '#ffffff', logo: null };
const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>';

const property = (style: string, name: string) => new RegExp(`${name}: (.*);$`, 'm').exec(style)?.[1];

it('says the four properties and nothing else', () => {
  const style = themeStyle({ name: 'Harborview MyHealth', theme });
  expect(style.match(/^ {2}--[\w-]+(?=:)/gm)).toEqual(['  --brand', '  --on-brand', '  --portal-name', '  --logo']);
  expect(property(style, '--brand')).toBe('#1f4e79');
  expect(property(style, '--on-brand')).toBe('#ffffff');
  expect(property(style, '--portal-name')).toBe('"Harborview MyHealth"');
  expect(property(style, '--logo')).toMatch(/^url\("data:image\/svg\+xml,/);
});

it.each([
  'x"; } body { display: none } a { b: "',
  'a\\',
  'a\nb',
  '</style><script>alert(1)</script>',
  '*/ } :root { --brand: red',
])('a name cannot end its text: %j', (name) => {
  const style = themeStyle({ name, theme });
  expect(style.split('\n')).toHaveLength(7);
  const text = property(style, '--portal-name') ?? '';
  expect(text.slice(1, -1)).not.toMatch(/["<>]|\\(?![0-9a-f]+ )/);
});

it.each(['red', '#fff', 'url(//evil.example)', '#1f4e79; } body { display: none', ''])('%j is no colour', (brand) => {
  expect(property(themeStyle({ name: 'x', theme: { ...theme, brand } }), '--brand')).toBe('currentColor');
});

it('a logo is SVG text or an image in a data address; anything else is the plain one', () => {
  const logoOf = (logo: string | null) => property(themeStyle({ name: 'x', theme: { ...theme, logo } }), '--logo');
  const plain = logoOf(null);
  expect(logoOf(svg)).toBe(`url("data:image/svg+xml,${encodeURIComponent(svg)}")`);
  expect(logoOf('data:image/png;base64,AAAA')).toBe('url("data:image/png;base64,AAAA")');
  for (const logo of [
    'https://evil.example/x.svg',
    '//evil.example/x.svg',
    'javascript:alert(1)',
    'data:text/html,x',
  ]) {
    expect([logo, logoOf(logo)]).toEqual([logo, plain]);
  }
  expect(logoOf('data:image/png;base64,AA"); } body { background: url("//evil.example')).not.toContain('"//');
});
