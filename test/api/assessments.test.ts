/** 考核 (第十六条): the API, the command and a calculation by hand agree, whoever asks and however often. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReproducibleAssessment } from '../../db/queries/assessment.ts';
import type { Assessment } from '../../api/routes/assessments.ts';
import { auditLog } from '../../db/schema.ts';
import { endOfDay } from '../../domain/clock/calendar.ts';
import { onOneDay, today } from '../support/day.ts';
import { eventually, Product } from '../support/product.ts';
import { accept, casePath, expectProblem, newcomer, withToken } from './support/requests.ts';

const MONTH = '2026-03';
const PATH = '/api/v1/assessments';
const AGRICULTURE = '430103-agriculture';
const LIMIT = { limitId: 'registrationPush.feedback', kind: 'statutory', workingDays: 7, dueDate: '2026-03-31' };

describe('assessment', () => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.start();
    await pushOf('a', AGRICULTURE, [settle('2026-03-10T12:00:00+08:00', AGRICULTURE)]);
    await pushOf('b', AGRICULTURE, [settle('2026-03-11T12:00:00+08:00', AGRICULTURE)]);
    // The limit ends with the month; its timer ran two days later, and it was made good after that.
    const rung = { at: new Date('2026-04-02T03:00:00Z'), action: 'rung:due', actorDepartment: null };
    const dueAt = new Date(endOfDay('2026-03-31')).toISOString();
    await pushOf('c', AGRICULTURE, [
      { ...rung, after: { limitId: LIMIT.limitId, dueAt, answering: AGRICULTURE } },
      settle('2026-04-03T12:00:00+08:00', AGRICULTURE),
    ]);
    await pushOf('d', '430104-health', [settle('2026-03-12T12:00:00+08:00', '430104-health')]);
  });
  afterAll(() => product.close());
  beforeEach(onOneDay);

  const settle = (at: string, actorDepartment: string) => ({
    at: new Date(at),
    action: 'feedBack',
    actorDepartment,
    after: { stage: 'fedBack', limits: [{ ...LIMIT, change: 'settle', usedDays: 4, answering: actorDepartment }] },
  });

  async function pushOf(caseId: string, departmentCode: string, deeds: Partial<typeof auditLog.$inferInsert>[]) {
    const after = { caseType: 'registrationPush', departmentCode, limits: [{ ...LIMIT, change: 'arm' }] };
    const open = { at: new Date('2026-03-02T04:00:00Z'), action: 'open', after };
    const rows = [open, ...deeds].map((row, index) => ({
      actor: 'system',
      actorRole: 'system' as const,
      article: '第七条第三款',
      at: open.at,
      action: '',
      ...row,
      caseId: `push~assess-${caseId}`,
      step: index + 1,
    }));
    await product.handle.db.insert(auditLog).values(rows);
  }

  const read = (as: string, query: string) => product.get<ReproducibleAssessment>(as, `${PATH}?${query}`);

  async function command(...args: string[]): Promise<string> {
    const env = { ...process.env, DATABASE_URL: product.databaseUrl };
    const run = promisify(execFile);
    return (await run('node', ['--import', 'tsx', 'scripts/assess.ts', ...args], { env })).stdout;
  }

  it('is computed once at a time, however many ask', async () => {
    const { db } = product.handle;
    const transaction = db.transaction.bind(db);
    let [running, most] = [0, 0];
    const spy = vi.spyOn(db, 'transaction').mockImplementation(async (work, config) => {
      if (config?.accessMode !== 'read only') return transaction(work, config);
      running += 1;
      most = Math.max(most, running);
      return transaction(work, config).finally(() => (running -= 1));
    });
    const asked = ['ducha', 'nongye', 'ducha', 'nongye'].map((as) => read(as, `month=${MONTH}`));
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    spy.mockRestore();
    expect(most).toBe(1);
  });

  it('is the same by hand, by API and by command', async () => {
    const { status, body } = await read('ducha', `month=${MONTH}`);
    expect(status).toBe(200);
    // Two of three statutory limits kept; nothing else to judge, nothing deducted: 66.7.
    expect(body.departments).toMatchObject([
      {
        departmentCode: AGRICULTURE,
        score: 66.7,
        breaches: 1,
        shares: { statutory: { total: 3, good: 2 } },
        usedDays: 8,
        allowedDays: 14,
      },
    ]);
    expect(body.regions).toEqual([{ regionCode: '430103', departments: 1, breaches: 1, score: 66.7 }]);
    expect(JSON.parse(await command('--month', MONTH, '--region', '430103', '--json'))).toEqual(body);
    const table = await command('--month', MONTH, '--region', '430103');
    expect(table).toContain(body.digest);
    expect(table).toContain('66.7\t2/3');
  });

  it('another department’s rows change nothing, neither score nor digest', async () => {
    const before = (await read('ducha', `month=${MONTH}`)).body;
    await pushOf('e', '430104-health', [settle('2026-03-12T12:00:00+08:00', '430104-health')]);
    expect((await read('ducha', `month=${MONTH}`)).body).toEqual(before);
    const province = (await read('admin', `month=${MONTH}`)).body;
    expect(province.departments.map(({ departmentCode }) => departmentCode)).toEqual([AGRICULTURE, '430104-health']);
    expect(province.digest).not.toBe(before.digest);
  });

  it('what happens after the month leaves it as it was', async () => {
    const before = (await read('ducha', `month=${MONTH}`)).body;
    const later = { ...settle('2026-05-05T12:00:00+08:00', AGRICULTURE), caseId: 'push~assess-a', step: 9 };
    await product.handle.db.insert(auditLog).values({ ...later, actor: 'x', actorRole: 'auditor', article: '—' });
    expect((await read('ducha', `month=${MONTH}`)).body).toEqual(before);
    expect((await read('ducha', 'month=2026-04')).body.departments).toEqual([]);
  });

  it('a breach that is taken back in a later month does not count in its own, and the other figures stay', async () => {
    const departmentCode = '430181-health';
    const dueAt = new Date(endOfDay('2026-03-31')).toISOString();
    const breach = { limitId: LIMIT.limitId, dueAt, answering: departmentCode };
    await pushOf('f', departmentCode, [{ at: new Date(dueAt), action: 'rung:due', after: breach }]);
    const of = async () => (await read('admin', `month=${MONTH}&region=430181`)).body.departments;
    expect(await of()).toMatchObject([{ departmentCode, breaches: 1, score: 0 }]);
    const withdrawn = { at: new Date('2026-04-01T03:00:00Z'), action: 'breach.withdrawn', after: breach };
    await product.handle.db
      .insert(auditLog)
      .values({ ...withdrawn, caseId: 'push~assess-f', step: 3, actor: 'system', actorRole: 'system', article: '—' });
    expect(await of()).toEqual([]);
  });

  it('is told by page, in the order asked for', async () => {
    const scores = async (query: string) => {
      const { body } = await read('shenji', `month=${MONTH}&${query}`);
      return (body as unknown as Assessment).departments.map(({ score }) => score);
    };
    const { body } = await read('shenji', `month=${MONTH}&pageSize=1&page=2`);
    expect(body).toMatchObject({ departmentCount: 2, departments: [{ departmentCode: '430104-health' }] });
    expect(body.regions).toHaveLength(2);
    expect(await scores('order=score')).toEqual([66.7, 100]);
    expect(await scores('order=-score')).toEqual([100, 66.7]);
    expect(await scores('order=-score&pageSize=1&page=2')).toEqual([66.7]);
    expect(await scores('page=2')).toEqual([]);
  });

  it('a department sees its own row, a supervisor no other region', async () => {
    const ownRow = (await read('nongye', `month=${MONTH}`)).body;
    expect(ownRow.departments).toMatchObject([{ departmentCode: AGRICULTURE }]);
    expect(JSON.parse(await command('--month', MONTH, '--department', AGRICULTURE, '--json'))).toEqual(ownRow);
    expect((await read('weijian', `month=${MONTH}&region=430104`)).body.departments).toEqual([]);
    expectProblem(await read('ducha', `month=${MONTH}&region=430104`), 'access.denied');
    const neighbour = await newcomer(product, 'ducha-104', { role: 'supervisor', regionCode: '430104' });
    const own = await withToken<ReproducibleAssessment>(product, neighbour, 'GET', `${PATH}?month=${MONTH}`);
    expect(own.body.departments.map(({ departmentCode }) => departmentCode)).toEqual(['430104-health']);
    expectProblem(await read('dengji', `month=${MONTH}`), 'access.denied');
    expectProblem(await product.get(null, `${PATH}?month=${MONTH}`), 'auth.required');
  });

  it('without a month is of the one that the platform’s clock shows', async () => {
    const month = today().slice(0, 7);
    expect((await read('ducha', '')).body.month).toBe(month);
    const { headers } = await product.get('ducha', `${PATH}/export`);
    expect(headers.get('content-disposition')).toContain(`assessment-${month}.csv`);
  });

  it.each(['month=2026-13', 'month=2016-10', 'month=2026-3', `month=${MONTH}&region=43`])(
    '“%s” is refused',
    async (query) => {
      expectProblem(await read('ducha', query), 'input.invalid');
    },
  );

  it('goes into a table', async () => {
    const { body, headers } = await product.get<string>('ducha', `${PATH}/export?month=${MONTH}`);
    expect(headers.get('content-disposition')).toContain('assessment-2026-03.csv');
    const [head, line] = body.split('\r\n');
    expect(head).toContain('部门代码,部门,得分');
    expect(line).toMatch(/^430103-agriculture,[^,]+,66\.7,2\/3,—,—,—,1,4\.0\/7\.0,0,0,0$/);
  });

  it('needs nothing but the log that running cases leave', async () => {
    const { caseIds } = await accept(product);
    const caseId = caseIds[0]!;
    const push = (verb: string, body: object = {}) => product.post('nongye', casePath('pushes', caseId, verb), body);
    await eventually(
      () => push('claim'),
      ({ status }) => status === 200,
    );
    await push('feedback', { outcome: 'not-applied' });
    const { body } = await read('nongye', `month=${today().slice(0, 7)}`);
    expect(body.departments).toMatchObject([
      {
        departmentCode: AGRICULTURE,
        score: 100,
        shares: { statutory: { total: 0, good: 0 }, norm: { total: 2, good: 2 } },
        allowedDays: 10,
        usedDays: 0,
      },
    ]);
  });

  it('the command says what it cannot read', async () => {
    await expect(command('--month', '2026-3')).rejects.toMatchObject({ code: 2 });
    await expect(command('--month', MONTH, '--region', 'x')).rejects.toMatchObject({ code: 2 });
    await expect(command('--nonsense')).rejects.toMatchObject({ code: 2 });
  });
});
