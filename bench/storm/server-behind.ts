/** The API on a clock that is `BEHIND_MS` behind: what it takes in was opened days ago, and falls due at a chosen instant. */
import { fileURLToPath } from 'node:url';

const behind = Number(process.env['BEHIND_MS']);
const Present = Date;

class Past extends Present {
  constructor(...given: [] | [number | string | Date]) {
    if (given.length === 0) super(Present.now() - behind);
    else super(...given);
  }

  static override now(): number {
    return Present.now() - behind;
  }
}

globalThis.Date = Past as DateConstructor;
// The composition root runs when it is the program.
process.argv[1] = fileURLToPath(new URL('../../server.ts', import.meta.url));
await import('../../server.ts');
