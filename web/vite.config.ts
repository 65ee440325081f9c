/** Builds the console and the public portal into web/dist, which the API serves. `npm run web` serves them with live reload. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: {
    // Replaces what draws each icon: only the icons' package imports by this name.
    alias: [
      { find: /^\.\.\/components\/AntdIconLight$/, replacement: `${import.meta.dirname}/src/components/icon.tsx` },
    ],
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // `npm run bench -- first-page` measures the size; Vite's warning counts before compression.
    chunkSizeWarningLimit: 1500,
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ['/api', '/docs', '/openapi.json', '/health'].map((path) => [path, 'http://127.0.0.1:8080']),
    ),
  },
});
