import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { serveAdminPages } from './admin-pages.ts';

describe('the back office at /admin/', () => {
  let root = '';
  const app = () => {
    const served = express();
    serveAdminPages(served, root);
    return request(served);
  };

  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), 'admin-pages-'));
    mkdirSync(path.join(root, 'assets'));
    writeFileSync(
      path.join(root, 'index.html'),
      '<meta nonce="__NONCE__"><meta name="staff-session" content="__SESSION__">',
    );
    writeFileSync(path.join(root, 'assets', 'index-1a2b.js'), 'export {};');
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('answers the page for every address of its own, with a fresh nonce for styles and none for scripts', async () => {
    const [first, second] = [await app().get('/admin/'), await app().get('/admin/cases/1')];
    const nonceOf = (text: string) => /nonce="([^"]+)"/.exec(text)?.[1] ?? '';
    expect(first.status).toBe(200);
    expect(second.status).toBe(200);
    expect(nonceOf(first.text)).not.toBe(nonceOf(second.text));
    const policy = first.headers['content-security-policy'] ?? '';
    expect(policy).toContain(`style-src 'self' 'nonce-${nonceOf(first.text)}'`);
    expect(policy).not.toMatch(/script-src[^;]*(unsafe|nonce)/);
    expect(first.headers['cache-control']).toBe('no-cache');
  });

  it('keeps hashed files for good, and never answers the page for a file that is gone', async () => {
    const file = await app().get('/admin/assets/index-1a2b.js');
    expect(file.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await app().get('/admin/assets/index-gone.js')).status).toBe(404);
  });

  it('tells the page whether anybody may be signed in, by the cookie alone', async () => {
    expect((await app().get('/admin/')).text).toContain('content="none"');
    expect((await app().get('/admin/').set('Cookie', 'gh_staff=x')).text).toContain('content="perhaps"');
    expect((await app().get('/admin/').set('Cookie', 'not_gh_staff=x')).text).toContain('content="none"');
  });

  it('says that it is not built rather than failing', async () => {
    const served = express();
    serveAdminPages(served, path.join(root, 'nowhere'));
    expect((await request(served).get('/admin/')).status).toBe(503);
  });
});
