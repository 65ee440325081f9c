/** 账号 (第四条第二款): managed with reason and on record; passwords that only their owner keeps. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountView, ManagedAccountView } from '../../api/views/account.ts';
import { buildApp } from '../../api/app.ts';
import type { AccountPage } from '../../api/routes/admin-accounts.ts';
import type { SessionOptions } from '../../api/routes/session.ts';
import { accountApplications, referenceChanges, sessions, users } from '../../db/schema.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { Product } from '../support/product.ts';
import { bareApi } from './support/bare-api.ts';
import { expectProblem, newcomer, NOWHERE, withToken } from './support/requests.ts';

const ACCOUNTS = '/api/v1/admin/accounts';
const SESSION = '/api/v1/session';
const PASSWORD = 'mei-you-ren-zhidao-7';
const WITH_REASON = { reason: '岗位调整' };

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

const signIn = (username: string, password: string) =>
  product.post<{ token: string; account: AccountView }>(null, SESSION, { username, password });
const manage = (as: string, username: string, verb: string, body: unknown = WITH_REASON) =>
  product.post<ManagedAccountView & { password: string }>(as, `${ACCOUNTS}/${username}/${verb}`, body);
const patch = (as: string, username: string, body: unknown) =>
  product.request<ManagedAccountView>(as, 'PATCH', `${ACCOUNTS}/${username}`, body);
const changesOf = (key: string) =>
  product.handle.db.select().from(referenceChanges).where(eq(referenceChanges.key, key)).orderBy(referenceChanges.id);
const userOf = async (username: string) =>
  (await product.handle.db.select().from(users).where(eq(users.username, username)))[0];

describe('the accounts', () => {
  const list = async (as: string, query = 'limit=200') =>
    (await product.get<AccountPage>(as, `${ACCOUNTS}?${query}`)).body.items;

  it('are read by administrators, by a lead of its department, by a registering authority of its region', async () => {
    const names = async (as: string, query?: string) => (await list(as, query)).map(({ username }) => username);
    expect(await names('admin')).toEqual(expect.arrayContaining(['admin', 'dengji', 'nongye', 'shengju']));
    const led = await list('nongye-lead');
    expect(led.map(({ username }) => username)).toEqual(expect.arrayContaining(['nongye', 'nongye-lead']));
    expect(led.every(({ departmentCode }) => departmentCode === '430103-agriculture')).toBe(true);
    const county = await names('dengji');
    expect(county).toContain('shichang');
    expect(county).not.toContain('admin');
    expect(await names('admin', 'q=天心区督查')).toEqual(['ducha']);
    expect(await names('admin', 'q=%25')).toEqual([]);
    expect(await names('admin', 'role=supervisor&region=430100')).toEqual(['ducha']);
    expect(await names('admin', 'department=430103-health')).toEqual(['weijian']);
    expect(await names('admin', 'disabled=true&q=dengji')).toEqual([]);
    expect(await names('admin', 'limit=1')).toEqual(['admin']);
    expect((await names('admin', 'limit=1&cursor=admin'))[0]).not.toBe('admin');
    expect(JSON.stringify(await list('admin'))).not.toMatch(/scrypt|passwordHash/);
    for (const who of ['nongye', 'ducha', 'shenji']) expectProblem(await product.get(who, ACCOUNTS), 'access.denied');
    expectProblem(await product.get('admin', `${ACCOUNTS}?role=root`), 'input.invalid');
  });

  it('are changed by administrators only, with reason, and the change is on record', async () => {
    await newcomer(product, 'wei-2', {
      role: 'department-officer',
      regionCode: '430103',
      departmentCode: '430103-health',
    });
    for (const who of ['nongye-lead', 'dengji', 'shenji'])
      expectProblem(await patch(who, 'wei-2', { displayName: '甲', ...WITH_REASON }), 'access.denied');
    expectProblem(await patch('admin', 'wei-2', { role: 'department-lead' }), 'input.invalid');
    expectProblem(await patch('admin', 'wei-2', { role: 'auditor', ...WITH_REASON }), 'input.invalid');
    expectProblem(
      await patch('admin', 'wei-2', { departmentCode: '430103-none', ...WITH_REASON }),
      'department.unknown',
    );
    expectProblem(await patch('admin', 'nobody-here', { displayName: '甲', ...WITH_REASON }), 'resource.not-found');
    const { body } = await patch('admin', 'wei-2', { role: 'auditor', departmentCode: null, ...WITH_REASON });
    expect(body).toMatchObject({ role: 'auditor', roleTitle: '审计人员', departmentCode: null, departmentName: null });
    const { body: changes } = await product.get<{ items: unknown[] }>('shenji', '/api/v1/admin/changes');
    expect(changes.items[0]).toMatchObject({
      subject: 'account',
      key: 'wei-2',
      before: { role: 'department-officer', departmentCode: '430103-health' },
      after: { role: 'auditor', departmentCode: null },
      reason: '岗位调整',
      changedBy: 'admin',
    });
    expectProblem(await patch('admin', 'admin', { regionCode: '430100', ...WITH_REASON }), 'account.own');
    expect((await patch('admin', 'admin', { displayName: '平台管理员', ...WITH_REASON })).status).toBe(200);
  });

  it('and what was done to them are told to no other region, and to who neither administers nor audits them', async () => {
    await newcomer(product, 'wei-3', {
      role: 'department-officer',
      regionCode: '430103',
      departmentCode: '430103-health',
    });
    expect((await manage('admin', 'wei-3', 'disable')).status).toBe(200);
    const elsewhere = await newcomer(product, 'admin-105', { role: 'platform-administrator', regionCode: '430105' });
    const here = await newcomer(product, 'admin-103', { role: 'platform-administrator', regionCode: '430103' });
    const audits = await newcomer(product, 'audit-105', { role: 'auditor', regionCode: '430105' });
    const supervises = await newcomer(product, 'super', { role: 'supervisor', regionCode: '430000' });
    const applied = {
      no: 'A-103',
      username: 'wei-4',
      displayName: '魏',
      role: 'auditor',
      regionCode: '430103',
    } as const;
    const at = new Date();
    await product.handle.db
      .insert(accountApplications)
      .values({ ...applied, state: 'refused', reason: '申请', appliedAt: at });
    const entry = { reason: '依据', changedBy: 'admin', at };
    await product.handle.db.insert(referenceChanges).values([
      { ...entry, subject: 'account-application', key: 'A-103' },
      { ...entry, subject: 'limit', key: 'registrationPush.claim' },
    ]);
    const seen = async (token: string) => {
      const path = '/api/v1/admin/changes?limit=500';
      const { body } = await withToken<{ items: { subject: string; key: string }[] }>(product, token, 'GET', path);
      expect(body.items.some(({ subject }) => subject === 'limit')).toBe(true);
      return body.items.filter(({ key }) => key === 'wei-3' || key === 'A-103').length;
    };
    expect(await Promise.all([here, elsewhere, audits, supervises].map(seen))).toEqual([2, 0, 0, 0]);
  });

  it('of another region than the administrator administers are out of reach', async () => {
    const county = await newcomer(product, 'admin-104', { role: 'platform-administrator', regionCode: '430104' });
    const ask = (method: string, path: string, body: unknown) =>
      withToken(product, county, method, ACCOUNTS + path, body);
    for (const verb of ['disable', 'enable', 'reset-password'])
      expectProblem(await ask('POST', `/nongye/${verb}`, WITH_REASON), 'resource.not-found');
    expectProblem(await ask('PATCH', '/admin', { role: 'auditor', ...WITH_REASON }), 'resource.not-found');
    await newcomer(product, 'shenji-104', { role: 'auditor', regionCode: '430104' });
    expectProblem(await ask('PATCH', '/shenji-104', { regionCode: '430000', ...WITH_REASON }), 'access.denied');
    expect((await patch('admin', 'admin-104', { role: 'auditor', ...WITH_REASON })).status).toBe(200);
  });
});

describe('disabling', () => {
  it('ends the sessions at once and refuses the next sign-in; enabling brings none of them back', async () => {
    const token = await newcomer(product, 'nongye-2', {
      role: 'department-officer',
      regionCode: '430103',
      departmentCode: '430103-agriculture',
    });
    expect((await withToken(product, token, 'GET', SESSION)).status).toBe(200);
    expectProblem(await manage('nongye-lead', 'nongye-2', 'disable', {}), 'input.invalid');
    const { body } = await manage('nongye-lead', 'nongye-2', 'disable');
    expect(body.disabledAt).not.toBeNull();
    expectProblem(await withToken(product, token, 'GET', SESSION), 'auth.required');
    expect(await product.handle.db.select().from(sessions).where(eq(sessions.username, 'nongye-2'))).toEqual([]);
    expect((await manage('nongye-lead', 'nongye-2', 'enable')).body.disabledAt).toBeNull();
    expectProblem(await withToken(product, token, 'GET', SESSION), 'auth.required');
    expect((await changesOf('nongye-2')).map(({ changedBy, after }) => [changedBy, after])).toMatchObject([
      ['nongye-lead', { disabled: true }],
      ['nongye-lead', { disabled: false }],
    ]);
  });

  it("is for administrators, and for a lead of its department's officers alone", async () => {
    for (const verb of ['disable', 'enable']) {
      for (const who of ['dengji', 'nongye', 'ducha', 'shenji'])
        expectProblem(await manage(who, 'weijian', verb), 'access.denied');
      expectProblem(await manage('nongye-lead', 'weijian', verb), 'resource.not-found');
      expectProblem(await manage('nongye-lead', 'nongye-lead', verb), 'account.own');
      expectProblem(await manage('dengji-lead', 'dengji', verb), 'access.denied');
      expectProblem(await manage('admin', 'admin', verb), 'account.own');
    }
    expectProblem(await manage('admin', 'nobody-here', 'disable'), 'resource.not-found');
  });

  it('of two administrators by one another at once leaves one', async () => {
    const rounds = [1, 2, 3, 4, 5];
    for (const round of rounds) {
      const [one, two] = [`gl-${round}-1`, `gl-${round}-2`];
      const place = { role: 'platform-administrator', regionCode: '430000' } as const;
      const [first, second] = [await newcomer(product, one, place), await newcomer(product, two, place)];
      const off = (token: string, name: string) =>
        withToken(product, token, 'POST', `${ACCOUNTS}/${name}/disable`, WITH_REASON);
      const answers = await Promise.all([off(first, two), off(second, one)]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const left = [await userOf(one), await userOf(two)].filter((user) => !user?.disabledAt);
      expect(left).toHaveLength(1);
      await manage('admin', left[0]!.username, 'disable');
    }
  });

  it('and moving are barred for the last administrator, by themselves and by others', async () => {
    const { db } = product.handle;
    const token = await newcomer(product, 'gl-last', { role: 'platform-administrator', regionCode: '430000' });
    const county = await newcomer(product, 'gl-county', { role: 'platform-administrator', regionCode: '430103' });
    const ask = (as: string, path: string, method: string, body: unknown) =>
      withToken(product, as, method, ACCOUNTS + path, body);
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.username, 'admin'));
    expectProblem(await ask(token, '/gl-last/disable', 'POST', WITH_REASON), 'account.own');
    for (const move of [{ role: 'auditor' }, { regionCode: '430103' }])
      expectProblem(await ask(token, '/gl-last', 'PATCH', { ...move, ...WITH_REASON }), 'account.own');
    expectProblem(await ask(county, '/gl-last/disable', 'POST', WITH_REASON), 'resource.not-found');
    await db.update(users).set({ disabledAt: null }).where(eq(users.username, 'admin'));
  });
});

describe('a password', () => {
  const put = (token: string, oldPassword: string, newPassword: string) =>
    withToken(product, token, 'PUT', `${SESSION}/password`, { oldPassword, newPassword });

  it('that was reset is told once, and opens nothing but its own change', async () => {
    for (const who of ['shichang-lead', 'dengji', 'shenji'])
      expectProblem(await manage(who, 'shichang', 'reset-password'), 'access.denied');
    expectProblem(await manage('admin', 'admin', 'reset-password'), 'account.own');
    expectProblem(await manage('admin', 'shichang', 'reset-password', {}), 'input.invalid');
    const before = (await signIn('shichang', 'xietong-demo')).body.token;
    const { body, headers } = await manage('admin', 'shichang', 'reset-password');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body.password).toMatch(/^[0-9a-z]{16}$/);
    expectProblem(await withToken(product, before, 'GET', SESSION), 'auth.required');
    expectProblem(await signIn('shichang', 'xietong-demo'), 'auth.failed');
    const { token, account } = (await signIn('shichang', body.password)).body;
    expect(account.mustChangePassword).toBe(true);
    expect((await withToken(product, token, 'GET', SESSION)).body).toEqual(account);
    for (const path of ['/api/v1/pushes', '/api/v1/inbox', '/api/v1/admin/changes', '/api/v1/events'])
      expectProblem(await withToken(product, token, 'GET', path), 'auth.password-change-required');
    expect((await withToken(product, token, 'GET', '/api/v1/catalogue')).status).toBe(200);
    const changed = await put(token, body.password, PASSWORD);
    expect(changed.body).toMatchObject({ username: 'shichang', mustChangePassword: false });
    expect((await withToken(product, token, 'GET', '/api/v1/pushes')).status).toBe(200);
    const changes = await changesOf('shichang');
    expect(changes.map(({ changedBy, after }) => [changedBy, after])).toMatchObject([
      ['admin', { mustChangePassword: true }],
      ['shichang', { mustChangePassword: false }],
    ]);
    expect(JSON.stringify(changes)).not.toMatch(new RegExp(`scrypt|${body.password}`));
  });

  it('is changed by whoever knows the old one; the other sessions end', async () => {
    const old = 'xietong-demo';
    const [here, there] = [await signIn('ducha', old), await signIn('ducha', old)].map(({ body }) => body.token);
    expectProblem(await put(here!, 'wrong', PASSWORD), 'auth.password-mismatch');
    expectProblem(await put(here!, old, 'short'), 'input.invalid');
    expectProblem(await put(here!, old, old), 'input.invalid');
    expectProblem(await put(here!, old, 'my-name-is-DUCHA'), 'input.invalid');
    expectProblem(
      await product.request(null, 'PUT', `${SESSION}/password`, { oldPassword: old, newPassword: PASSWORD }),
      'auth.required',
    );
    const race = await Promise.all([put(here!, old, `${PASSWORD}-a`), put(here!, old, `${PASSWORD}-b`)]);
    expect(race.map(({ status }) => status).toSorted((x, y) => x - y)).toEqual([200, 409]);
    expect((await withToken(product, here!, 'GET', SESSION)).status).toBe(200);
    expectProblem(await withToken(product, there!, 'GET', SESSION), 'auth.required');
    expectProblem(await signIn('ducha', old), 'auth.failed');
  });
});

describe('what the sign-in page is told', () => {
  it('nothing of accounts where it is no demonstration', async () => {
    const { body } = await product.get<SessionOptions>(null, `${SESSION}/options`);
    const province = {
      code: '430000',
      name: '湖南省',
      platform: '湖南省部门协同监管平台',
      legalBasis: '湘商改〔2016〕7号',
    };
    expect(body).toEqual({ demo: false, demoAccounts: [], workingDaySeconds: null, province });
  });

  it('the demonstration accounts that can be signed in to, where it is one', async () => {
    const api = {
      ...(await bareApi(product.handle.db, product.temporal)),
      clock: { ...realClock, secondsPerWorkingDay: 2 },
    };
    const app = await buildApp({ api, logger: false, cookieSecure: false, rateLimit: 1000, demo: true });
    await manage('admin', 'weijian', 'disable');
    const answer = await app.inject({ method: 'GET', url: `${SESSION}/options` });
    await app.close();
    const options = answer.json<SessionOptions>();
    expect(options).toMatchObject({ demo: true, workingDaySeconds: 2 });
    expect(options.demoAccounts).toContainEqual({
      username: 'dengji-lead',
      password: 'xietong-demo',
      title: '天心区登记机关负责人',
    });
    expect(options.demoAccounts.map(({ username }) => username)).not.toContain('weijian');
  });
});
