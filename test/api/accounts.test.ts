/** 账号 (第四条第二款): applied for, endorsed, opened; managed with reason; passwords that only their owner keeps. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountView, ApplicationProgress, ApplicationView, ManagedAccountView } from '../../api/account-view.ts';
import { buildApp } from '../../api/app.ts';
import type { AccountPage } from '../../api/routes/admin-accounts.ts';
import type { ApplicationPage } from '../../api/routes/account-applications.ts';
import type { SessionOptions } from '../../api/routes/session.ts';
import { apply } from '../../db/account-applications.ts';
import { createChangeFeed } from '../../db/change-feed.ts';
import { loadReference } from '../../db/reference.ts';
import { setDepartment } from '../../db/reference-changes.ts';
import { accountApplications, departments, referenceChanges, sessions, users } from '../../db/schema.ts';
import { applicationSchema } from '../../domain/accounts.ts';
import { realClock } from '../../domain/clock.ts';
import { Refusal } from '../../domain/errors.ts';
import { Product } from '../support/product.ts';
import { testFiles } from '../support/files.ts';
import { testSenders } from '../support/senders.ts';
import { expectProblem, newcomer, NOWHERE, withToken } from './support/requests.ts';

const APPLICATIONS = '/api/v1/account-applications';
const ACCOUNTS = '/api/v1/admin/accounts';
const SESSION = '/api/v1/session';
const PASSWORD = 'mei-you-ren-zhidao-7';
const WITH_REASON = { reason: '岗位调整' };

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

let serial = 0;
function wanted(more: Record<string, unknown> = {}) {
  serial += 1;
  return {
    username: `shenqing-${serial}`,
    displayName: `申请人${serial}`,
    role: 'department-officer',
    regionCode: '430103',
    departmentCode: '430103-agriculture',
    phone: `0731-8888${1000 + serial}`,
    reason: '新任经办人',
    password: PASSWORD,
    ...more,
  };
}

/** Through the record: the door itself is rate-limited, and has its own tests. */
async function applied(more: Record<string, unknown> = {}, by: string | null = null) {
  const input = wanted(more);
  const { no } = await apply({ db: product.handle.db, clock: realClock }, applicationSchema.parse(input), by);
  return { no, ...input };
}

const decide = (as: string, no: string, verb: string, body: unknown = {}) =>
  product.post<{ state: string }>(as, `${APPLICATIONS}/${no}/${verb}`, body);
const signIn = (username: string, password: string) =>
  product.post<{ token: string; account: AccountView }>(null, SESSION, { username, password });
const progress = async (no: string) =>
  (await product.get<ApplicationProgress>(null, `${APPLICATIONS}/${no}/progress`)).body;
const manage = (as: string, username: string, verb: string, body: unknown = WITH_REASON) =>
  product.post<ManagedAccountView & { password: string }>(as, `${ACCOUNTS}/${username}/${verb}`, body);
const patch = (as: string, username: string, body: unknown) =>
  product.request<ManagedAccountView>(as, 'PATCH', `${ACCOUNTS}/${username}`, body);
const changesOf = (key: string) =>
  product.handle.db.select().from(referenceChanges).where(eq(referenceChanges.key, key)).orderBy(referenceChanges.id);
const userOf = async (username: string) =>
  (await product.handle.db.select().from(users).where(eq(users.username, username)))[0];

