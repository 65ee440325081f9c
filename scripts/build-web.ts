/** `npm run web:build`: the console and the portal into web/dist, where `npm start` is not used (docs/operations.md). */
import { buildWeb } from './lib/web-build.ts';

console.log((await buildWeb()) ? 'built web/dist' : 'web/dist is up to date');
