/** What a browser finds at `/`. */
export const startPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gatehouse</title>
<link rel="stylesheet" href="/api/docs/style.css">
<main>
<h1>Gatehouse</h1>
<p>The back office that provisions portal accounts.</p>
<ul>
<li><a href="/admin/">The back office</a>, for staff</li>
<li>Patients' pages: <code>/p/</code> and the portal's name, such as <a href="/p/harborview/">/p/harborview/</a></li>
<li><a href="/api/docs">The calls, readable</a></li>
<li><a href="/api/v1/openapi.json">The calls as OpenAPI 3.1</a></li>
</ul>
</main>
</html>
`;
