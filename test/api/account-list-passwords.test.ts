/** One-time passwords of 账号名册: made, sealed, collected once, changed at the first sign-in, or gone. */
import { eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Product } from '../support/product.ts';
import { expectProblem, NOWHERE, withToken } from './support/requests.ts';
import { expirePasswords } from '../../db/accounts/list-passwords.ts';
import { accountLists, accountListSealed, notices, users } from '../../db/schema.ts';
import { fileOf, fresh, ListWorld, officer, PASSPHRASE, passwordsIn, problemIn } from './support/account-lists.ts';

let product: Product;
let world: ListWorld;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
  world = await ListWorld.of(product);
});
afterAll(() => product.close());

describe('the passwords of a list', () => {
  it('goes its whole way, and each account signs in with its own password, which it must change', async () => {
    const names = [fresh(), fresh(), fresh()];
    const file = fileOf(...names.map((name) => officer(name, ',0731-84410001')));
    const trial = await world.send(world.lead, file, '?dryRun=true');
    expect(trial.body).toMatchObject({
      dryRun: true,
      accepted: false,
      rows: 3,
      counts: { new: 3, refused: 0 },
      lists: [],
    });
    const sent = await world.send(world.lead, file);
    const { no } = sent.body.lists[0]!;
    expect(sent.body).toMatchObject({
      accepted: true,
      lists: [{ regionCode: '430103', rowCount: 3, duplicate: false }],
    });
    expectProblem(await world.act('admin', `${no}/open`), 'account-list.not-at-stage');
    expectProblem(await world.act(world.lead, `${no}/issue`, { passphrase: PASSPHRASE }), 'account-list.not-at-stage');
    expect((await world.act('dengji', `${no}/endorse`)).body).toMatchObject({ state: 'endorsed', acts: [] });
    expect((await world.act('admin', `${no}/open`)).body.state).toBe('opening');
    await world.openAll();
    const opened = await world.listOf(no);
    expect(opened).toMatchObject({
      state: 'opened',
      submittedBy: 'fuze-nongye',
      endorsedBy: 'dengji',
      decidedBy: 'admin',
    });
    // Opened, and nobody can sign in: there is no password yet.
    expectProblem(await world.signIn(names[0]!, ''), 'input.invalid');
    expectProblem(await world.signIn(names[0]!, 'whatever-it-is'), 'auth.failed');
    expect((await world.act(world.lead, `${no}/issue`, { passphrase: PASSPHRASE })).body).toMatchObject({
      passwordState: 'making',
    });
    await world.makeAll();
    expectProblem(
      problemIn(await world.collect(world.lead, [no], 'ein-anderes-Wort-12')),
      'account-list.passphrase-wrong',
    );
    const collected = await world.collect(world.lead, [no]);
    expect([collected.status, collected.headers.get('cache-control')]).toEqual([200, 'no-store']);
    await expect(passwordsIn(collected.bytes, 'ein-anderes-Wort-12')).rejects.toThrow(/password/i);
    const passwords = await passwordsIn(collected.bytes);
    expect([...passwords.keys()].toSorted()).toEqual(names.toSorted());
    expectProblem(problemIn(await world.collect(world.lead, [no])), 'account-list.not-at-stage');
    const session = await world.signIn(names[0]!, passwords.get(names[0]!)!);
    expect(session.body.account).toMatchObject({ mustChangePassword: true, departmentCode: '430103-agriculture' });
    expect((await world.listOf(no)).collectedBy).toBe('fuze-nongye');
    const acts = (await world.changesOf(no)).map(({ changedBy, reason }) => [changedBy, reason]);
    expect(acts).toEqual([
      ['fuze-nongye', '账号名册'],
      ['dengji', '同意'],
      ['admin', '同意'],
      ['fuze-nongye', '生成一次性密码'],
      ['fuze-nongye', '领取一次性密码'],
    ]);
    const { db } = product.handle;
    const told = await db
      .select()
      .from(notices)
      .where(like(notices.key, `account-list:${no}:%`))
      .orderBy(notices.id);
    expect(told.map(({ key }) => key.split(':')[2])).toEqual(['submitted', 'endorsed', 'opened', 'ready']);
    const texts = JSON.stringify(told);
    expect(names.some((name) => texts.includes(name))).toBe(false);
  });

  it('keeps nothing at rest that opens the passwords', async () => {
    const name = fresh();
    const no = await world.openedList([name]);
    await world.issued(no);
    const { db } = product.handle;
    const { id } = await world.listOf(no);
    const [piece] = await db.select().from(accountListSealed).where(eq(accountListSealed.listId, id));
    const [list] = await db.select().from(accountLists).where(eq(accountLists.id, id));
    const passwords = await passwordsIn((await world.collect(world.lead, [no])).bytes);
    const secret = passwords.get(name)!;
    expect(secret).toMatch(/^[0-9a-z]{16}$/);
    expect(piece!.content.includes(secret)).toBe(false);
    expect(piece!.content.includes(name)).toBe(false);
    expect(JSON.stringify(list)).not.toContain(PASSPHRASE);
    expect(await db.select().from(accountListSealed).where(eq(accountListSealed.listId, id))).toEqual([]);
  });

  it('lost passwords are made anew: the old ones end, and who has already changed his is left alone', async () => {
    const [first, second] = [fresh(), fresh()];
    const no = await world.openedList([first, second]);
    await world.issued(no);
    const before = await passwordsIn((await world.collect(world.lead, [no])).bytes);
    const { token } = (await world.signIn(first, before.get(first)!)).body;
    const changed = await withToken(product, token, 'PUT', '/api/v1/session/password', {
      oldPassword: before.get(first),
      newPassword: 'eigenes-wort-2026',
    });
    expect(changed.status).toBe(200);
    const { token: open } = (await world.signIn(second, before.get(second)!)).body;
    await world.act(world.lead, `${no}/issue`, { passphrase: '另外一个文件口令-2026年' });
    await world.makeAll();
    const after = await passwordsIn(
      (await world.collect(world.lead, [no], '另外一个文件口令-2026年')).bytes,
      '另外一个文件口令-2026年',
    );
    expect([...after.keys()]).toEqual([second]);
    expectProblem(await world.signIn(second, before.get(second)!), 'auth.failed');
    expect((await world.signIn(first, 'eigenes-wort-2026')).status).toBe(200);
    expectProblem(await withToken(product, open, 'GET', '/api/v1/session'), 'auth.required');
  });

  it('passwords that nobody collected or used in time are gone', async () => {
    const [used, uncollected] = [fresh(), fresh()];
    const no = await world.openedList([used]);
    const other = await world.openedList([uncollected]);
    for (const one of [no, other]) await world.act(world.lead, `${one}/issue`, { passphrase: PASSPHRASE });
    await world.makeAll();
    const passwords = await passwordsIn((await world.collect(world.lead, [no])).bytes);
    const past = new Date(Date.now() - 1000);
    const { db } = product.handle;
    const until = (await world.listOf(no)).passwordsUntil!;
    expect(until.getTime()).toBeGreaterThan(Date.now() + 3 * 86_400_000);
    await db.update(users).set({ passwordExpiresAt: past }).where(eq(users.username, used));
    expectProblem(await world.signIn(used, passwords.get(used)!), 'auth.password-expired');
    await db.update(accountLists).set({ passwordsUntil: past }).where(eq(accountLists.no, other));
    expectProblem(problemIn(await world.collect(world.lead, [other])), 'account-list.passwords-expired');
    expect(await expirePasswords(world.deps, 'system')).toBe(1);
    const { id, passwordState } = await world.listOf(other);
    expect(passwordState).toBe('expired');
    expect(await db.select().from(accountListSealed).where(eq(accountListSealed.listId, id))).toEqual([]);
    expect((await world.changesOf(other)).at(-1)).toMatchObject({ changedBy: 'system' });
  });

  it.each(['', '短', 'aaaaaaaaaaaaaaa'])('a passphrase that is easily guessed is refused (%s)', async (passphrase) => {
    expectProblem(await world.act(world.lead, `X/issue`, { passphrase }), 'input.invalid');
  });
});
