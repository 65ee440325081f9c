/** Single registrations (第七条第一、二款): accepted means in PostgreSQL, once, even while Temporal is down. */
import { and, count, eq, isNull, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditLog, cases, outbox, registrationHits, registrations } from '../../db/schema.ts';
import { withCheckDigit } from '../../domain/uscc.ts';
import { Product } from '../support/product.ts';
import {
  accept,
  casePath,
  expectProblem,
  NOWHERE,
  registration,
  REGISTRATIONS,
  type Accepted,
} from './support/requests.ts';

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

const submit = (body: unknown, as = 'shengju') => product.post<Accepted>(as, REGISTRATIONS, body);

/** Everything that an acceptance writes. */
async function written() {
  const tables = [registrations, registrationHits, cases, outbox, auditLog];
  return Promise.all(tables.map(async (table) => (await product.handle.db.select({ n: count() }).from(table))[0]!.n));
}

describe('refused', () => {
  it.each([
    ['a wrong check digit', '91350100M000100Y44', /校验位不符：按前17位末位应为3，现为4，请对照营业执照核对全码/],
    ['a code too short', '91350100M000100Y4', /应为18位，现为17位，请核对/],
    ['a letter that the standard leaves out', '91350100I000100Y43', /第9位“I”不允许/],
  ])('%s is told with code, cause and remedy, and nothing is written', async (_, uscc, message) => {
    const before = await written();
    const problem = expectProblem(await submit(registration({ uscc })), 'uscc.invalid');
    expect(problem.detail).toMatch(message);
    expect(problem.remedy).toMatch(/\p{Script=Han}/u);
    expect(problem.errors).toEqual([{ path: '/uscc', message: expect.stringMatching(message) }]);
    expect(await written()).toEqual(before);
  });

  it('a region that no edition of GB/T 2260 knows is refused', async () => {
    const problem = expectProblem(await submit(registration({ regionCode: '439999' })), 'region.unknown');
    expect(problem.detail).toContain('439999');
    expect(problem.article).toBe('第七条第二款');
  });

  it('an enterprise from outside is registered where it does business here, not where it was registered', async () => {
    const outside = { origin: '外省', uscc: withCheckDigit('91440300MA5ABC123') };
    const refused = expectProblem(await submit(registration({ ...outside, regionCode: '440300' })), 'region.unknown');
    expect(refused.detail).toContain('外省企业填在本省经营所在地');
    const body = registration({ ...outside, regionCode: '430103' });
    expect((await submit(body)).status).toBe(201);
    const [kept] = await product.handle.db
      .select()
      .from(registrations)
      .where(eq(registrations.registrationNo, body.registrationNo));
    expect(kept).toMatchObject({ origin: 'out-of-province', regionCode: '430103' });
  });

  it.each([
    ['an empty number', 'registrationNo', '', '登记编号'],
    ['a number that begins with a sign', 'registrationNo', '-1', '不以符号开头'],
    ["a number with the case ids' separator", 'registrationNo', 'A~B', '登记编号'],
    ['a number of 65 letters', 'registrationNo', 'A'.repeat(65), '1至64个'],
    ['no number', 'registrationNo', undefined, '缺少登记编号'],
    ['no credit code', 'uscc', undefined, '缺少统一社会信用代码'],
    ['an empty name', 'name', '', '缺少名称'],
    ['a name of 201 characters', 'name', '甲'.repeat(201), '不得超过200字'],
    ['a name of two lines', 'name', '甲\n乙', '换行'],
    ['an unknown kind', 'kind', '外星企业', '主体类型应为'],
    ['an unknown origin', 'origin', '外国', '来源地应为'],
    ['a short region code', 'regionCode', '4301', '6位数字'],
    ['no scope', 'scope', undefined, '缺少经营范围'],
    ['a scope of 20,001 characters', 'scope', '粮'.repeat(20_001), '不得超过20000字'],
    ['an unknown event', 'event', '合并', '登记事项应为'],
    ['a day that does not exist', 'registeredOn', '2026-02-30', '真实存在的日期'],
    ['the year 26', 'registeredOn', '0026-02-03', '年份有误'],
  ])('%s: the field and the remedy are named', async (_, field, value, message) => {
    const problem = expectProblem(await submit(registration({ [field]: value })), 'input.invalid');
    expect(problem.errors).toEqual([{ path: `/${field}`, message: expect.stringContaining(message) }]);
    expect(problem.detail).toContain(message);
  });

  it('several wrong fields are all told at once', async () => {
    const problem = expectProblem(await submit({ registrationNo: 7, scope: [] }), 'input.invalid');
    expect(problem.errors!.map(({ path }) => path).sort()).toEqual([
      '/name',
      '/regionCode',
      '/registrationNo',
      '/scope',
      '/uscc',
    ]);
  });

  it('the same number with other content is a conflict and changes nothing', async () => {
    const { input } = await accept(product);
    const before = await written();
    for (const more of [{ name: '别名' }, { scope: '餐饮服务' }, { event: 'change' }, { regionCode: '430104' }]) {
      const problem = expectProblem(await submit({ ...input, ...more }), 'registration.conflict');
      expect(problem.detail).toContain(input.registrationNo);
    }
    expect(await written()).toEqual(before);
  });

  it('a number known elsewhere tells another county nothing of its registration', async () => {
    const { input } = await accept(product, { regionCode: '430104' });
    expectProblem(await product.get('dengji', `${REGISTRATIONS}/${input.registrationNo}`), 'resource.not-found');
  });

  it('a county authority cannot register for another county, a province can', async () => {
    const elsewhere = registration({ regionCode: '430104' });
    const problem = expectProblem(await submit(elsewhere, 'dengji'), 'access.denied');
    expect(problem.detail).toContain('不在本登记机关的管辖区域内');
    expect((await submit(elsewhere, 'shengju')).status).toBe(201);
  });

  it.each(['nongye', 'shichang-lead', 'ducha', 'shenji'])('%s is no registering authority', async (username) => {
    const before = await written();
    expectProblem(await submit(registration(), username), 'access.denied');
    expect(await written()).toEqual(before);
  });
});

