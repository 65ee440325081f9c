/** The console and the public portal: one web application, built into web/dist (scripts/lib/web-build.ts). */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import fp from 'fastify-plugin';

const WEB_ROOT = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** Paths of the API and its documents: a missing one is answered with a problem, not with the application's page. */
const NOT_PAGES = /^\/(api|docs|health|problems|assets|openapi\.json)(\/|\?|$)/;

/** If the application was not built, as with `npm run api` alone, the root redirects to the API's document. */
export default fp(async (app) => {
  const hidden = { schema: { hide: true, security: [] } };
  if (!existsSync(WEB_ROOT)) {
    app.get('/', hidden, (_, reply) => reply.redirect('/docs'));
    return;
  }
  await app.register(fastifyStatic, {
    root: WEB_ROOT,
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    schemaHide: true,
    setHeaders(reply, path) {
      // Built files have a hash of their content in the name and may be cached for ever; index.html may not.
      const kept = /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
      void reply.header('cache-control', kept);
    },
  });
  app.get('/*', hidden, (request, reply) =>
    NOT_PAGES.test(request.url) ? reply.callNotFound() : reply.sendFile('index.html'),
  );
});
