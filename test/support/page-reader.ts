import type { IncomingHttpHeaders } from 'node:http';
import { sendRaw } from './visitor.ts';

/** A form as it stands on a page: where it goes, and what it sends when nothing is typed. */
export interface FoundForm {
  id: string | undefined;
  action: string;
  values: readonly (readonly [name: string, value: string])[];
  buttons: readonly { name: string; value: string; words: string }[];
}

/** A page as somebody without a script has it. */
export interface ReadPage {
  status: number;
  headers: IncomingHttpHeaders;
  html: string;
  /** Its address from the site's root. */
  address: string;
  title: string;
  language: string;
  heading: string;
  /** Everything that can be read in its main part, blanks collapsed. */
  text: string;
  /** The error summary: field and words. */
  errors: readonly { field: string; message: string }[];
  forms: readonly FoundForm[];
  links: readonly { to: string; words: string }[];
}

/** What is typed: a text for a field, several for one of many, undefined to leave a field out. */
export type TypedFields = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface SendOptions {
  /** The form with this id or this end of its address; the page's main one when left out. */
  form?: string;
  /** Its button that carries this value, such as `lang:es`. */
  button?: string;
  /** Instead of what a browser says of its own forms. */
  headers?: Readonly<Record<string, string | undefined>>;
}

/** A browser without script, without a picture: pages are read, forms are filled in and sent, cookies are kept. */
export interface PageReader {
  readonly cookies: Map<string, string>;
  /** Every address it was led to or sent anything to, in order. */
  readonly addresses: string[];
  /** Opens an address and follows where it leads. */
  opens(address: string): Promise<ReadPage>;
  /** Fills in and sends a form of a page, and follows where it leads. */
  sends(page: ReadPage, typed?: TypedFields, options?: SendOptions): Promise<ReadPage>;
  /** Any request with its cookies, followed nowhere. */
  asks(
    method: string,
    address: string,
    options?: { body?: string; headers?: Readonly<Record<string, string | undefined>> },
  ): Promise<ReadPage>;
  /** Another tab of the same browser. */
  tab(): PageReader;
}

export interface ReaderOptions {
  /** Where the server listens. */
  url: string;
  /** What its pages are called; browsers send it as `Origin`. */
  origin: string;
  /** `Accept-Language`. */
  speaks?: string;
  cookies?: Map<string, string>;
}

const mostRedirects = 5;

export function openReader(options: ReaderOptions): PageReader {
  const { url, origin, speaks = 'en-US', cookies = new Map() } = options;
  const addresses: string[] = [];
  const asks: PageReader['asks'] = async (method, address, { body, headers = {} } = {}) => {
    addresses.push(address);
    const answer = await sendRaw(url, {
      method,
      path: address,
      headers: defined({
        'accept-language': speaks,
        cookie: cookies.size > 0 ? [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') : undefined,
        ...(body !== undefined && {
          'content-type': 'application/x-www-form-urlencoded',
          origin,
          'sec-fetch-site': 'same-origin',
        }),
        ...headers,
      }),
      ...(body !== undefined && { body }),
    });
    for (const text of answer.headers['set-cookie'] ?? []) keepCookie(cookies, text);
    return readPage(address, answer.status, answer.headers, answer.text);
  };
  const follows = async (first: ReadPage): Promise<ReadPage> => {
    let page = first;
    for (let turn = 0; page.status >= 300 && page.status < 400; turn += 1) {
      if (turn === mostRedirects) throw new Error(`led in circles: ${addresses.slice(-mostRedirects).join(' → ')}`);
      page = await asks('GET', page.headers.location ?? '');
    }
    return page;
  };
  return {
    cookies,
    addresses,
    asks,
    opens: async (address) => follows(await asks('GET', address)),
    sends: async (page, typed = {}, { form: id = 'page', button, headers } = {}) => {
      const form = page.forms.find((each) => each.id === id || (id.startsWith('/') && each.action.endsWith(id)));
      if (!form) throw new Error(`${page.address} (${page.title}) has no form ${id}`);
      const options = { body: bodyOf(form, typed, button), ...(headers && { headers }) };
      return follows(await asks('POST', form.action, options));
    },
    tab: () => openReader({ ...options, cookies }),
  };
}

/** What a browser sends of a form. Throws when a field is typed into that the form does not have. */
function bodyOf(form: FoundForm, typed: TypedFields, button: string | undefined): string {
  const own = form.values.filter(([name]) => !Object.hasOwn(typed, name));
  const given = Object.entries(typed).flatMap(([name, value]) =>
    [value ?? []].flat().map((text) => [name, text] as const),
  );
  const pressed = button === undefined ? undefined : form.buttons.find(({ value }) => value === button);
  if (button !== undefined && !pressed) throw new Error(`the form to ${form.action} has no button ${button}`);
  const all = [...own, ...given, ...(pressed ? [[pressed.name, pressed.value] as const] : [])];
  const sent = new URLSearchParams();
  for (const [name, value] of all) sent.append(name, value.replace(/\r?\n/g, '\r\n'));
  return sent.toString();
}

function defined(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function keepCookie(cookies: Map<string, string>, text: string): void {
  const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(text) ?? [];
  if (value === '' || /;\s*max-age=0\b/i.test(text)) cookies.delete(name);
  else cookies.set(name, value);
}

function readPage(address: string, status: number, headers: IncomingHttpHeaders, html: string): ReadPage {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? '';
  const summary = /<ul id="problem-l">([\s\S]*?)<\/ul>/.exec(html)?.[1] ?? '';
  return {
    status,
    headers,
    html,
    address,
    title: textOf(/<title>([\s\S]*?)<\/title>/.exec(html)?.[1] ?? ''),
    language: /<html[^>]* lang="([^"]*)"/.exec(html)?.[1] ?? '',
    heading: textOf(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(main)?.[1] ?? ''),
    text: textOf(main),
    errors: linksIn(summary).map(({ to, words }) => ({ field: to.slice(1), message: words })),
    forms: formsIn(html),
    links: linksIn(html),
  };
}

