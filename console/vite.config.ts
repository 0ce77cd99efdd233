/** How the console is built: hashed files below /console/, for browsers of 2024 and later. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The first that know `light-dark()`, which both themes are written with. */
const BROWSERS = ['chrome123', 'edge123', 'firefox120', 'safari17.5'];

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: BROWSERS,
    cssTarget: BROWSERS,
    // A `data:` font or picture would need a wider Content-Security-Policy than the console has.
    assetsInlineLimit: 0,
    // The files come from the same process as the page; the polyfill is an inline script in disguise.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // test/console/budget.test.ts holds what is loaded first to its limit, compressed.
    chunkSizeWarningLimit: 2_000,
  },
  server: {
    // `npm run console:dev -- --port 5173` beside `concord demo --port 8080`.
    proxy: Object.fromEntries(
      ['/concord', '/metrics', '/ready', '/docs'].map(path => [
        path,
        process.env.CONCORD_ORIGIN ?? 'http://127.0.0.1:8080',
      ]),
    ),
  },
});
