/** 基础数据: changed by an administrator only, versioned, never with effect in the past, and every process hears of it. */
import { readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishCatalogue } from '../../db/reference/changes.ts';
import { users } from '../../db/schema.ts';
import { realClock } from '../../domain/clock/clock.ts';
import type { CommandResult } from '../../domain/case/case.ts';
import type { Region } from '../../domain/organs/regions.ts';
import { catalogueSchema } from '../../domain/scope/catalogue.ts';
import type { CaseView } from '../../api/cases/view.ts';
import { eventually, Product } from '../support/product.ts';
import { accept, casePath, expectProblem } from './support/requests.ts';

const file = new URL('../../data/catalogue/post-approval.json', import.meta.url);
const catalogue = catalogueSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
const ADMIN = {
  username: 'admin',
  role: 'platform-administrator',
  regionCode: '430000',
  departmentCode: null,
} as const;

let product: Product;
beforeAll(async () => {
  product = await Product.start();
});
afterAll(() => product.close());

const put = (as: string, path: string, body: unknown) => product.request(as, 'PUT', `/api/v1/admin/${path}`, body);
const claimLimit = async (caseId: string) => {
  const { body } = await eventually(
    () => product.get<CaseView>('nongye', casePath('pushes', caseId)),
    ({ status, body: seen }) => status === 200 && seen.deadlines.length > 0,
  );
  return body.deadlines.find(({ limitId }) => limitId === 'registrationPush.claim')!.workingDays;
};
const CLAIM = 'limits/registrationPush.claim';
const SETTING = { workingDays: 5, ladder: ['due+3', 'due', 'due-1'], reason: '湘市监函〔2026〕1号' };

describe('a limit', () => {
  it('that is a norm is set for what begins afterwards; what runs keeps its own', async () => {
    const before = await accept(product);
    expect(await claimLimit(before.caseIds[0]!)).toBe(3);
    expect((await put('admin', CLAIM, SETTING)).status).toBe(200);
    const after = await accept(product);
    expect(await claimLimit(after.caseIds[0]!)).toBe(5);
    expect(await claimLimit(before.caseIds[0]!)).toBe(3);
    const { body } = await product.get<{ items: { id: string; workingDays: number }[] }>(
      'shenji',
      '/api/v1/admin/limits',
    );
    expect(body.items.find(({ id }) => id === 'registrationPush.claim')).toMatchObject({ workingDays: 5 });
    const { body: changes } = await product.get<{ items: unknown[] }>('shenji', '/api/v1/admin/changes');
    expect(changes.items[0]).toMatchObject({
      subject: 'limit',
      key: 'registrationPush.claim',
      before: { workingDays: 3 },
      after: { workingDays: 5 },
      changedBy: 'admin',
      reason: SETTING.reason,
    });
  });

  it('that was set is on record, as far back as one reads', async () => {
    for (const workingDays of [4, 5]) await put('admin', CLAIM, { ...SETTING, workingDays });
    const read = async (query: string) =>
      (await product.get<{ items: { id: number }[] }>('shenji', `/api/v1/admin/changes?${query}`)).body.items;
    const [newest, older] = await read('');
    expect(await read('limit=1')).toEqual([newest]);
    expect(await read(`limit=1&before=${newest!.id}`)).toEqual([older]);
  });

  it('that is statutory keeps its number, whatever its ladder', async () => {
    const path = 'limits/registrationPush.aggregation';
    const refused = expectProblem(await put('admin', path, { ...SETTING, workingDays: 9 }), 'limit.statutory');
    expect(refused.article).toBe('第七条第三款');
    expect((await put('admin', path, { ...SETTING, workingDays: 7 })).status).toBe(200);
    await put('admin', path, { ...SETTING, workingDays: 7, ladder: ['due-2', 'due-1', 'due', 'due+3'] });
  });

  it.each([
    ['poolEntry.claim', '没有承办部门'],
    ['correction.execution', '平台运行管理部门'],
    ['supervision.reply', '督办事项'],
    ['supervision.closing', '督办事项'],
  ])('%s reaches no supervision, for nobody could be supervised', async (limitId, why) => {
    const refused = await put('admin', `limits/${limitId}`, SETTING);
    const problem = expectProblem(refused, 'limit.supervises-nobody');
    expect(problem.detail).toContain(why);
    expect(problem.article).toBe('第十七条');
    const kept = await put('admin', `limits/${limitId}`, { ...SETTING, ladder: ['due-1', 'due'] });
    expect(kept.status).toBe(200);
  });

  it('loses neither its breach nor its supervision, whatever is taken off its ladder', async () => {
    const path = 'limits/correction.application';
    for (const ladder of [[], ['due-1'], ['due'], ['due+3']]) {
      const refused = await put('admin', path, { ...SETTING, workingDays: 3, ladder });
      expect(expectProblem(refused, 'limit.ladder-incomplete').article).toBe('第十七条');
    }
    expect((await put('admin', path, { ...SETTING, workingDays: 3, ladder: ['due+3', 'due', 'due'] })).status).toBe(
      200,
    );
    const { body } = await product.get<{ items: { id: string; ladder: string[] }[] }>('admin', '/api/v1/admin/limits');
    expect(body.items.find(({ id }) => id === 'correction.application')!.ladder).toEqual(['due', 'due+3']);
  });

  it('is set by nobody else, nor without a reason, nor with unknown rungs', async () => {
    for (const who of ['dengji', 'nongye-lead', 'ducha', 'shenji'])
      expectProblem(await put(who, CLAIM, SETTING), 'access.denied');
    expectProblem(await put('admin', CLAIM, { ...SETTING, reason: ' ' }), 'input.invalid');
    expectProblem(await put('admin', CLAIM, { ...SETTING, ladder: ['due+9'] }), 'input.invalid');
    expectProblem(await put('admin', 'limits/none', SETTING), 'input.invalid');
  });
});