/** Our own markup as React writes it: every attribute in double quotes, every special sign escaped. */
const tags = /<(\/?)([a-z][a-z0-9]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/g;

function formsIn(html: string): FoundForm[] {
  const forms: (FoundForm & { values: [string, string][]; buttons: FoundForm['buttons'][number][] })[] = [];
  let open: (typeof forms)[number] | undefined;
  const elsewhere: { form: string; button: FoundForm['buttons'][number] }[] = [];
  for (const match of html.matchAll(tags)) {
    const [whole, slash, tag, attributeText = ''] = match;
    const attributes = attributesOf(attributeText);
    const after = match.index + whole.length;
    if (tag === 'form') {
      open = slash ? undefined : { id: attributes.id, action: attributes.action ?? '', values: [], buttons: [] };
      if (open) forms.push(open);
    }
    if (slash) continue;
    const { name = '', value = '' } = attributes;
    if (tag === 'button') {
      const button = { name, value, words: textOf(html.slice(after, html.indexOf('</button>', after))) };
      if (attributes.form !== undefined) elsewhere.push({ form: attributes.form, button });
      else open?.buttons.push(button);
    }
    if (!open || name === '' || 'disabled' in attributes) continue;
    if (tag === 'textarea') {
      const text = unescaped(html.slice(after, html.indexOf('</textarea>', after)));
      open.values.push([name, text.replace(/^\n/, '')]);
    }
    if (tag !== 'input') continue;
    const isPick = attributes.type === 'radio' || attributes.type === 'checkbox';
    if (!isPick) open.values.push([name, value]);
    else if ('checked' in attributes) open.values.push([name, attributes.value ?? 'on']);
  }
  for (const { form: id, button } of elsewhere) forms.find((form) => form.id === id)?.buttons.push(button);
  return forms;
}

function linksIn(html: string): { to: string; words: string }[] {
  return [...html.matchAll(/<a ([^>]*)>([\s\S]*?)<\/a>/g)].map(([, attributes = '', words = '']) => ({
    to: attributesOf(` ${attributes}`).href ?? '',
    words: textOf(words),
  }));
}

function attributesOf(text: string): Partial<Record<string, string>> {
  const found = [...text.matchAll(/\s([\w-]+)(?:="([^"]*)")?/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, unescaped(value)]));
}

const textOf = (html: string) =>
  unescaped(html.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();

const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&', '#x27': "'" };

const unescaped = (text: string) => text.replace(/&(lt|gt|quot|amp|#x27);/g, (_, sign: string) => signs[sign] ?? '');
