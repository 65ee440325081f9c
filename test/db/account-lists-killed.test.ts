/** A worker that is killed (SIGKILL) while it opens accounts or makes their passwords: each account once, each password known. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { and, count, eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountListRows, accountLists, users } from '../../db/schema.ts';
import { fileOf, ListWorld, officer, PASSPHRASE, passwordsIn } from '../api/support/account-lists.ts';
import { NOWHERE } from '../api/support/requests.ts';
import { Product } from '../support/product.ts';

let product: Product;
let world: ListWorld;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
  world = await ListWorld.of(product);
});
afterAll(() => product.close());

/** Kills the process when it has told one step, in the middle of the next. */
async function killedAfterOne(): Promise<string> {
  const args = ['--import', 'tsx', 'test/support/list-worker.ts', product.databaseUrl];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [told] = (await once(child.stdout, 'data')) as [Buffer];
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  return told.toString().trim();
}

const named = (prefix: string, rows: number) =>
  Array.from({ length: rows }, (_, n) => `${prefix}-${String(n).padStart(4, '0')}`);

async function handedIn(names: readonly string[]): Promise<string> {
  const { body } = await world.send(world.lead, fileOf(...names.map((name) => officer(name))));
  const { no } = body.lists[0]!;
  await world.act('dengji', `${no}/endorse`);
  await world.act('admin', `${no}/open`);
  return no;
}

describe('a worker that is killed', () => {
  it('opens each account once', async () => {
    const no = await handedIn(named('kai', 700));
    const { db } = product.handle;
    expect(await killedAfterOne()).toMatch(/^opened/);
    const { id, state } = await world.listOf(no);
    const done = and(eq(accountListRows.listId, id), eq(accountListRows.outcome, 'opened'));
    const opened = like(users.username, 'kai-%');
    const countOf = async () => ({
      rows: (await db.select({ n: count() }).from(accountListRows).where(done))[0]!.n,
      accounts: (await db.select({ n: count() }).from(users).where(opened))[0]!.n,
    });
    const halfway = await countOf();
    // Killed in the middle: what is marked is what is opened, and not all of it.
    expect(state).toBe('opening');
    expect(halfway.rows).toBe(halfway.accounts);
    expect(halfway.rows).toBeGreaterThanOrEqual(200);
    expect(halfway.rows).toBeLessThan(700);
    await world.openAll();
    expect(await countOf()).toEqual({ rows: 700, accounts: 700 });
    expect((await world.listOf(no)).state).toBe('opened');
  }, 240_000);

  it('makes passwords of which none is lost', async () => {
    const names = named('mima', 45);
    const no = await handedIn(names);
    await world.openAll();
    await world.act(world.lead, `${no}/issue`, { passphrase: PASSPHRASE });
    expect(await killedAfterOne()).toBe('made');
    const { id, passwordState } = await world.listOf(no);
    expect(passwordState).toBe('making');
    // Its lease ends by itself after two minutes.
    await product.handle.db.update(accountLists).set({ leasedUntil: null }).where(eq(accountLists.id, id));
    await world.makeAll();
    const passwords = await passwordsIn((await world.collect(world.lead, [no])).bytes);
    expect([...passwords.keys()].toSorted()).toEqual(names);
    for (const name of [names[0]!, names.at(-1)!]) {
      expect((await world.signIn(name, passwords.get(name)!)).status).toBe(200);
    }
  }, 480_000);
});
