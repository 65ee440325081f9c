/**
 * Works through lists of accounts (账号名册) in the worker, so that neither a sign-in nor anything else that the API answers
 * waits for twenty thousand hashes.
 */
import { availableParallelism } from 'node:os';
import type { Logger } from 'pino';
import { makeSomePasswords } from '../db/accounts/list-making.ts';
import { openSomeAccounts } from '../db/accounts/list-opening.ts';
import { expirePasswords } from '../db/accounts/list-passwords.ts';
import type { ReferenceDeps } from '../db/reference/changes.ts';
import { SYSTEM } from '../domain/organs/actor.ts';
import { repeat, type OutboxLoops } from './loops.ts';

/** In ms: whoever opened a list, or asked for passwords, looks at the page meanwhile. */
const EVERY = { opening: 1000, making: 1000, expiring: 60_000 };

/**
 * Passwords hashed at a time: half of the machine stays other work's, and of the four threads that also read files and resolve
 * names, two.
 */
const AT_ONCE = Math.max(1, Math.min(2, Math.floor(availableParallelism() / 2)));

export function startAccountLists(deps: ReferenceDeps, log: Logger): OutboxLoops {
  const loops = [
    repeat(() => openSomeAccounts(deps), log, EVERY.opening),
    repeat(() => makeSomePasswords(deps, AT_ONCE), log, EVERY.making),
    repeat(async () => (await expirePasswords(deps, SYSTEM)) > 0, log, EVERY.expiring),
  ];
  return {
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}
