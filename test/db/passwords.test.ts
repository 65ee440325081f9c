import { expect, it } from 'vitest';
import { verifyPassword } from '../../db/accounts/passwords.ts';

/** The cheapest hash that scrypt allows; it matches no password. */
const CHEAP = `scrypt$2$1$1$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(32).toString('base64')}`;

it('of passwords that come all at once, a hundred wait and the others are put off; later ones are served', async () => {
  const answers = await Promise.allSettled(Array.from({ length: 110 }, () => verifyPassword('guess', CHEAP)));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(102);
  const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []));
  for (const reason of refused) expect(reason).toMatchObject({ code: 'rate.limited' });
  const later = await Promise.all(Array.from({ length: 102 }, () => verifyPassword('guess', CHEAP)));
  expect(new Set(later)).toEqual(new Set([false]));
});
