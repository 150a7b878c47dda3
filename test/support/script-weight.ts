import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

/** What the hosted pages may load of script, compressed, all of them together. */
export const mostScriptBytes = 80 * 1024;

/** Counts the script that a window loads from now on, in bytes, compressed, whatever asks for it. */
export function countScript(page: Page): () => Promise<number> {
  const scripts = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    if (/javascript/.test(response.headers()['content-type'] ?? '')) scripts.set(response.url(), response.body());
  });
  return async () => (await Promise.all(scripts.values())).reduce((total, body) => total + gzipSync(body).length, 0);
}