describe('a catalogue', () => {
  const edition = (version: string, keyword: string) => ({
    ...catalogue,
    version,
    items: catalogue.items.map((item, index) =>
      index === 0 ? { ...item, synonyms: [...item.synonyms, keyword] } : item,
    ),
  });

  it('matches what comes afterwards; what was matched keeps its version', async () => {
    const scope = '许可项目：星际货运代办。';
    const before = await accept(product, { scope });
    expect(before.items).toEqual([]);
    const published = await product.post('admin', '/api/v1/admin/catalogues', {
      catalogue: edition('2027.1', '星际货运代办'),
      reason: '湘市监函〔2026〕2号',
    });
    expect(published.status).toBe(201);
    expect((await accept(product, { scope })).items).toEqual([catalogue.items[0]!.id]);
    const { body } = await product.get<{ catalogueVersion: string }>(
      'shengju',
      `/api/v1/registrations/${before.registrationNo}`,
    );
    expect(body.catalogueVersion).toBe(catalogue.version);
    const again = await product.post('admin', '/api/v1/admin/catalogues', {
      catalogue: edition('2027.1', 'x'),
      reason: '重复',
    });
    expectProblem(again, 'input.invalid');
    const taken = { catalogue: edition('2027.1', '另一词'), reason: '重复' };
    expectProblem(await product.post('admin', '/api/v1/admin/catalogues', taken), 'catalogue.version-taken');
  });

  it('that another process published is heard of', async () => {
    const { db } = product.handle;
    await publishCatalogue({ db, clock: realClock }, ADMIN, edition('2027.2', '深海种植代办'), '另一进程');
    const heard = await eventually(
      () => product.get<{ version: string }>(null, '/api/v1/catalogue'),
      ({ body }) => body.version === '2027.2',
    );
    expect(heard.status).toBe(200);
  });
});

