/** 基础数据文件: proposed by one administrator with its difference, decided on by another, in force at once and never before. */
import iconv from 'iconv-lite';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { departments, referenceChanges, referenceProposals, users } from '../../db/schema.ts';
import { withCheckDigit } from '../../domain/uscc.ts';
import { eventually, Product } from '../support/product.ts';
import { PROPOSED, referenceFiles, type Report } from './support/reference-files.ts';
import { accept, casePath, expectProblem } from './support/requests.ts';

let product: Product;
beforeAll(async () => {
  product = await Product.start({ samples: true });
});
afterAll(() => product.close());
const { send, dry, proposed, decide, exported, lastChange } = referenceFiles(() => product);

const SECTORS = '行业代码,行业名称,职责说明\n';
const REGIONS = '区划代码,名称,级别,上级代码,登记机关\n';
const DEPARTMENTS = '部门代码,部门名称,撤销\n';

describe('a file of sectors, regions and departments', () => {
  it('is shown by a dry run and changes nothing', async () => {
    const { status, body } = await dry('sectors', `${SECTORS}civil-affairs,民政,主管社会组织\n`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ rows: 1, rejected: 0, importId: null, proposalId: null, effect: null });
    expect(body.counts).toEqual({ added: 1, changed: 0, retired: 0 });
    expect(body.difference.entries[0]!.fields).toContainEqual({ field: '行业名称', before: '', after: '民政' });
    expect(await product.handle.db.select().from(referenceProposals)).toEqual([]);
  });

  it('makes 民政 a sector, an 开发区 a region with organs of its own, and its registrations go to them', async () => {
    const sectors = await proposed(
      'sectors',
      `${SECTORS}civil-affairs,民政,主管社会组织\nmeteorology,气象,主管防雷检测\n`,
    );
    expect((await decide('fuhe', sectors)).body).toEqual({ state: 'approved' });
    const { body: known } = await product.get<{ items: { id: string; name: string }[] }>(null, '/api/v1/sectors');
    expect(known.items).toContainEqual(expect.objectContaining({ id: 'civil-affairs', name: '民政' }));

    const zone = await proposed('regions', `${REGIONS}430171,长沙经济技术开发区,开发区,430100,长沙经开区市场监管局\n`);
    // Nothing is in force before the second person has decided.
    const { body: before } = await product.get<{ items: { code: string }[] }>(null, '/api/v1/regions');
    expect(before.items.map(({ code }) => code)).not.toContain('430171');
    await decide('fuhe', zone);
    const { body: after } = await product.get<{ items: object[] }>(null, '/api/v1/regions');
    expect(after.items).toContainEqual({
      code: '430171',
      name: '长沙经济技术开发区',
      level: 'county',
      parent: '430100',
      functionalZone: true,
    });

    const organs = await proposed(
      'departments',
      `${DEPARTMENTS}430171-agriculture,长沙经开区农业局,\n430171-civil-affairs,长沙经开区民政局,\n`,
    );
    await decide('fuhe', organs);
    const { caseIds } = await accept(product, { regionCode: '430171' });
    expect(caseIds[0]).toContain('~430171-agriculture~');
    // What the zone has no organ for goes to that of its prefecture.
    const { caseIds: ofPrefecture } = await accept(product, { regionCode: '430171', scope: '许可项目：食品销售。' });
    expect(ofPrefecture[0]).toContain('~430100-market-regulation~');
    expect(await lastChange()).toMatchObject({
      subject: 'departments',
      changedBy: 'fuhe',
      reason: '湘市监函〔2026〕17号（审批：已核对）',
      after: { added: 2, proposedBy: 'admin', proposal: organs },
    });
  });

  it('gives the zone’s registering organ the rollbacks of the zone’s registrations', async () => {
    const { db } = product.handle;
    const [model] = await db.select().from(users).where(eq(users.username, 'dengji'));
    const [officer] = await db.select().from(users).where(eq(users.username, 'nongye'));
    await db.insert(users).values([
      { ...model!, username: 'jingkai-dengji', regionCode: '430171', departmentCode: '430171-registration' },
      { ...officer!, username: 'jingkai-nongye', regionCode: '430171', departmentCode: '430171-agriculture' },
    ]);
    const own = { regionCode: '430171' };
    const input = {
      registrationNo: `ZONE-${Date.now()}`,
      uscc: withCheckDigit('91430103MA5Y00170'),
      name: '经开区企业',
      scope: '许可项目：农药零售。',
      ...own,
    };
    const registered = await product.post<{ caseIds: string[] }>('jingkai-dengji', '/api/v1/registrations', input);
    expect(registered.status).toBe(201);
    const push = casePath('pushes', registered.body.caseIds[0]!, 'return');
    const returned = await eventually(
      () =>
        product.post<{ nextCaseId: string }>('jingkai-nongye', push, {
          reasonCode: 'wrong-department',
          reason: '职责已调整',
        }),
      ({ status }) => status === 200,
    );
    const rule = casePath('rollbacks', returned.body.nextCaseId, 'rule');
    const ruling = { decision: 'same', reason: '依职责' };
    expectProblem(
      await eventually(
        () => product.post('dengji', rule, ruling),
        ({ status }) => status !== 409,
      ),
      'resource.not-found',
    );
    const ruled = await eventually(
      () => product.post('jingkai-dengji', rule, ruling),
      ({ status }) => status !== 404,
    );
    expect(ruled.status).toBe(200);
  });

  it('retires a department in use: it keeps what it holds, and gets nothing more', async () => {
    const held = await accept(product);
    const id = await proposed('departments', `${DEPARTMENTS}430103-agriculture,天心区农业农村局,是\n`);
    const shown = await product.get<{ counts: object; effect: Report['effect'] }>(
      'shenji',
      `/api/v1/admin/proposals/${id}`,
    );
    expect(shown.body.counts).toEqual({ added: 0, changed: 0, retired: 1 });
    // The samples were pushed to it; the effect says to whom they would go.
    const { departments: moved } = shown.body.effect!;
    const counts = (code: string) => moved.find((row) => row.code === code);
    expect(counts('430103-agriculture')!.fewer).toBeGreaterThan(0);
    expect(counts('430100-agriculture')!.more).toBe(counts('430103-agriculture')!.fewer);
    await decide('fuhe', id);
    expect((await accept(product)).caseIds[0]).toContain('~430100-agriculture~');
    const claim = casePath('pushes', held.caseIds[0]!, 'claim');
    const claimed = await eventually(
      () => product.post('nongye', claim),
      ({ status }) => status !== 404,
    );
    expect(claimed.status).toBe(200);
    const open = await proposed('departments', `${DEPARTMENTS}430103-agriculture,天心区农业农村局,\n`);
    await decide('fuhe', open);
    expect((await accept(product)).caseIds[0]).toContain('~430103-agriculture~');
  });

  it.each([
    ['GB18030', (text: string) => Uint8Array.from(iconv.encode(text, 'gb18030'))],
    ['UTF-8 with a byte order mark', (text: string) => Uint8Array.from(Buffer.from(`\uFEFF${text}`))],
  ])('is read in %s', async (_, encoded) => {
    const { body } = await dry('sectors', encoded(`${SECTORS}fire,消防,主管消防救援\n`));
    expect(body.difference.entries.map(({ key }) => key)).toEqual(['fire']);
  });

  it('that is exported changes nothing when it is sent again, and cannot be proposed', async () => {
    for (const noun of ['sectors', 'regions', 'departments']) {
      const file = await exported(noun);
      expect((await dry(noun, file)).body).toMatchObject({ rejected: 0, counts: { added: 0, changed: 0, retired: 0 } });
      expectProblem(await send('admin', noun, file, PROPOSED), 'proposal.unchanged');
    }
  });

  it('with one bad row proposes nothing, and gives its bad rows back with their reasons', async () => {
    const rows = `${DEPARTMENTS}430103-health,天心区卫健局,\n430103-starlight,星光局,\n999999-health,无处卫健局,\n`;
    const { status, body } = await send('admin', 'departments', rows, PROPOSED);
    expect(status).toBe(200);
    expect(body).toMatchObject({ rows: 3, rejected: 2, proposalId: null });
    expect(body.faults.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '3 行业“starlight”不在行业表中，请核对，或者先导入行业',
      '4 区划代码999999不存在，请核对，或者先导入行政区划',
    ]);
    const { body: table } = await product.get<string>('admin', `/api/v1/imports/${body.importId}/rejections`);
    expect(table).toContain('430103-starlight,星光局,,3,');
    const [row] = await product.handle.db.select().from(departments).where(eq(departments.code, '430103-health'));
    expect(row!.name).toBe('天心区卫生健康主管部门');
  });

  it.each([
    ['is empty', '', 'input.empty-file'],
    ['has a header only', DEPARTMENTS, 'input.empty-file'],
    ['has other columns', '甲,乙\n1,2\n', 'input.invalid'],
    ['is no text', '\0\u0001\u0002', 'input.unsupported-encoding'],
  ] as const)('is refused where it %s', async (_, file, code) => {
    expectProblem(await dry('departments', file), code);
  });

  it('is refused where it is longer than any province’s', async () => {
    const rows = Array.from({ length: 50_001 }, (_, n) => `430103-health,局${n},`).join('\n');
    expectProblem(await dry('departments', DEPARTMENTS + rows), 'input.too-large');
  });
});

