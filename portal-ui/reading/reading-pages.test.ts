import { describe, expect, it } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
import { harborviewInfo, visitOf } from '../../test/support/visits.ts';
import { pages } from '../pages.ts';
import type { Visit } from '../visit.ts';
import { readingPages } from './reading-pages.tsx';

const paths = readingPages.map(({ path }) => path);

async function shownAt(path: string, visit: Visit = visitOf({ path })) {
  const told = { typed: visit.typed, errors: [] };
  const shown = await readingPages.find((page) => page.path === path)?.show(visit, told);
  if (!shown || 'to' in shown) throw new Error(`${path} shows nothing`);
  return { ...shown, html: renderToStaticMarkup(shown.body) };
}

/** What is read; addresses are not. */
const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\S+\/p\/\S+/g, ' ');

describe.each(paths)('%s', (path) => {
  it('has one heading of the first kind, and every link in it leads to a page of ours', async () => {
    for (const language of ['en', 'es'] as const) {
      const { html } = await shownAt(path, visitOf({ path, language }));
      expect(html.match(/<h1/g)).toHaveLength(1);
      for (const [, address = ''] of html.matchAll(/href="\/p\/harborview([^"#]*)/g)) {
        expect(pages.map((page) => page.path)).toContain(address);
      }
      for (const [, id = ''] of html.matchAll(/href="#([^"]*)/g)) expect(html).toContain(`id="${id}"`);
    }
  });

  it('says nothing in words that few people use', async () => {
    const { html } = await shownAt(path);
    expect(textOf(html)).not.toMatch(
      /\b(activat|credential|verif|token|invalid|expire|submit|enroll|MRN|proxy|provision)|{\w+}|undefined/i,
    );
  });

  it('is whole in Spanish, and speaks to people as usted', async () => {
    const [english, spanish] = [await shownAt(path), await shownAt(path, visitOf({ path, language: 'es' }))];
    expect(spanish.html.match(/<(h\d|p|li|dt)\b/g)?.length).toBeGreaterThanOrEqual(
      english.html.match(/<(h\d|p|li|dt)\b/g)?.length ?? 0,
    );
    expect(textOf(spanish.html)).not.toMatch(/(?<!\p{L})(tú|tus?|ti|tienes|puedes|necesitas|haz)(?!\p{L})/iu);
  });
});

it('a portal where nobody applies online says so, and does not lead there', async () => {
  const portal = { ...harborviewInfo, open: [] };
  const { html } = await shownAt('/', visitOf({ portal }));
  expect(html).not.toContain('/apply"');
  expect(textOf(html)).toContain('You cannot apply online now');
  await expect(shownAt('/sign-up', visitOf({ portal }))).rejects.toMatchObject({ code: 'applications_closed' });
});

it('a portal whose practices invite people says so, and leads to no application but ones that go on', async () => {
  const portal = { ...harborviewInfo, open: ['registration'] };
  const shown = await Promise.all(['/', '/help'].map((path) => shownAt(path, visitOf({ path, portal }))));
  for (const { html } of shown) {
    expect(html).not.toContain('/apply"');
    expect(html).toContain('/p/harborview/register"');
    expect(textOf(html)).toMatch(/emails you a link to register/);
  }
  expect(textOf(shown[0]?.html ?? '')).toMatch(/No email\? Call us at\s+617-555-0147/);
  expect(textOf((await shownAt('/help')).html)).not.toContain('“Register here”');
});

it('terms in another language than the page say so, to people and to screen readers', async () => {
  const { html } = await shownAt('/terms', visitOf({ language: 'es' }));
  expect(html).toContain('<div lang="en"><p>Be kind.</p><p>Stay well.</p></div>');
  expect(html).toContain('solo en inglés');
});

it('hours that end with a full stop of their own get no second one', async () => {
  const portal = {
    ...harborviewInfo,
    support: { ...harborviewInfo.support, hours: 'lunes a viernes, de 8:30 a. m. a 5 p. m.' },
  };
  const { html } = await shownAt('/help', visitOf({ language: 'es', portal }));
  expect(html).toContain('a 5 p. m.');
  expect(html).not.toContain('..');
});

it('hours that stand in a line of their own begin with a capital letter', async () => {
  const hours = 'lunes a viernes, de 8:30 a. m. a 5 p. m.';
  const portal = { ...harborviewInfo, support: { ...harborviewInfo.support, hours } };
  const { html } = await shownAt('/contact', visitOf({ language: 'es', portal }));
  expect(html).toContain('<p>Lunes a viernes, de 8:30 a. m. a 5 p. m.</p>');
});

it('the sheet for paper has the address of the page as text', async () => {
  const { html } = await shownAt('/sign-up');
  expect(html).toContain('myhealth.harborview.example/p/harborview/apply');
});
