/** A process that works through lists of accounts as the worker does, and tells each step: to be killed. */
import { makeSomePasswords } from '../../db/accounts/list-making.ts';
import { openSomeAccounts } from '../../db/accounts/list-opening.ts';
import { connectDatabase } from '../../db/postgres/client.ts';
import { realClock } from '../../domain/clock/clock.ts';

const { db } = connectDatabase(process.argv[2]!);
const deps = { db, clock: realClock };
for (;;) {
  if (await openSomeAccounts(deps)) process.stdout.write('opened\n');
  else if (await makeSomePasswords(deps)) process.stdout.write('made\n');
  else break;
}
process.exit(0);
