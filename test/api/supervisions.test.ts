/** 督查督办 through HTTP (第十六条、第十七条): opened by a supervisor, answered, rectified, closed. */
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { caseDetailSchema } from '../../api/cases/detail.ts';
import { auditLog, cases, deadlines, outbox, rungs } from '../../db/schema.ts';
import type { OpenedSupervision } from '../../db/intake/supervisions.ts';
import type { z } from 'zod';
import type { CommandResult } from '../../domain/case/case.ts';
import { WITHDRAWN } from '../../domain/clock/limits.ts';
import { eventually, Product } from '../support/product.ts';
import { accept, casePath, expectProblem, newcomer, withToken } from './support/requests.ts';

type CaseDetail = z.infer<typeof caseDetailSchema>;

const SUPERVISIONS = '/api/v1/supervisions';
const AGRICULTURE = '430103-agriculture';
const MATTER = '实施联合惩戒而不执行惩戒措施';
const FEEDBACK = 'registrationPush.feedback';

describe('supervision through the API', () => {
  let product: Product;
  let uscc: string;
  /** Token of another county's supervisor. */
  let neighbour: string;
  let serial = 0;
  beforeAll(async () => {
    product = await Product.start();
    ({
      input: { uscc },
    } = await accept(product));
    neighbour = await newcomer(product, 'ducha-next', { role: 'supervisor', regionCode: '430104' });
  });
  afterAll(() => product.close());

  const direct = (more: object = {}) => {
    serial += 1;
    return {
      number: `天督〔2026〕${process.pid}-${serial}号`,
      departmentCode: AGRICULTURE,
      uscc,
      matter: MATTER,
      ...more,
    };
  };
  const open = (body: object, as = 'ducha') => product.post<OpenedSupervision>(as, SUPERVISIONS, body);
  const detail = (caseId: string, as = 'ducha') => product.get<CaseDetail>(as, casePath('supervisions', caseId));
  const command = (as: string, caseId: string, verb: string, body: object = {}) =>
    product.post<CommandResult>(as, casePath('supervisions', caseId, verb), body);

  /** A push that the database shows as overdue for feedback. */
  async function overdue() {
    const { caseIds } = await accept(product);
    const caseId = caseIds[0]!;
    const ofCase = eq(deadlines.caseId, caseId);
    const { db } = product.handle;
    await eventually(
      () => db.select().from(deadlines).where(ofCase),
      (rows) => rows.length === 2,
    );
    const early = await open({ originCaseId: caseId, limitId: FEEDBACK, matter: MATTER });
    expectProblem(early, 'supervision.not-overdue');
    await db
      .update(deadlines)
      .set({ dueAt: sql`now() - interval '1 day'` })
      .where(ofCase);
    return caseId;
  }

  it('goes from opening through rectification to its end', async () => {
    const { caseId } = (await open(direct())).body;
    await eventually(
      () => detail(caseId),
      ({ body }) => body.deadlines.length > 0,
    );
    expect((await command('nongye-lead', caseId, 'accept')).body).toMatchObject({ stage: 'accepted', late: false });
    const replied = await command('nongye-lead', caseId, 'reply', { explanation: '经办人更换' });
    expect(replied.body).toMatchObject({ stage: 'replied' });
    expectProblem(await command('nongye-lead', caseId, 'close', { finding: '好' }), 'access.denied');
    await command('ducha', caseId, 'order-rectification', { requirement: '专人负责' });
    // 通报批评 is the government's, on a ground of the record (test/api/criticism.test.ts).
    expectProblem(await command('ducha', caseId, 'criticise', { text: '通报批评' }), 'access.denied');
    await command('nongye-lead', caseId, 'report-rectification', { report: '已落实' });
    await command('ducha', caseId, 'close', { finding: '整改到位' });
    const { body } = await detail(caseId);
    expect(body).toMatchObject({
      status: 'closed',
      stageTitle: '已办结',
      facts: { matter: MATTER, finding: '整改到位' },
    });
    expect(body.audit.map(({ title, actor, article }) => [title, actor, article])).toEqual([
      ['立项督办', 'ducha', '第十七条'],
      ['立项', 'system', '第十七条'],
      ['签收', 'nongye-lead', '第十七条'],
      ['答复', 'nongye-lead', '第十七条'],
      ['责令整改', 'ducha', '第十七条'],
      ['报告整改情况', 'nongye-lead', '第十七条'],
      ['办结', 'ducha', '第十七条'],
    ]);
    expectProblem(await command('nongye-lead', caseId, 'accept'), 'case.closed');
  });

  it('is opened once under a number, asked fifty times at once', async () => {
    const body = direct();
    const answers = await Promise.all(Array.from({ length: 50 }, () => open(body)));
    expect(answers.map(({ body: { result } }) => result).sort()).toEqual([
      ...Array<string>(49).fill('duplicate'),
      'opened',
    ]);
    const [{ caseId }] = answers.map((answer) => answer.body) as [OpenedSupervision];
    const { db } = product.handle;
    expect(await db.select().from(cases).where(eq(cases.caseId, caseId))).toHaveLength(1);
    expect(
      await db
        .select()
        .from(outbox)
        .where(eq(outbox.key, `start:${caseId}`)),
    ).toHaveLength(1);
    const ordered = await db.select().from(auditLog).where(eq(auditLog.caseId, caseId));
    expect(ordered.filter(({ action }) => action === 'order')).toHaveLength(1);
  });

  it('a number that stands for another matter is refused', async () => {
    const body = direct();
    await open(body);
    const problem = expectProblem(await open({ ...body, matter: '其他事由' }), 'supervision.exists');
    expect(problem.article).toBe('第十七条');
    expectProblem(await open({ ...body, departmentCode: '430103-health' }), 'supervision.exists');
  });

  it('of an overdue limit is the case that the ladder would open, and shows how its origin stands', async () => {
    const originCaseId = await overdue();
    const body = { originCaseId, limitId: FEEDBACK, matter: MATTER };
    const { caseId } = (await open(body)).body;
    expect(caseId).toBe(`supervision~${FEEDBACK}~${originCaseId}`);
    expect((await open(body)).body).toEqual({ result: 'duplicate', caseId });
    expectProblem(await open({ ...body, matter: '其他事由' }), 'supervision.exists');
    expect((await detail(caseId, 'nongye-lead')).body.origin).toMatchObject({ stageTitle: '待认领', settledAt: null });
    const push = (verb: string, more: object = {}) =>
      product.post('nongye', casePath('pushes', originCaseId, verb), more);
    await push('claim');
    await push('feedback', { outcome: 'not-applied' });
    const { origin, stage } = (await detail(caseId)).body;
    expect(origin).toMatchObject({ caseId: originCaseId, stageTitle: '已反馈', settledAt: expect.any(String) });
    expect(stage).toBe('opened');
  });

  it('of a limit that began again is about the overdue term, or otherwise the last one that was', async () => {
    const originCaseId = await overdue();
    const body = { originCaseId, limitId: FEEDBACK, matter: MATTER };
    const { db } = product.handle;
    const term = (change: object) => db.update(deadlines).set(change).where(eq(deadlines.caseId, originCaseId));
    const past = new Date(Date.now() - 86_400_000);
    await db
      .insert(rungs)
      .values({ caseId: originCaseId, limitId: FEEDBACK, rung: 'due', ladder: 1, dueAt: past, firedAt: past });
    await term({ ladder: 2, breachedAt: past, dueAt: new Date(Date.now() + 86_400_000) });
    expect((await open(body)).body.caseId).toBe(`supervision~${FEEDBACK}~${originCaseId}`);
    await term({ dueAt: past });
    expect((await open(body)).body.caseId).toBe(`supervision~${FEEDBACK}~2~${originCaseId}`);
  });

  it('of a breach that a new calendar took back is refused', async () => {
    const originCaseId = await overdue();
    const { db } = product.handle;
    const [past, ahead] = [-1, 1].map((days) => new Date(Date.now() + days * 86_400_000)) as [Date, Date];
    const fired = { caseId: originCaseId, limitId: FEEDBACK, ladder: 1, dueAt: past, firedAt: past } as const;
    await db.insert(rungs).values([
      { ...fired, rung: 'due' },
      { ...fired, rung: WITHDRAWN },
    ]);
    await db.update(deadlines).set({ ladder: 2, dueAt: ahead }).where(eq(deadlines.caseId, originCaseId));
    expectProblem(await open({ originCaseId, limitId: FEEDBACK, matter: MATTER }), 'supervision.not-overdue');
  });

  it('supervision is not supervised, and neither is a duty that is no department’s', async () => {
    const { caseId } = (await open(direct())).body;
    const own = { originCaseId: caseId, limitId: 'supervision.reply', matter: MATTER };
    expectProblem(await open(own), 'input.invalid');
    const { caseIds } = await accept(product, { scope: '许可项目：软件开发。' });
    expectProblem(await open({ ...own, originCaseId: caseIds[0], limitId: 'poolEntry.claim' }), 'input.invalid');
  });

  it('what is unknown or outside the region is refused', async () => {
    expectProblem(await open(direct({ departmentCode: '430103-nobody' })), 'department.unknown');
    expectProblem(await open(direct({ departmentCode: '430104-agriculture' })), 'access.denied');
    expectProblem(await open(direct({ uscc: '91350100M000100Y43' })), 'resource.not-found');
    expectProblem(await open(direct({ number: '1~2' })), 'input.invalid');
    expectProblem(await open(direct({ matter: ' ' })), 'input.invalid');
    const originCaseId = await overdue();
    const other = { originCaseId, limitId: FEEDBACK, matter: MATTER };
    expectProblem(await withToken(product, neighbour, 'POST', SUPERVISIONS, other), 'resource.not-found');
    expectProblem(await open({ ...other, limitId: 'rollback.ruling' }), 'resource.not-found');
    expectProblem(await open({ ...other, limitId: 'constructor' }), 'input.invalid');
  });

  it.each(['dengji', 'nongye', 'nongye-lead', 'admin', 'shenji'])('%s opens no supervision', async (username) => {
    expectProblem(await open(direct(), username), 'access.denied');
  });

  it('nobody opens one without signing in', async () => {
    expectProblem(await product.post(null, SUPERVISIONS, direct()), 'auth.required');
  });
});