describe('accepted', () => {
  it('once: the same again is a duplicate, in whatever spelling, and writes nothing', async () => {
    const { input, caseIds } = await accept(product, { scope: '许可项目：农药零售；餐饮服务。' });
    expect(caseIds.length).toBeGreaterThanOrEqual(2);
    const before = await written();
    const spellings = [
      input,
      { ...input, uscc: ` ${input.uscc.toLowerCase()} ` },
      { ...input, kind: '企业', event: '设立' },
    ];
    for (const spelling of spellings) {
      const { status, body } = await submit(spelling);
      expect([status, body]).toEqual([
        200,
        { result: 'duplicate', registrationNo: input.registrationNo, caseIds: [...caseIds].sort(), published: false },
      ]);
    }
    expect(await written()).toEqual(before);
  });

  it('fifty times at once is one acceptance', async () => {
    const atFirst = await written();
    await submit(registration());
    const before = await written();
    const input = registration();
    const answers = await Promise.all(Array.from({ length: 50 }, () => submit(input)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(49);
    // As much as one that is sent once.
    expect(await written()).toEqual(before.map((n, at) => n + n - atFirst[at]!));
  });

  it('fifty different contents under one number at once: one is accepted, the others are conflicts', async () => {
    const input = registration();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => submit({ ...input, name: `甲${i}` })));
    const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
    expect(statuses).toEqual([201, ...Array.from({ length: 49 }, () => 409)]);
  });

  it.each([
    ['430124', '430182'],
    ['430221', '430212'],
  ])('the former region code %s is understood as %s', async (former, today) => {
    const { input, caseIds } = await accept(product, { regionCode: former });
    expect(caseIds[0]).toContain(`${today}-agriculture`);
    const seen = await product.get<{ regionCode: string }>('shengju', `${REGISTRATIONS}/${input.registrationNo}`);
    expect(seen.body.regionCode).toBe(today);
  });

  it('a scope whose department is unclear, or no scope at all, goes to the pool (第七条第二款)', async () => {
    for (const scope of ['许可项目：软件开发。', '']) {
      const { caseIds, items } = await accept(product, { scope });
      expect([caseIds.length, items]).toEqual([1, []]);
      expect(caseIds[0]).toMatch(/^pool~/);
    }
  });

  it('the longest scope, and each place where it names an item', async () => {
    const scope = '住宿；'.repeat(20_000 / 3);
    const { input, items } = await accept(product, { scope });
    const { body } = await product.get<{ hits: { start: number }[] }>(
      'shengju',
      `${REGISTRATIONS}/${input.registrationNo}`,
    );
    expect(items).toHaveLength(2);
    expect(body.hits).toHaveLength((items.length * scope.length) / 3);
    expect(body.hits.at(-1)!.start).toBe(scope.length - 3);
  });

  it('the registration is seen by its authorities and the departments told, with its reasons', async () => {
    const { input, caseIds } = await accept(product, { scope: '许可项目：农药零售。' });
    const path = `${REGISTRATIONS}/${input.registrationNo}`;
    for (const username of ['dengji', 'shengju', 'nongye', 'ducha', 'admin', 'shenji']) {
      const { status, body } = await product.get<{ hits: object[]; cases: { caseId: string }[] }>(username, path);
      expect(status).toBe(200);
      expect(body.hits).toContainEqual(expect.objectContaining({ keyword: '农药零售', clause: '农药零售' }));
      expect(body.cases.map((c) => c.caseId)).toEqual(caseIds);
    }
    for (const username of ['weijian', 'shichang'])
      expectProblem(await product.get(username, path), 'resource.not-found');
  });
});

