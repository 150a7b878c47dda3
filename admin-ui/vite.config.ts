import { defineConfig } from 'vite';

const here = (name: string) => decodeURIComponent(new URL(name, import.meta.url).pathname);

export default defineConfig({
  root: here('.'),
  base: '/admin/',
  oxc: { jsx: { runtime: 'automatic' } },
  resolve: { dedupe: ['react', 'react-dom', 'react-router', 'react-router-dom', '@emotion/react', '@mui/material'] },
  build: {
    outDir: here('../dist/admin-ui'),
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'], // light-dark() stays as it is written
    assetsInlineLimit: 0, // fonts and pictures stay files: the content policy names no data: for them
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      // Libraries mark files for server components; here everything is the browser's.
      onLog: (level, log, tell) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : tell(level, log)),
    },
  },
});
