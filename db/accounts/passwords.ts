/** Passwords as scrypt hashes: `scrypt$N$r$p$salt$hash`, so that the cost can be raised without locking anyone out. */
import { randomBytes, scrypt as scryptCallback, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { Refusal } from '../../domain/errors.ts';

const scryptNow = promisify(scryptCallback) as (p: string, s: Buffer, len: number, o: ScryptOptions) => Promise<Buffer>;

/**
 * Hashes computed at a time. Each occupies one of the four threads that also read files and resolve names, for a tenth of
 * a second.
 */
const AT_ONCE = 2;
/** As many as are done within some seconds: for those beyond, trying again is faster than waiting. */
const MOST_WAITING = 100;
let running = 0;
const waiting: (() => void)[] = [];

/**
 * Limits the load of sign-ins: a flood of guesses must not slow down everything else. @throws Refusal rate.limited if too
 * many wait already.
 */
async function scrypt(...about: Parameters<typeof scryptNow>): Promise<Buffer> {
  if (running < AT_ONCE) {
    running += 1;
  } else if (waiting.length < MOST_WAITING) {
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    throw new Refusal('rate.limited', '同时登录的人过多', { remedy: '请稍后再试' });
  }
  try {
    return await scryptNow(...about);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

const COST = { N: 2 ** 15, r: 8, p: 1 };
const KEY_BYTES = 32;
/** In bytes. scrypt needs 128·N·r bytes; Node's default limit is just below our cost. */
const MAX_MEMORY = 64 * 2 ** 20;

/** The key that a secret gives at the cost of a password's hash, 32 bytes. @throws Refusal rate.limited */
export const slowKey = (secret: string, salt: Buffer): Promise<Buffer> =>
  scrypt(secret, salt, KEY_BYTES, { ...COST, maxmem: MAX_MEMORY });

/** @throws Refusal rate.limited */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await slowKey(password, salt);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/** @throws Refusal rate.limited */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, n, r, p, salt, hash] = stored.split('$');
  if (scheme !== 'scrypt' || !salt || !hash) return false;
  const expected = Buffer.from(hash, 'base64');
  const options = { N: Number(n), r: Number(r), p: Number(p), maxmem: MAX_MEMORY };
  const key = await scrypt(password, Buffer.from(salt, 'base64'), expected.length, options);
  return timingSafeEqual(key, expected);
}

/** Letters and digits that are not confused on the telephone. There are 32, so that every byte maps evenly. */
const TELLABLE = '0123456789abcdefghjkmnpqrstvwxyz';

/** A random password of 16 characters (80 bits). */
export const oneTimePassword = (): string =>
  Array.from(randomBytes(16), (byte) => TELLABLE[byte % TELLABLE.length]).join('');