it('a department reads why it was told, and nothing of what others were told', async () => {
  const { input } = await accept(product, { scope: '许可项目：农药零售；食品销售。' });
  const hitsFor = async (username: string) => {
    const path = `${REGISTRATIONS}/${input.registrationNo}`;
    const { body } = await product.get<{ hits: { departmentCode: string }[] }>(username, path);
    return [...new Set(body.hits.map((hit) => hit.departmentCode))].sort();
  };
  expect(await hitsFor('nongye')).toEqual(['430103-agriculture']);
  expect(await hitsFor('shichang')).toEqual(['430103-market-regulation']);
  expect(await hitsFor('dengji')).toEqual(['430103-agriculture', '430103-market-regulation']);
});

describe('while Temporal is down', () => {
  it('a registration is accepted and its cases wait in the outbox', async () => {
    const { input, caseIds } = await accept(product);
    const waiting = await product.handle.db
      .select()
      .from(outbox)
      .where(and(like(outbox.key, `start:%${input.registrationNo}%`), isNull(outbox.doneAt)));
    expect(waiting.map((row) => row.key).sort()).toEqual(caseIds.map((id) => `start:${id}`).sort());
  });

  it('the API is ready and says that Temporal is away', async () => {
    const { status, body } = await product.get(null, '/health/ready');
    expect([status, body]).toEqual([
      200,
      { database: true, temporal: false, outbox: [], interrupted: 0, clocks: { largestSkewMs: 0, readings: [] } },
    ]);
    expect((await product.get(null, '/health/live')).body).toEqual({ live: true });
  });

  it('a command is put off with the time to wait, and nothing changed', async () => {
    const { caseIds } = await accept(product);
    const [before] = await product.handle.db.select().from(cases).where(eq(cases.caseId, caseIds[0]!));
    const answer = await product.post('nongye', casePath('pushes', caseIds[0]!, 'claim'));
    const problem = expectProblem(answer, 'process.unavailable');
    expect(problem.remedy).toContain('Idempotency-Key');
    expect(answer.headers.get('retry-after')).toBe('5');
    const [after] = await product.handle.db.select().from(cases).where(eq(cases.caseId, caseIds[0]!));
    expect(after).toEqual(before);
  });
});