describe('an application', () => {
  it('is applied for without sign-in, endorsed, opened by another, and then signs in with its own password', async () => {
    const input = wanted();
    const { status, body } = await product.post<{ no: string }>(null, APPLICATIONS, input);
    expect(status).toBe(201);
    expect(await progress(body.no)).toMatchObject({ state: 'applied', stateTitle: '待同级登记机关审核' });
    expectProblem(await decide('admin', body.no, 'approve'), 'application.not-at-stage');
    expect((await decide('dengji', body.no, 'endorse')).body).toEqual({ no: body.no, state: 'endorsed' });
    expectProblem(await signIn(input.username, PASSWORD), 'auth.failed');
    expect((await decide('admin', body.no, 'approve', { reason: '核实无误' })).status).toBe(200);
    expect(await progress(body.no)).toMatchObject({ state: 'approved', refusal: null });
    const session = await signIn(input.username, PASSWORD);
    expect(session.body.account).toMatchObject({
      username: input.username,
      role: 'department-officer',
      departmentName: '天心区农业农村主管部门',
      regionName: '天心区',
      mustChangePassword: false,
    });
    const changes = await changesOf(body.no);
    expect(changes.map(({ changedBy, reason, before, after }) => [changedBy, reason, before, after])).toMatchObject([
      ['dengji', '同意', { state: 'applied' }, { state: 'endorsed' }],
      ['admin', '核实无误', { state: 'endorsed' }, { state: 'approved', username: input.username }],
    ]);
    const [row] = await product.handle.db.select().from(accountApplications).where(eq(accountApplications.no, body.no));
    expect(row).toMatchObject({ passwordHash: null, endorsedBy: 'dengji', decidedBy: 'admin' });
  });

  it.each([
    ['a username with a capital', { username: 'Abc' }],
    ['a username of two letters', { username: 'ab' }],
    ["the platform's own name", { username: 'system' }],
    ['the role of administrators', { role: 'platform-administrator' }],
    ['a role that does not exist', { role: 'root' }],
    ['an officer without department', { departmentCode: null }],
    ['an auditor with department', { role: 'auditor' }],
    ['a registering authority of another department', { role: 'registering-authority' }],
    ['a short password', { password: 'kurz-9' }],
    ['one of the commonest passwords', { password: 'Password123' }],
    ['ten times the same letter', { password: 'aaaaaaaaaaaa' }],
    ['a password that tells the username', { username: 'zhangsan', password: 'x-ZHANGSAN-1' }],
    ['a telephone that is text', { phone: '<script>' }],
    ['no reason', { reason: ' ' }],
    ['NUL in the name', { displayName: 'a\0b' }],
  ])('with %s is refused', async (_, more) => {
    // By the schema at the door, or by the record where that is not enough.
    const refusal = await applied(more).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Error);
    expect(refusal instanceof Refusal ? refusal.code : 'input.invalid').toBe('input.invalid');
  });

  it('for a place that does not exist, or a department retired or of another region, is refused', async () => {
    const { db } = product.handle;
    const refusal = (more: Record<string, unknown>) => applied(more).catch((error: unknown) => error);
    expect(await refusal({ regionCode: '999999' })).toMatchObject({ code: 'region.unknown' });
    expect(await refusal({ departmentCode: '430103-none' })).toMatchObject({ code: 'department.unknown' });
    expect(await refusal({ departmentCode: '430104-agriculture' })).toMatchObject({ code: 'department.unknown' });
    await db.update(departments).set({ retiredAt: new Date() }).where(eq(departments.code, '430103-forestry'));
    expect(await refusal({ departmentCode: '430103-forestry' })).toMatchObject({ code: 'department.unknown' });
  });

  it('at the door: problems as everywhere, and nothing tells which accounts exist', async () => {
    expectProblem(await product.post(null, APPLICATIONS, wanted({ password: 'short' })), 'input.invalid');
    expectProblem(await product.post(null, APPLICATIONS, wanted({ departmentCode: null })), 'input.invalid');
    expectProblem(await product.post(null, APPLICATIONS, { __proto__: null, username: ['x'] }), 'input.invalid');
    const existing = await product.post<{ no: string }>(null, APPLICATIONS, wanted({ username: 'dengji' }));
    expect(existing.status).toBe(201);
    const { no } = existing.body;
    await decide('dengji', no, 'endorse');
    expectProblem(await decide('admin', no, 'approve'), 'account.username-taken');
    const { body } = await product.get<ApplicationPage>('admin', `${APPLICATIONS}?state=endorsed`);
    expect(body.items.find((item) => item.no === no)).toMatchObject({ usernameTaken: true });
    expect((await decide('admin', no, 'refuse', { reason: '账号已被使用，请另选' })).status).toBe(200);
    const told = await progress(no);
    expect(told).toMatchObject({ state: 'refused', refusal: '账号已被使用，请另选' });
    expect(Object.keys(told).sort()).toEqual(['appliedAt', 'decidedAt', 'no', 'refusal', 'state', 'stateTitle']);
  });

  it('is refused with reason by either, and then decided', async () => {
    const [one, other] = [await applied(), await applied()];
    expectProblem(await decide('dengji', one.no, 'refuse'), 'input.invalid');
    expect((await decide('dengji', one.no, 'refuse', { reason: '不是本单位人员' })).status).toBe(200);
    expect((await decide('admin', other.no, 'refuse', { reason: '材料不符' })).status).toBe(200);
    for (const { no } of [one, other]) {
      expectProblem(await decide('dengji', no, 'endorse'), 'application.not-at-stage');
      expectProblem(await decide('admin', no, 'approve'), 'application.not-at-stage');
      expectProblem(await decide('admin', no, 'refuse', { reason: '再次' }), 'application.not-at-stage');
    }
    const endorsed = await applied();
    await decide('dengji', endorsed.no, 'endorse');
    expectProblem(await decide('dengji', endorsed.no, 'refuse', { reason: '反悔' }), 'application.not-at-stage');
  });

  it('is decided by nobody else: other roles, other regions, the applicant, the endorser', async () => {
    const { no } = await applied();
    for (const who of ['nongye', 'nongye-lead', 'ducha', 'shenji', 'dengji-lead']) {
      for (const verb of ['endorse', 'approve', 'refuse'])
        expectProblem(await decide(who, no, verb, WITH_REASON), 'access.denied');
    }
    expectProblem(await decide('admin', no, 'endorse'), 'access.denied');
    expectProblem(await decide('dengji', no, 'approve'), 'access.denied');
    expectProblem(await product.post(null, `${APPLICATIONS}/${no}/endorse`), 'auth.required');

    const neighbour = await newcomer(product, 'dengji-104', {
      role: 'registering-authority',
      regionCode: '430104',
      departmentCode: '430104-registration',
    });
    const elsewhere = await withToken(product, neighbour, 'POST', `${APPLICATIONS}/${no}/endorse`, {});
    expectProblem(elsewhere, 'resource.not-found');

    const own = await applied({ role: 'auditor', departmentCode: null }, 'dengji');
    expectProblem(await decide('dengji', own.no, 'endorse'), 'account.own');
    expect((await decide('shengju', own.no, 'endorse')).status).toBe(200);

    const { db } = product.handle;
    await db.update(accountApplications).set({ endorsedBy: 'admin' }).where(eq(accountApplications.no, own.no));
    expectProblem(await decide('admin', own.no, 'approve'), 'review.same-person');
  });

  it('of a decider for a second account is known by the telephone', async () => {
    const phone = '0731-12345678';
    const first = await applied({
      role: 'registering-authority',
      departmentCode: '430103-registration',
      phone,
    });
    await decide('dengji', first.no, 'endorse');
    await decide('admin', first.no, 'approve');
    const { body } = await signIn(first.username, PASSWORD);
    const second = await applied({ phone });
    const attempt = await withToken(product, body.token, 'POST', `${APPLICATIONS}/${second.no}/endorse`, {});
    expectProblem(attempt, 'account.own');
  });

  it('approved fifty times at once opens one account; so do two for the same name', async () => {
    const [one, rival] = [await applied(), await applied()];
    await product.handle.db
      .update(accountApplications)
      .set({ username: one.username })
      .where(eq(accountApplications.no, rival.no));
    for (const { no } of [one, rival]) expect((await decide('dengji', no, 'endorse')).status).toBe(200);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => decide('admin', index % 2 ? one.no : rival.no, 'approve')),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
    const states = [await progress(one.no), await progress(rival.no)].map(({ state }) => state);
    expect(states.toSorted()).toEqual(['approved', 'endorsed']);
  });

  it('whose department was retired meanwhile opens no account', async () => {
    const code = '430103-education';
    const { no, username } = await applied({ departmentCode: code });
    await decide('dengji', no, 'endorse');
    const department = { code, sector: 'education', regionCode: '430103', name: '天心区教育主管部门' };
    const deps = { db: product.handle.db, clock: realClock };
    const actor = {
      username: 'admin',
      role: 'platform-administrator',
      regionCode: '430000',
      departmentCode: null,
    } as const;
    await setDepartment(deps, actor, department, { name: department.name, retired: true, reason: '机构改革' });
    expectProblem(await decide('admin', no, 'approve'), 'department.unknown');
    expect(await userOf(username)).toBeUndefined();
  });

  it('that nobody made, or was copied wrongly, is not found', async () => {
    for (const no of ['x', '20260101000000000000', `${(await applied()).no.slice(0, -1)}*`, "' or 1=1 --", '%00'])
      expectProblem(
        await product.get(null, `${APPLICATIONS}/${encodeURIComponent(no)}/progress`),
        'resource.not-found',
      );
    expectProblem(await decide('admin', 'x', 'approve'), 'resource.not-found');
  });
});

