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
<p>Calls marked ⚿ need the header <code>Idempotency-Key</code>. A call that carries one of our cookies and changes something also
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
<h3><code>${route.method.toUpperCase()} ${escaped(route.path)}</code>${route.idempotent ? ' ⚿' : ''}</h3>
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

/** Body and answer as they stand in the published document, folded away. */
function schemas(route: RouteDescriptor): string {
  const { paths } = openApiDocument() as { paths: Record<string, Record<string, Operation>> };
  const operation = paths[route.path.replace(/:([A-Za-z]+)/g, '{$1}')]?.[route.method];
  const parts: [string, unknown][] = [
    ['Parameters', operation?.parameters],
    ['Body', operation?.requestBody],
    ['Answer', operation?.responses?.[String(route.status)]],
  ];
  return parts
    .filter(([, schema]) => schema !== undefined)
    .map(([name, schema]) => {
      const text = escaped(JSON.stringify(schema, undefined, 2));
      return `<details><summary>${name}</summary><pre>${text}</pre></details>`;
    })
    .join('\n');
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
pre { overflow: auto; padding: 0.75rem; background: #f3f5f7; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.35rem 0.5rem; text-align: left; vertical-align: top; border-bottom: 1px solid #dfe3e8; }
a { color: #1f4e79; }
small { color: #4a5360; }
`;