describe('what is one for the whole province', () => {
  it('is changed by no administrator of a county', async () => {
    const { db } = product.handle;
    const [admin] = await db.select().from(users).where(eq(users.username, 'admin'));
    await db.insert(users).values({ ...admin!, username: 'county-admin', regionCode: '430103' });
    const asCounty = async (method: string, path: string, body: unknown) => {
      const signedIn = await product.post<{ token: string }>(null, '/api/v1/session', {
        username: 'county-admin',
        password: 'xietong-demo',
      });
      const authorization = `Bearer ${signedIn.body.token}`;
      return product.request(null, method, path, body, { authorization });
    };
    const closure = { restDays: ['2026-12-30'], title: '临时放假', reason: '通知' };
    for (const [method, path, body] of [
      ['PUT', `/api/v1/admin/${CLAIM}`, { ...SETTING, ladder: ['due', 'due+3'] }],
      ['POST', '/api/v1/admin/catalogues', { catalogue: { ...catalogue, version: '2099.1' }, reason: '依据' }],
      ['POST', '/api/v1/admin/calendars/closures?dryRun=true', closure],
      ['POST', '/api/v1/dead-letters/replay-all', {}],
    ] as const) {
      const refused = await asCounty(method, path, body);
      expect(expectProblem(refused, 'access.denied').article).toBe('第四条第一款');
    }
  });

  it('of which an old catalogue’s content can still be read', async () => {
    const path = '/api/v1/admin/catalogues';
    const { body } = await product.get<{ catalogue: { items: unknown[] } }>('shenji', `${path}/${catalogue.version}`);
    expect(body.catalogue.items).toHaveLength(catalogue.items.length);
    expectProblem(await product.get('shenji', `${path}/none`), 'resource.not-found');
    expectProblem(await product.get('nongye', `${path}/${catalogue.version}`), 'access.denied');
  });
});

describe('a department', () => {
  it('and its region are found by whoever applies for an account, without sign-in', async () => {
    const regions = await product.get<{ items: Region[] }>(null, '/api/v1/regions');
    expect(regions.status).toBe(200);
    expect(regions.body.items[0]).toMatchObject({ code: '430000', level: 'province', parent: null });
    const known = new Set<string | null>([null]);
    for (const { code, parent } of regions.body.items) {
      expect(known).toContain(parent);
      known.add(code);
    }
    const departments = await product.get<{ items: { code: string; retired: boolean }[] }>(
      null,
      '/api/v1/departments?region=430103',
    );
    expect(departments.body.items).toContainEqual(
      expect.objectContaining({ code: '430103-agriculture', regionCode: '430103', retired: false }),
    );
    expectProblem(await product.get(null, '/api/v1/departments?region=43'), 'input.invalid');
  });

  it('that is retired is pushed nothing more, keeps what it holds, and may be opened again', async () => {
    const held = await accept(product);
    await claimLimit(held.caseIds[0]!);
    const retire = { name: '天心区农业农村主管部门', retired: true, reason: '机构改革' };
    expect((await put('admin', 'departments/430103-agriculture', retire)).status).toBe(200);
    const { caseIds } = await accept(product);
    expect(caseIds[0]).toContain('~430100-agriculture~');
    expect((await product.post('nongye', casePath('pushes', held.caseIds[0]!, 'claim'))).status).toBe(200);
    await put('admin', 'departments/430103-agriculture', { ...retire, retired: false, reason: '恢复' });
    expect((await accept(product)).caseIds[0]).toContain('~430103-agriculture~');
  });

  it('that is retired is named by no ruling', async () => {
    const { caseIds } = await accept(product);
    await claimLimit(caseIds[0]!);
    const reason = { reasonCode: 'wrong-department', reason: '职责已调整' };
    const returned = await product.post<CommandResult>('nongye', casePath('pushes', caseIds[0]!, 'return'), reason);
    const rule = casePath('rollbacks', returned.body.nextCaseId!, 'rule');
    const name = (retired: boolean) => ({ name: '天心区某部门', retired, reason: '机构改革' });
    for (const code of ['430103-health', '430103-agriculture']) await put('admin', `departments/${code}`, name(true));
    const other = { decision: 'other', departmentCode: '430103-health', reason: '依职责' };
    for (const ruling of [other, { decision: 'same', reason: '依职责' }]) {
      const refused = await eventually(
        () => product.post('dengji', rule, ruling),
        ({ status }) => status !== 404,
      );
      expect(expectProblem(refused, 'department.unknown').detail).toContain('已撤销');
    }
    for (const code of ['430103-health', '430103-agriculture']) await put('admin', `departments/${code}`, name(false));
  });

  it('of no region, or by nobody entitled, is refused', async () => {
    const body = { name: '甲', reason: '依据' };
    expectProblem(await put('admin', 'departments/999999-agriculture', body), 'region.unknown');
    expectProblem(await put('admin', 'departments/x', body), 'input.invalid');
    expectProblem(await put('shengju', 'departments/430103-agriculture', body), 'access.denied');
  });
});
