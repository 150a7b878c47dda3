import { openApiDocument } from '../contract/openapi.ts';
import { problemCodes } from '../contract/problems.ts';
import { apiBase, problemsOf, type RouteDescriptor } from '../contract/route.ts';
import { routes } from '../contract/routes/index.ts';

let made: string | undefined;

/** The interface as one readable page, made once from the descriptors; it loads nothing from elsewhere and runs no script. */
export function docsPage(): string {
  made ??= page();
  return made;
}

function page(): string {
  const tags = [...new Set(routes.map(({ tags: [tag] }) => tag))];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gatehouse: the calls</title>
<link rel="stylesheet" href="/api/docs/style.css">
<main>
<h1>Gatehouse: the calls</h1>
<p>Base <code>${apiBase}</code>. JSON in and out, UTF-8. The same as a document for programs:
<a href="${apiBase}/openapi.json">openapi.json</a>.</p>
<p>Calls that need a key take the header <code>Idempotency-Key</code>. A call that carries one of our cookies and changes something also
sends <code>X-Gatehouse: 1</code> and <code>Origin</code> or <code>Sec-Fetch-Site</code>.</p>
<nav><ul>${tags.map((tag) => `<li><a href="#${anchor(tag)}">${escaped(tag)}</a></li>`).join('')}
<li><a href="#problems">Problems</a></li></ul></nav>
${tags.map(section).join('\n')}
${problems()}
</main>
</html>
`;
}

function section(tag: string): string {
  const calls = routes.filter(({ tags: [first] }) => first === tag).map(call);
  return `<section id="${anchor(tag)}"><h2>${escaped(tag)}</h2>${calls.join('\n')}</section>`;
}

function call(route: RouteDescriptor): string {
  const codes = problemsOf(route).map((code) => `<a href="#${code}"><code>${code}</code></a>`);
  return `<article id="${route.name}">
<h3><code>${route.method.toUpperCase()} ${escaped(route.path)}</code>${route.idempotent ? ' <small>needs a key</small>' : ''}</h3>
<p>${escaped(route.summary)}. <small>${who(route)}</small></p>
${schemas(route)}
<p><small>Refusals: ${codes.join(', ')}</small></p>
</article>`;
}

function who({ access, permission }: RouteDescriptor): string {
  if (access === 'public') return 'Anybody.';
  if (access !== 'staff') return `Needs the cookie of an ${access}.`;
  if (permission === undefined) return 'Any member.';
  return typeof permission === 'function'
    ? 'Needs the permission of the action.'
    : `Needs ${[permission].flat().map(escaped).join(' or ')}.`;
}

interface Operation {
  parameters?: unknown[];
  requestBody?: unknown;
  responses?: Record<string, unknown>;
}

/** What of a JSON Schema the page shows. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  format?: string;
  maxLength?: number;
  description?: string;
  schema?: Schema;
  name?: string;
  content?: Record<string, { schema?: Schema }>;
}

/** Parameters, body and answer, folded away, field by field with nothing left to look up elsewhere. */
function schemas(route: RouteDescriptor): string {
  const { paths } = openApiDocument() as { paths: Record<string, Record<string, Operation>> };
  const operation = paths[route.path.replace(/:([A-Za-z]+)/g, '{$1}')]?.[route.method];
  const parts: [string, string | undefined][] = [
    ['Parameters', parametersText(operation?.parameters as Schema[] | undefined)],
    ['Body', contentText(operation?.requestBody as Schema | undefined)],
    ['Answer', contentText(operation?.responses?.[String(route.status)] as Schema | undefined)],
  ];
  return parts
    .filter(([, text]) => text !== undefined)
    .map(([name, text]) => `<details><summary>${name}</summary><pre>${escaped(text ?? '')}</pre></details>`)
    .join('\n');
}

function parametersText(parameters: Schema[] | undefined): string | undefined {
  if (!parameters?.length) return undefined;
  return parameters
    .map(({ name, schema, description }) => `${name}: ${shapeOf(schema ?? {}, 0)}${noteOf(description)}`)
    .join('\n');
}

function contentText(part: Schema | undefined): string | undefined {
  const [first] = Object.values(part?.content ?? {});
  return first?.schema && shapeOf(first.schema, 0);
}

/** Schemas nest no deeper than this; a schema that holds itself would otherwise never end. */
const deepest = 8;

function shapeOf(schema: Schema, depth: number): string {
  if (schema.$ref) return depth > deepest ? '…' : shapeOf(named(schema.$ref), depth);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) return choices.map((choice) => shapeOf(choice, depth + 1)).join(schema.allOf ? ' & ' : ' | ');
  if (schema.properties) return fieldsOf(schema, depth);
  if (schema.items) return `[ ${shapeOf(schema.items, depth + 1)} ]`;
  const limit = schema.maxLength === undefined ? '' : ` of at most ${schema.maxLength}`;
  return `${schema.format ?? [schema.type ?? 'anything'].flat().join(' | ')}${limit}`;
}

function fieldsOf({ properties = {}, required = [] }: Schema, depth: number): string {
  if (depth > deepest) return '{ … }';
  const indent = '  '.repeat(depth + 1);
  const lines = Object.entries(properties).map(
    ([name, field]) =>
      `${indent}${name}${required.includes(name) ? '' : '?'}: ${shapeOf(field, depth + 1)}${noteOf(field.description)}`,
  );
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}

const noteOf = (description: string | undefined) => (description ? `   — ${description}` : '');

function named(reference: string): Schema {
  const { components } = openApiDocument() as { components?: { schemas?: Record<string, Schema> } };
  return components?.schemas?.[reference.split('/').at(-1) ?? ''] ?? {};
}

function problems(): string {
  const rows = Object.entries(problemCodes).map(
    ([code, { status, title, nextStep }]) =>
      `<tr id="${code}"><td>${status}</td><td><code>${code}</code></td><td>${escaped(title)}</td><td>${escaped(nextStep)}</td></tr>`,
  );
  return `<section id="problems"><h2>Problems</h2><table>
<thead><tr><th>Status</th><th>Code</th><th>Title</th><th>Next step</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></section>`;
}

function anchor(tag: string): string {
  return tag.toLowerCase().replace(/[^a-z]+/g, '-');
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Kept apart from the page, for the content policy allows no inline style. */
export const docsStyle = `
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: #1b1f24; background: #fff; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
h1, h2, h3 { line-height: 1.25; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid #c8ced6; }
h3 { margin-bottom: 0.25rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; padding: 0; list-style: none; }
article { margin-bottom: 1.5rem; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.9em; }
details { max-width: 100%; }
pre { overflow: auto; max-width: 100%; white-space: pre-wrap; overflow-wrap: anywhere; padding: 0.75rem; background: #f3f5f7; }
table { display: block; overflow-x: auto; width: 100%; border-collapse: collapse; }
th, td { padding: 0.35rem 0.5rem; text-align: left; vertical-align: top; border-bottom: 1px solid #dfe3e8; }
a { color: #1f4e79; }
small { color: #4a5360; }
`;