describe('a proposal', () => {
  const file = (name: string) => `${DEPARTMENTS}430104-health,${name},\n`;

  it('is one, however often the same file is sent', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => proposed('departments', file('岳麓区卫健局'))));
    expect(new Set(ids).size).toBe(1);
    expect(await proposed('departments', file('岳麓区卫生健康局'))).not.toBe(ids[0]);
  });

  it('is decided on by a second administrator of the province, once', async () => {
    const id = await proposed('departments', file('岳麓区卫健局'));
    const own = await decide('admin', id);
    expect(own.status).toBe(403);
    expectProblem(own, 'proposal.own');
    expectProblem(await decide('admin', id, 'refuse'), 'proposal.own');
    for (const who of ['shenji', 'dengji', 'nongye-lead', 'ducha'])
      expectProblem(await decide(who, id), 'access.denied');
    const all = await Promise.all(Array.from({ length: 20 }, () => decide('fuhe', id)));
    expect(all.map(({ status }) => status)).toEqual(all.map(() => 200));
    const made = sql`${referenceChanges.subject} = 'departments' and ${referenceChanges.key} = ${String(id)}`;
    expect(await product.handle.db.select().from(referenceChanges).where(made)).toHaveLength(1);
    expectProblem(await decide('fuhe', id, 'refuse'), 'proposal.decided');
    expectProblem(await decide('fuhe', 2_000_000_000), 'resource.not-found');
  });

  it('that another change overtook is told so, and made again', async () => {
    const id = await proposed('departments', file('岳麓区健康局'));
    await product.request('admin', 'PUT', '/api/v1/admin/departments/430104-health', {
      name: '岳麓区卫生局',
      reason: '更名',
    });
    expectProblem(await decide('fuhe', id), 'proposal.overtaken');
    expectProblem(await decide('fuhe', id), 'proposal.decided');
    const again = await proposed('departments', file('岳麓区健康局'));
    expect(again).not.toBe(id);
    expect((await decide('fuhe', again)).status).toBe(200);
    const { body } = await product.get<{ items: { code: string; name: string }[] }>(
      null,
      '/api/v1/departments?region=430104',
    );
    expect(body.items.find(({ code }) => code === '430104-health')!.name).toBe('岳麓区健康局');
  });

  it('of the same name for two sectors is in force for one of them', async () => {
    const ids = [
      await proposed('sectors', `${SECTORS}weather,天气,一\n`),
      await proposed('sectors', `${SECTORS}weather-too,天气,二\n`),
    ];
    expect((await decide('fuhe', ids[0]!)).status).toBe(200);
    expectProblem(await decide('fuhe', ids[1]!), 'proposal.overtaken');
  });

  it('that is refused changes nothing, and may be proposed again', async () => {
    const id = await proposed('departments', file('岳麓区不同意局'));
    expect((await decide('fuhe', id, 'refuse', '名称有误')).body).toEqual({ state: 'refused' });
    const { body } = await product.get<{ items: object[] }>('shenji', '/api/v1/admin/proposals?limit=1');
    expect(body.items).toEqual([
      expect.objectContaining({
        id,
        state: 'refused',
        decidedBy: 'fuhe',
        decisionReason: '名称有误',
        proposedBy: 'admin',
      }),
    ]);
    expect(await proposed('departments', file('岳麓区不同意局'))).not.toBe(id);
  });

  it('is never rewritten, nor decided by its proposer, whatever program tries', async () => {
    const id = await proposed('departments', file('岳麓区某局'));
    const { db } = product.handle;
    const own = eq(referenceProposals.id, id);
    await expect(db.update(referenceProposals).set({ reason: '另一依据' }).where(own)).rejects.toThrow(
      'reference_proposals',
    );
    await expect(
      db.update(referenceProposals).set({ state: 'approved', decidedBy: 'admin' }).where(own),
    ).rejects.toThrow('reference_proposals');
    await expect(db.delete(referenceProposals).where(own)).rejects.toThrow('reference_proposals');
  });

  it('is read with all that it changes, as a table', async () => {
    const id = await proposed('departments', file('岳麓区另一局'));
    const { body } = await product.get<string>('shenji', `/api/v1/admin/proposals/${id}/difference`);
    expect(body.split('\r\n').slice(1)).toEqual([
      '部门,变更,430104-health,岳麓区另一局,部门名称,岳麓区健康局,岳麓区另一局',
      '',
    ]);
    expectProblem(await product.get('nongye', `/api/v1/admin/proposals/${id}`), 'access.denied');
  });

  it('needs a reason, an administrator, and the whole province', async () => {
    expectProblem(await send('admin', 'departments', file('甲'), {}), 'input.invalid');
    for (const who of ['shenji', 'dengji', 'ducha'])
      expectProblem(await send(who, 'departments', file('甲'), PROPOSED), 'access.denied');
    const { db } = product.handle;
    const [admin] = await db.select().from(users).where(eq(users.username, 'admin'));
    await db.insert(users).values({ ...admin!, username: 'county-admin', regionCode: '430103' });
    expectProblem(await send('county-admin', 'departments', file('甲'), PROPOSED), 'access.denied');
    const id = await proposed('departments', file('甲'));
    expectProblem(await decide('county-admin', id), 'access.denied');
  });
});
