/** 账号名册 (第四条第二款): handed in, endorsed, opened; judged row by row, by those of its region and department alone. */
import { and, eq } from 'drizzle-orm';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Product } from '../support/product.ts';
import { expectProblem, newcomer, NOWHERE, withToken } from './support/requests.ts';
import type { AccountListPage, AccountListRowsPage } from '../../api/routes/account-lists.ts';
import { accountListRows, departments, users } from '../../db/schema.ts';
import {
  ACCOUNT_IMPORT,
  fileOf,
  fresh,
  LISTS,
  ListWorld,
  officer,
  PASSPHRASE,
  passwordsIn,
} from './support/account-lists.ts';

let product: Product;
let world: ListWorld;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
  world = await ListWorld.of(product);
});
afterAll(() => product.close());

describe('a list of accounts', () => {
  it('sent again, also fifty times at once, is one list with one act each', async () => {
    const names = [fresh(), fresh()];
    const file = fileOf(...names.map((name) => officer(name)));
    const sent = await Promise.all(Array.from({ length: 50 }, () => world.send(world.lead, file)));
    const numbers = new Set(sent.map(({ body }) => body.lists[0]!.no));
    expect(numbers.size).toBe(1);
    expect(sent.filter(({ body }) => !body.lists[0]!.duplicate)).toHaveLength(1);
    const [no] = [...numbers];
    const endorsed = await Promise.all(Array.from({ length: 50 }, () => world.act('dengji', `${no}/endorse`)));
    expect(endorsed.filter(({ status }) => status === 200)).toHaveLength(1);
    const opened = await Promise.all(Array.from({ length: 50 }, () => world.act('admin', `${no}/open`)));
    expect(opened.filter(({ status }) => status === 200)).toHaveLength(1);
    await Promise.all([world.openAll(), world.openAll(), world.openAll()]);
    await world.act(world.lead, `${no}/issue`, { passphrase: PASSPHRASE });
    await Promise.all([world.makeAll(), world.makeAll()]);
    // A try costs a hash, and of too many some are put off.
    const tries = await Promise.all(Array.from({ length: 5 }, () => world.collect(world.lead, [no!])));
    expect(tries.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await world.changesOf(no!)).toHaveLength(5);
    const { db } = product.handle;
    const rows = await db
      .select()
      .from(accountListRows)
      .where(eq(accountListRows.listId, (await world.listOf(no!)).id));
    expect(rows.map(({ outcome }) => outcome)).toEqual(['opened', 'opened']);
  }, 240_000);

  it('is refused as a whole with each bad row named, and the bad rows come back as a file', async () => {
    const [good, twice] = [fresh(), fresh()];
    const file = fileOf(
      officer(good),
      officer(twice),
      officer(twice),
      'X,dengji,部门经办人,,',
      `外单位,${fresh()},部门经办人,430103-forestry,`,
      `张三430103190102030054,${fresh()},部门经办人,,`,
      `张三,${fresh()},部门经办人,,430103190102030054`,
      `张三,a430103190102030054,部门经办人,,`,
      `管理员,${fresh()},平台管理员,,`,
      `审计,${fresh()},审计人员,,`,
      `a\u202Eb,${fresh()},部门经办人,,`,
      `<b>,Ab c,部门经办人,,`,
    );
    const { body } = await world.send(world.lead, file);
    expect(body).toMatchObject({ accepted: false, lists: [], rows: 12 });
    expect(body.refusedRows.map(({ line }) => line)).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    const said = body.refusedRows.map(({ message }) => message).join('\n');
    for (const part of ['与第3行重复', 'dengji已被使用', '其他部门', '公民身份号码', '不可见', '不属于部门'])
      expect(said).toContain(part);
    const back = await fetch(`${product.url}/api/v1/imports/${body.importId}/rejections`, {
      headers: { authorization: `Bearer ${world.lead}` },
    });
    const text = await back.text();
    expect(text).toContain('原行号,原因');
    expect(text).not.toContain('430103190102030054');
    const { db } = product.handle;
    expect(await db.select().from(accountListRows).where(eq(accountListRows.username, good))).toEqual([]);
  });

  it('shows what it changes of accounts on record, and what it does not name', async () => {
    const name = fresh();
    await world.openedList([name]);
    const file = fileOf(officer(name), `新任负责人,${fresh()},部门负责人,,`);
    const same = await world.send(world.lead, file, '?dryRun=true');
    expect(same.body.counts).toEqual({ new: 1, unchanged: 1, changed: 0, refused: 0 });
    expect(same.body.absent!.usernames).toContain('nongye');
    const promoted = await world.send(world.lead, fileOf(`${name}的姓名,${name},部门负责人,,`));
    expect(promoted.body.changedRows).toMatchObject([
      { username: name, before: { role: 'department-officer' }, after: { role: 'department-lead' } },
    ]);
    const { no } = promoted.body.lists[0]!;
    await world.act('dengji', `${no}/endorse`);
    await world.act('admin', `${no}/open`);
    await world.openAll();
    const { db } = product.handle;
    expect((await db.select().from(users).where(eq(users.username, name)))[0]!.role).toBe('department-lead');
    expect((await world.changesOf(name)).at(-1)).toMatchObject({ changedBy: 'admin', reason: `账号名册 ${no}` });
    // No new password for an account that was there: its owner has one.
    expectProblem(
      await world.act(world.lead, `${no}/issue`, { passphrase: PASSPHRASE }),
      'account-list.nothing-to-issue',
    );
    const own = await world.send(world.lead, fileOf('本人,fuze-nongye,部门经办人,,'));
    expect(own.body.refusedRows[0]!.message).toContain('不能变更本人的账号');
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.username, name));
    const retired = await world.send(world.lead, fileOf(officer(name)));
    expect(retired.body.refusedRows[0]!.message).toContain('已停用');
  });

  it('is for those of its region and department alone, and for no one twice', async () => {
    const name = fresh();
    const { no } = (await world.send(world.lead, fileOf(officer(name)))).body.lists[0]!;
    const elsewhere = await newcomer(product, 'dengji-yuelu', {
      role: 'registering-authority',
      regionCode: '430104',
      departmentCode: '430104-registration',
    });
    const otherLead = await newcomer(product, 'fuze-linye', {
      role: 'department-lead',
      regionCode: '430103',
      departmentCode: '430103-forestry',
    });
    expectProblem(await world.act(elsewhere, `${no}/endorse`), 'resource.not-found');
    expectProblem(await world.act('nongye', `${no}/endorse`), 'access.denied');
    expectProblem(await world.act(otherLead, `${no}/issue`, { passphrase: PASSPHRASE }), 'resource.not-found');
    const seen = await withToken(product, otherLead, 'GET', LISTS);
    expect((seen.body as AccountListPage).items).toEqual([]);
    expectProblem(await world.act(world.lead, `${no}/endorse`), 'access.denied');
    await world.act('dengji', `${no}/endorse`);
    // The one who endorsed becomes an administrator: still not the other half of the decision.
    const { db } = product.handle;
    const [dengji] = await db.select().from(users).where(eq(users.username, 'dengji'));
    await db
      .update(users)
      .set({ role: 'platform-administrator', departmentCode: null })
      .where(eq(users.username, 'dengji'));
    expectProblem(await world.act('dengji', `${no}/open`), 'review.same-person');
    await db.update(users).set(dengji!).where(eq(users.username, 'dengji'));
    expect((await world.act('admin', `${no}/refuse`, { reason: '人员有误' })).body.state).toBe('refused');
    // Refused, the same list may be handed in again as a new one.
    expect((await world.send(world.lead, fileOf(officer(name)))).body.lists[0]).toMatchObject({
      duplicate: false,
      state: 'submitted',
    });
    expectProblem(await world.send('nongye', fileOf(officer(fresh()))), 'access.denied');
  });

  it('of many departments goes to the registering authority of each region', async () => {
    const [a, b, c] = [fresh('zhs'), fresh('zhs'), fresh('zhs')];
    const { body } = await world.send(
      'admin',
      fileOf(
        `甲,${a},部门经办人,天心区农业农村主管部门,`,
        `乙,${b},部门负责人,430104-agriculture,`,
        `丙,${c},部门经办人,430104-forestry,`,
      ),
    );
    expect(body.lists.map(({ regionCode, rowCount }) => [regionCode, rowCount])).toEqual([
      ['430103', 1],
      ['430104', 2],
    ]);
    const [tianxin, yuelu] = body.lists.map(({ no }) => no);
    const elsewhere = await newcomer(product, 'dengji-yuelu-2', {
      role: 'registering-authority',
      regionCode: '430104',
      departmentCode: '430104-registration',
    });
    expectProblem(await world.act('dengji', `${yuelu}/endorse`), 'resource.not-found');
    expect((await world.act('dengji', `${tianxin}/endorse`)).status).toBe(200);
    expect((await world.act(elsewhere, `${yuelu}/endorse`)).status).toBe(200);
    expectProblem(await world.act('admin', `${tianxin}/open`), 'review.same-person');
    const second = await newcomer(product, 'admin-2', {
      role: 'platform-administrator',
      regionCode: '430000',
    });
    for (const no of [tianxin, yuelu]) expect((await world.act(second, `${no}/open`)).status).toBe(200);
    await world.openAll();
    expectProblem(await world.act(second, `${yuelu}/issue`, { passphrase: PASSPHRASE }), 'review.same-person');
    for (const no of [tianxin, yuelu]) await world.act('admin', `${no}/issue`, { passphrase: PASSPHRASE });
    await world.makeAll();
    const passwords = await passwordsIn((await world.collect('admin', [tianxin!, yuelu!])).bytes);
    expect([...passwords.keys()].toSorted()).toEqual([a, b, c].toSorted());
  });

  it('opens what it can where the record has changed since', async () => {
    const [name, taken] = [fresh(), fresh()];
    const { no } = (await world.send(world.lead, fileOf(officer(name), officer(taken)))).body.lists[0]!;
    const { db } = product.handle;
    const [nongye] = await db.select().from(users).where(eq(users.username, 'nongye'));
    await db.insert(users).values({ ...nongye!, username: taken, departmentCode: '430103-forestry' });
    await world.act('dengji', `${no}/endorse`);
    const rows = await withToken(product, world.lead, 'GET', `${LISTS}/${no}/rows`);
    expect((rows.body as AccountListRowsPage).items.map(({ usernameTaken }) => usernameTaken)).toEqual([false, true]);
    await world.act('admin', `${no}/open`);
    await db.update(departments).set({ retiredAt: new Date() }).where(eq(departments.code, '430103-agriculture'));
    await world.openAll();
    await db.update(departments).set({ retiredAt: null }).where(eq(departments.code, '430103-agriculture'));
    const outcome = async (username: string) =>
      (
        await db
          .select()
          .from(accountListRows)
          .where(and(eq(accountListRows.username, username)))
      )[0]!.outcome;
    expect([await outcome(name), await outcome(taken)]).toEqual(['no-place', 'no-place']);
    expect((await db.select().from(users).where(eq(users.username, taken)))[0]!.departmentCode).toBe('430103-forestry');
  });

  it('is read from GB18030 and from a template, which sent as it is hands in nothing', async () => {
    const name = fresh();
    const gbk = iconv.encode(fileOf(`欧阳㛃,${name},部门经办人,天心区农业农村主管部门,`), 'gb18030');
    expect((await world.send(world.lead, gbk, '?dryRun=true')).body).toMatchObject({ counts: { new: 1, refused: 0 } });
    for (const format of ['csv', 'xlsx']) {
      const template = await fetch(`${product.url}${ACCOUNT_IMPORT}/template?format=${format}`, {
        headers: { authorization: `Bearer ${world.lead}` },
      });
      const { status, body } = await world.send(
        world.lead,
        Buffer.from(await template.arrayBuffer()),
        '',
        template.headers.get('content-type')!,
      );
      expect([status, body.rows, body.accepted, body.lists]).toEqual([200, 0, false, []]);
    }
    expectProblem(await world.send(world.lead, ''), 'input.empty-file');
    expectProblem(await world.send(world.lead, '姓名,角色\nX,部门经办人'), 'input.invalid');
    expectProblem(await world.send(world.lead, Buffer.from([0xff, 0xfe, 0x31, 0])), 'input.unsupported-encoding');
  });
});
