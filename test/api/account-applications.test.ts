/** 账号申请 (第四条第二款): applied for by anybody, endorsed, opened by another person. */
import { eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountView, ApplicationProgress, ApplicationView } from '../../api/views/account.ts';
import type { ApplicationPage } from '../../api/routes/account-applications.ts';
import { apply } from '../../db/accounts/applications.ts';
import { setDepartment } from '../../db/reference/changes.ts';
import { accountApplications, departments, notices, referenceChanges, users } from '../../db/schema.ts';
import { applicationSchema } from '../../domain/organs/accounts.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { Refusal } from '../../domain/errors.ts';
import { Product } from '../support/product.ts';
import { expectProblem, newcomer, NOWHERE, withToken } from './support/requests.ts';

const APPLICATIONS = '/api/v1/account-applications';
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

/** Applies through the database: the route is rate-limited and has its own tests. */
async function applied(more: Record<string, unknown> = {}, by: string | null = null) {
  const input = wanted(more);
  const no = await apply({ db: product.handle.db, clock: realClock }, applicationSchema.parse(input), by);
  return { no, ...input };
}

const decide = (as: string, no: string, verb: string, body: unknown = {}) =>
  product.post<{ state: string }>(as, `${APPLICATIONS}/${no}/${verb}`, body);
const signIn = (username: string, password: string) =>
  product.post<{ token: string; account: AccountView }>(null, SESSION, { username, password });
const progress = async (no: string) =>
  (await product.get<ApplicationProgress>(null, `${APPLICATIONS}/${no}/progress`)).body;
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

  it('is told to whoever decides next, where they look anyway, without a word of the applicant', async () => {
    const { no, displayName, phone } = await applied();
    const told = () =>
      product.handle.db
        .select()
        .from(notices)
        .where(like(notices.key, `account-application:${no}:%`))
        .orderBy(notices.id);
    expect(await told()).toMatchObject([{ role: 'registering-authority', regionCode: '430103', departmentCode: null }]);
    await decide('dengji', no, 'endorse');
    const both = await told();
    expect(both).toMatchObject([
      { title: '账号申请待审核：天心区农业农村主管部门' },
      { role: 'platform-administrator' },
    ]);
    expect(JSON.stringify(both)).not.toMatch(new RegExp(`${displayName}|${phone}`));
    await decide('admin', no, 'approve');
    expect(await told()).toHaveLength(2);
  });

  it('sent again with its key is one application', async () => {
    const input = wanted();
    const key = { 'idempotency-key': input.username };
    const first = await product.post<{ no: string }>(null, APPLICATIONS, input, key);
    expect((await product.post(null, APPLICATIONS, input, key)).body).toEqual(first.body);
    const other = { ...input, reason: '另一申请' };
    expectProblem(await product.post(null, APPLICATIONS, other, key), 'idempotency.key-reused');
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
    // Refused by the route's schema, or in the database if that is not enough.
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

// Last, because it uses up this client's attempts.
it('too many applications are put off', async () => {
  const answers = await Promise.all(Array.from({ length: 25 }, () => product.post(null, APPLICATIONS, {})));
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(5);
});
