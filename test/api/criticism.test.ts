/** 通报批评 (第十六条) through HTTP: on what the record holds, by the government of the level or by its document. */
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseView } from '../../api/cases/view.ts';
import type { TaskPage } from '../../api/routes/tasks.ts';
import { deadlines } from '../../db/schema.ts';
import type { OpenedSupervision } from '../../db/intake/supervisions.ts';
import type { CommandResult } from '../../domain/case/case.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { Product } from '../support/product.ts';
import { upload } from './support/attachments.ts';
import { accept, begunCase, casePath, expectProblem, newcomer, withToken } from './support/requests.ts';

const REASON = { reason: '督办逾期未签收' };
const OPINION = { opinion: '交接遗漏' };
const TEXT = { text: '对逾期不签收督办事项予以通报批评' };

describe('criticism through the API (第十六条)', () => {
  let product: Product;
  let uscc: string;
  /** Tokens of governments of other places. */
  let neighbour: string;
  let above: string;
  let serial = 0;
  beforeAll(async () => {
    product = await Product.start();
    ({
      input: { uscc },
    } = await accept(product));
    neighbour = await newcomer(product, 'zhengfu-next', { role: 'government', regionCode: '430104' });
    above = await newcomer(product, 'zhengfu-above', { role: 'government', regionCode: '430100' });
  });
  afterAll(() => product.close());

  const command = (as: string, caseId: string, verb: string, body: object = {}) =>
    product.post<CommandResult>(as, casePath('supervisions', caseId, verb), body);
  const detail = async (as: string, caseId: string) =>
    (await product.get<CaseView>(as, casePath('supervisions', caseId))).body;

  async function opened(): Promise<string> {
    serial += 1;
    const number = `天督批〔2026〕${process.pid}-${serial}号`;
    const order = { number, departmentCode: '430103-agriculture', uscc, matter: '不执行惩戒措施' };
    const { body } = await product.post<OpenedSupervision>('ducha', '/api/v1/supervisions', order);
    await begunCase(product, 'ducha', 'supervisions', body.caseId);
    return body.caseId;
  }

  /** A supervision whose acceptance has passed, as the record shows it. */
  async function unanswered(): Promise<string> {
    const caseId = await opened();
    await product.handle.db
      .update(deadlines)
      .set({ dueAt: sql`now() - interval '1 minute'`, dueDate: '2026-01-05' })
      .where(eq(deadlines.caseId, caseId));
    return caseId;
  }

  async function heard(): Promise<string> {
    const caseId = await unanswered();
    expect((await command('ducha', caseId, 'propose-criticism', REASON)).status).toBe(200);
    expect((await command('nongye-lead', caseId, 'state-opinion', OPINION)).status).toBe(200);
    return caseId;
  }

  const uploaded = async (as: string) => (await upload(product, as, '决定.pdf')).body.id;

  it('is not proposed without a breach on record or an unanswered order, whatever the sender says', async () => {
    const caseId = await opened();
    const problem = expectProblem(await command('ducha', caseId, 'propose-criticism', REASON), 'criticism.no-ground');
    expect(problem).toMatchObject({ article: '第十六条' });
    const grounds = [{ limitId: 'supervision.acceptance', term: 1, dueDate: '2026-01-05' }];
    expectProblem(await command('ducha', caseId, 'propose-criticism', { ...REASON, grounds }), 'input.invalid');
    expect((await detail('ducha', caseId)).facts['criticism']).toBeUndefined();
  });

  it('is proposed on the record’s grounds, heard, and decided by the government of the level, whose task it is', async () => {
    const caseId = await unanswered();
    expectProblem(await command('zhengfu', caseId, 'propose-criticism', REASON), 'access.denied');
    await command('ducha', caseId, 'propose-criticism', REASON);
    expect((await detail('ducha', caseId)).facts['criticism']).toMatchObject({
      state: 'proposed',
      grounds: [{ limitId: 'supervision.acceptance', term: 1, dueDate: expect.any(String) as string }],
    });
    expectProblem(await command('zhengfu', caseId, 'criticise', TEXT), 'criticism.not-heard');
    await command('nongye-lead', caseId, 'state-opinion', OPINION);
    const tasks = async (as: string) =>
      (await product.get<TaskPage>(as, '/api/v1/tasks?limit=200')).body.items.map((one) => one.caseId);
    expect(await tasks('zhengfu')).toContain(caseId);
    const path = casePath('supervisions', caseId, 'criticise');
    expectProblem(await withToken(product, neighbour, 'POST', path, TEXT), 'resource.not-found');
    expectProblem(await withToken(product, above, 'POST', path, TEXT), 'access.denied');
    expectProblem(await command('ducha', caseId, 'criticise', TEXT), 'access.denied');
    const offered = (await detail('zhengfu', caseId)).actions.filter(({ allowed }) => allowed);
    expect(offered.map(({ action }) => action)).toEqual(['criticise', 'declineCriticism']);
    const personal = { text: '经办人430103199003070019逾期' };
    expectProblem(await command('zhengfu', caseId, 'criticise', personal), 'input.invalid');
    expect((await command('zhengfu', caseId, 'criticise', TEXT)).body).toMatchObject({ stage: 'opened' });
    expect(await tasks('zhengfu')).not.toContain(caseId);
  });

  it('declined, the same grounds carry no other proposal', async () => {
    const caseId = await heard();
    await command('zhengfu', caseId, 'decline-criticism', { reason: '已补办' });
    const again = expectProblem(await command('ducha', caseId, 'propose-criticism', REASON), 'criticism.no-ground');
    expect(again.detail).toContain('不予通报批评');
  });

  it('is not given once its breach is gone from the record', async () => {
    const caseId = await heard();
    await product.handle.db
      .update(deadlines)
      .set({ dueAt: sql`now() + interval '9 days'` })
      .where(eq(deadlines.caseId, caseId));
    expectProblem(await command('zhengfu', caseId, 'criticise', TEXT), 'criticism.no-ground');
    expect((await command('zhengfu', caseId, 'decline-criticism', { reason: '逾期已撤销' })).status).toBe(200);
  });

  it('the document is that of the same-level government, dated after the hearing, with its file', async () => {
    const caseId = await heard();
    const decidedOn = legalDateOf(Date.now());
    const document = async (more: object = {}) => ({
      organ: '长沙市天心区人民政府',
      documentNo: '天政通〔2026〕9号',
      decidedOn,
      ...TEXT,
      attachmentIds: [await uploaded('ducha')],
      ...more,
    });
    const record = async (more: object = {}, as = 'ducha') =>
      command(as, caseId, 'record-criticism', await document(more));
    for (const organ of ['长沙市人民政府', '天心区市场监督管理局', '芙蓉区人民政府']) {
      expectProblem(await record({ organ }), 'criticism.document-refused');
    }
    expectProblem(await record({ decidedOn: '2026-01-02' }), 'criticism.document-refused');
    expectProblem(await record({ decidedOn: '2999-01-02' }), 'criticism.document-refused');
    expectProblem(await record({ attachmentIds: [] }), 'input.invalid');
    expectProblem(await record({ documentNo: '' }), 'input.invalid');
    expectProblem(await record({ attachmentIds: [await uploaded('nongye')] }), 'attachment.unknown');
    expectProblem(await record({}, 'nongye-lead'), 'access.denied');
    const file = await uploaded('ducha');
    expect((await record({ attachmentIds: [file] })).status).toBe(200);
    const listed = await product.get<{ items: { id: string }[] }>(
      'zhengfu',
      `/api/v1/attachments?caseId=${encodeURIComponent(caseId)}`,
    );
    expect(listed.body.items.map(({ id }) => id)).toContain(file);
    expect((await detail('nongye-lead', caseId)).facts['criticised']).toMatchObject({ organ: '长沙市天心区人民政府' });
  });
});
