import path from 'node:path';
import { createServer, type Plugin, type PluginOption } from 'vite';
import { packageRoot } from '../prisma/package-root.ts';

/**
 * `node dist/dev/admin-ui-server.js <port> <the API's port>`: the back office from its sources at `/admin/`, an edit shown as it
 * is saved. Every other path is the API's, which names this origin in `DEV_ORIGINS`. Says `listening` to who started it.
 */
async function main(port: number, apiPort: number): Promise<void> {
  const server = await createServer({
    configFile: path.join(packageRoot, 'admin-ui', 'vite.config.ts'),
    clearScreen: false,
    plugins: [filledPage, await fastRefresh()],
    server: {
      host: '127.0.0.1',
      port,
      strictPort: true,
      warmup: { clientFiles: ['./main.tsx'] },
      proxy: {
        '^/(?!admin(?:/|$))': {
          target: `http://127.0.0.1:${apiPort}`,
          configure: (proxy) => {
            // While the API starts again there is no answer, and the page is told just that: it asks again by itself.
            proxy.on('error', (_error, _request, response) => void response.destroy());
          },
        },
      },
    },
  });
  for (const end of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
    process.once(end, () => void server.close().finally(() => process.exit(0)));
  }
  await server.listen();
  process.send?.('listening');
}

/** Fills in what the API writes into the page it serves (api/admin-pages.ts); there is no content policy here, so no nonce. */
const filledPage: Plugin = {
  name: 'gatehouse-filled-page',
  transformIndexHtml: {
    order: 'pre',
    handler: (page) => page.replace('__SESSION__', 'perhaps').replace('__NONCE__', ''),
  },
};

/** Edited components are put in place and keep their state. Without the plugin an edit loads the page anew. */
async function fastRefresh(): Promise<PluginOption> {
  const name = '@vitejs/plugin-react';
  try {
    const { default: react } = (await import(name)) as { default: () => PluginOption };
    return react();
  } catch {
    return undefined;
  }
}

await main(Number(process.argv[2]), Number(process.argv[3]));