describe('the list of applications', () => {
  it('is for deciders of the region, by state, page by page; the telephone is for them alone', async () => {
    const { no, phone } = await applied();
    await applied({ regionCode: '430104', departmentCode: '430104-agriculture' });
    const seen: ApplicationView[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = `state=applied&limit=2${cursor && `&cursor=${cursor}`}`;
      const { body, status } = await product.get<ApplicationPage>('dengji', `${APPLICATIONS}?${query}`);
      expect(status).toBe(200);
      seen.push(...body.items);
      cursor = body.nextCursor;
    }
    expect(new Set(seen.map((item) => item.no)).size).toBe(seen.length);
    expect(seen.every((item) => item.state === 'applied' && item.regionCode === '430103')).toBe(true);
    expect(seen.find((item) => item.no === no)).toMatchObject({ phone, decisions: ['endorse', 'refuse'] });
    const { body } = await product.get<ApplicationPage>('shenji', `${APPLICATIONS}?state=applied&limit=200`);
    const audited = body.items.find((item) => item.no === no);
    expect(audited).toMatchObject({ phone: null, decisions: [] });
    expect(body.items.some((item) => item.regionCode === '430104')).toBe(true);
    expect(JSON.stringify(body)).not.toMatch(/scrypt|passwordHash/);
    for (const who of ['nongye', 'nongye-lead', 'ducha'])
      expectProblem(await product.get(who, APPLICATIONS), 'access.denied');
    expectProblem(await product.get(null, APPLICATIONS), 'auth.required');
    for (const query of ['state=none', 'cursor=x', 'cursor=1e99', 'limit=0'])
      expectProblem(await product.get('admin', `${APPLICATIONS}?${query}`), 'input.invalid');
  });
});

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

  it('or moving themselves is what the last administrator cannot do, and nobody else can do it to them', async () => {
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
    expect(race.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect((await withToken(product, here!, 'GET', SESSION)).status).toBe(200);
    expectProblem(await withToken(product, there!, 'GET', SESSION), 'auth.required');
    expectProblem(await signIn('ducha', old), 'auth.failed');
  });
});

describe('what the sign-in page is told', () => {
  it('nothing of accounts where it is no demonstration', async () => {
    const { body } = await product.get<SessionOptions>(null, `${SESSION}/options`);
    expect(body).toEqual({ demo: false, demoAccounts: [], workingDaySeconds: null });
  });

  it('the demonstration accounts that can be signed in to, where it is one', async () => {
    const { db } = product.handle;
    const api = {
      db,
      temporal: product.temporal,
      reference: await loadReference(db),
      clock: { ...realClock, secondsPerWorkingDay: 2 },
      commands: { send: () => Promise.reject(new Error('not used here')) },
      senders: testSenders(),
      files: testFiles(),
      changes: createChangeFeed(),
      temporalUiUrl: '',
      temporalNamespace: 'default',
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

// Last: it uses up this client's attempts.
it('too many applications are put off', async () => {
  const answers = await Promise.all(Array.from({ length: 25 }, () => product.post(null, APPLICATIONS, {})));
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(5);
});
