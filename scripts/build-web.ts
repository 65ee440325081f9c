/**
 * `npm run web:build`: builds the console and the portal into web/dist, for servers that do not use `npm start`
 * (docs/operations.md).
 */
import { buildWeb } from './lib/web-build.ts';

console.log((await buildWeb()) ? 'built web/dist' : 'web/dist is up to date');
