/** 信息的变动 and 内部审核 through HTTP: events of published records, publicity, and a department's second person. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays } from '../../domain/clock/calendar.ts';
import { onOneDay, today } from '../support/day.ts';
import { Product } from '../support/product.ts';
import { CITIZEN, command, page, PUBLICATIONS, record, shownIn, submit, type Accepted } from './support/records.ts';
import { casePath, expectProblem } from './support/requests.ts';

interface AcceptedEvent extends Accepted {
  stage: string;
}
interface Shown {
  recordId: string;
  version: number;
  isWithdrawnDecision: boolean;
  publicUntil: string | null;
  fields: { field: string; value: unknown }[];
  history: { title: string; event?: { documentNo: string; reason: string } }[];
}

const SETTINGS = '/api/v1/department-settings';
const PENALTY = { kind: 'penalty', violation: '无证经营', content: '罚款三万元', category: '罚款', fine: 3 };

let product: Product;
let serial = 0;
let standing: ReturnType<typeof published> | undefined;
beforeAll(async () => {
  product = await Product.start();
});
afterAll(() => product.close());
beforeEach(onOneDay);

const event = (more: object = {}) => {
  serial += 1;
  return {
    event: 'change',
    documentNo: `天变〔${process.pid}〕${Date.now()}-${serial}号`,
    decidedOn: today(),
    authority: '天心区农业农村主管部门',
    reason: '企业申请',
    changes: { content: '农药零售、批发' },
    ...more,
  };
};
const ending = (what: string, more: object = {}) => event({ event: what, changes: undefined, ...more });

const happen = (recordId: string, body: object, as = 'nongye') =>
  product.post<AcceptedEvent>(as, `/api/v1/records/${recordId}/events`, body);

async function published(more: Record<string, unknown> = {}, as = 'nongye') {
  const input = record(more);
  const accepted = await submit(product, input, as);
  expect((await command(product, 'dengji', accepted, 'publish')).status).toBe(200);
  return { ...accepted, input };
}

async function publishEvent(recordId: string, body: object, as = 'nongye') {
  const { status, body: accepted } = await happen(recordId, body, as);
  expect(status).toBe(201);
  expect((await command(product, 'dengji', accepted, 'publish')).status).toBe(200);
  return accepted;
}

const shownOf = async (uscc: string, recordId: string, asOf = '') =>
  (shownIn(await page(product, uscc, asOf)) as unknown as Shown[]).find((one) => one.recordId === recordId);

describe('an event of a published record', () => {
  it('is published on its own, changes the page, and the page tells the history', async () => {
    const { recordId, input } = await published();
    const body = event();
    const accepted = await publishEvent(recordId, body);
    expect(accepted.caseId).toContain(`publication~${recordId}~`);
    const shown = await shownOf(input.uscc, recordId);
    expect(shown).toMatchObject({ version: 2, isWithdrawnDecision: false });
    expect(shown!.fields).toContainEqual(expect.objectContaining({ field: 'content', value: '农药零售、批发' }));
    expect(shown!.history.map(({ title, event: said }) => [title, said?.documentNo])).toEqual([
      ['首次公示', undefined],
      ['变更', body.documentNo],
    ]);
    const detail = await product.get<{ record: { event: object; attribution: object }; caseNo: string }>(
      'nongye',
      casePath('publications', accepted.caseId),
    );
    expect(detail.body).toMatchObject({ caseNo: body.documentNo, record: { event: { title: '变更' } } });
  });

  it('is accepted once: the same again is a duplicate, also with days written otherwise; other content a conflict', async () => {
    const { recordId } = await published({ validUntil: '2030-01-02' });
    const body = ending('renew', { validUntil: '2031-01-02' });
    const answers = await Promise.all([1, 2, 3].map(() => happen(recordId, body)));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 200, 201]);
    expect(new Set(answers.map((answer) => answer.body.caseId)).size).toBe(1);
    const again = await happen(recordId, { ...body, event: '延续', validUntil: '2031/1/2' });
    expect([again.status, again.body.result]).toEqual([200, 'duplicate']);
    expectProblem(await happen(recordId, { ...body, validUntil: '2032-01-02' }), 'record.event-exists');
  });

  it('is refused for who did not submit the record, for what is not published, and for what is withdrawn', async () => {
    const { recordId } = await published();
    const other = expectProblem(await happen(recordId, event(), 'weijian'), 'access.denied');
    expect(other.article).toBe('第十九条第一款');
    expectProblem(await happen(recordId, event(), 'dengji'), 'access.denied');
    expectProblem(await happen('0'.repeat(32), event()), 'resource.not-found');
    const pending = await submit(product, record());
    expect(expectProblem(await happen(pending.recordId, event()), 'record.unpublished').remedy).toContain('退回');
    expectProblem(await happen(pending.recordId, event(), 'weijian'), 'resource.not-found');
  });

  it.each([
    ['another kind’s event', ending('repair'), 'record.event-unfit'],
    ['a day before the decision', event({ decidedOn: '2020-03-02' }), 'input.invalid'],
    ['a day to come', event({ decidedOn: addDays(today(), 1) }), 'input.invalid'],
    ['what identifies the record', event({ changes: { documentNo: '另一号' } }), 'input.invalid'],
    ['an unknown field', event({ changes: { colour: '红' } }), 'input.invalid'],
    ['an unknown key', { ...event(), colour: '红' }, 'input.invalid'],
    ['no change', event({ changes: { content: '农药零售' } }), 'input.invalid'],
    ['an impossible content', event({ changes: { content: ' ' } }), 'input.invalid'],
    ['a citizen’s number', event({ reason: CITIZEN }), 'input.invalid'],
    ['a shorter term', ending('renew', { validUntil: '2029-12-31' }), 'input.invalid'],
  ])('is refused: %s', async (_, body, code) => {
    // Nothing is written, so one record serves them all.
    standing ??= published({ validUntil: '2030-01-02' });
    const { recordId } = await standing;
    const problem = expectProblem(await happen(recordId, body), code as 'input.invalid');
    expect(problem.remedy).toMatch(/\p{Script=Han}/u);
    expect(JSON.stringify(problem)).not.toContain(CITIZEN);
  });

  it('annulled, a penalty shows the reason and not the decision; nothing but 撤下 can follow', async () => {
    const { recordId, input } = await published(PENALTY);
    await publishEvent(recordId, event({ changes: { fine: 2, content: '罚款二万元' }, reason: '听证后变更' }));
    const pending = await happen(recordId, event({ changes: { fine: 1 } }));
    const { caseId } = await publishEvent(recordId, ending('annul', { reason: '主要证据不足' }));
    const shown = await shownOf(input.uscc, recordId);
    expect(shown).toMatchObject({ isWithdrawnDecision: true });
    const said = JSON.stringify(shown);
    expect(said).toContain('主要证据不足');
    expect(said).not.toMatch(/罚款|听证/);
    expectProblem(await happen(recordId, event({ changes: { fine: 5 } })), 'record.event-unfit');
    // What was handed in before is not shown either: its case is closed.
    expectProblem(await command(product, 'dengji', pending.body, 'publish'), 'record.event-unfit');
    expect((await command(product, 'nongye', pending.body, 'conclude', { opinion: '已撤销' })).body.stage).toBe(
      'concluded',
    );
    expectProblem(await product.get('weijian', casePath('publications', caseId)), 'resource.not-found');
  });

  it('cannot be closed instead of published while it still stands', async () => {
    const { recordId } = await published();
    const { body } = await happen(recordId, event());
    expectProblem(await command(product, 'nongye', body, 'conclude', { opinion: '不办了' }), 'transition.refused');
    expectProblem(
      await command(product, 'nongye', await submit(product, record()), 'conclude', { opinion: 'x' }),
      'transition.refused',
    );
  });

  it('returned, it is sent again as the same event, and never as a record', async () => {
    const { recordId, input } = await published();
    const body = event();
    const { body: accepted } = await happen(recordId, body);
    await command(product, 'dengji', accepted, 'return', { reason: '事由不完整' });
    expectProblem(await command(product, 'nongye', accepted, 'resubmit', input), 'input.invalid');
    const again = { kind: 'event', ...body, reason: '企业申请增加批发' };
    expectProblem(
      await command(product, 'nongye', accepted, 'resubmit', { ...again, decidedOn: addDays(today(), -1) }),
      'record.identity-changed',
    );
    expect((await command(product, 'nongye', accepted, 'resubmit', again)).body.stage).toBe('received');
    await command(product, 'dengji', accepted, 'publish');
    expect((await shownOf(input.uscc, recordId))!.history[1]).toMatchObject({ event: { reason: again.reason } });
  });

  it('overtakes a correction that was applied for before: it is sent back, and keeps what the event changed', async () => {
    const { recordId, input } = await published();
    const opened = await product.post<Accepted>('nongye', '/api/v1/corrections', {
      recordId,
      discoveredOn: today(),
      problem: '名称有误',
    });
    expect(opened.status).toBe(201);
    const correction = (verb: string, as: string, body: object) =>
      product.post<{ stage: string }>(as, casePath('corrections', opened.body.caseId, verb), body);
    const application = { statement: '报请更正', content: { ...input, remark: '更正' } };
    expect((await correction('apply', 'nongye', application)).status).toBe(200);
    await publishEvent(recordId, event());
    expectProblem(await correction('approve', 'nongye-lead', { opinion: '同意' }), 'correction.superseded');
    expect((await correction('send-back', 'nongye-lead', { reason: '已变动' })).status).toBe(200);
    expect((await shownOf(input.uscc, recordId))!.version).toBe(3);
  });
});

describe('publicity', () => {
  it('a bare warning of a market regulator is refused with the rule (总局令第45号第二条)', async () => {
    const warning = record({ ...PENALTY, category: '警告', content: '警告', fine: undefined });
    const problem = expectProblem(await product.post('shichang', PUBLICATIONS, warning), 'record.not-publishable');
    expect(problem.article).toContain('第45号）第二条第二款');
    expect(
      (await product.post('nongye', PUBLICATIONS, { ...warning, documentNo: `${warning.documentNo}之二` })).status,
    ).toBe(201);
  });

  it('dates that contradict each other are refused', async () => {
    const wrong = record({ ...PENALTY, generatedOn: '2026-03-02', publicUntil: '2026-03-01' });
    expect(expectProblem(await product.post('nongye', PUBLICATIONS, wrong), 'input.invalid').detail).toContain(
      '公示截止期',
    );
  });

  it('a penalty says until when it is shown and why', async () => {
    const { recordId, input } = await published({ ...PENALTY, severity: '一般' });
    const shown = await shownOf(input.uscc, recordId);
    expect(shown!.publicUntil).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    const early = expectProblem(await happen(recordId, ending('repair')), 'record.event-unfit');
    expect(early.article).toContain('国办发〔2025〕22号');
  });

  it('a repaired penalty is gone from the page, and stays with the department', async () => {
    const { recordId, input } = await published(PENALTY);
    await publishEvent(recordId, ending('repair'));
    expect(await shownOf(input.uscc, recordId)).toBeUndefined();
    const { body } = await product.get<{ versions: { event: { title: string } | null }[] }>(
      'nongye',
      `/api/v1/records/${recordId}`,
    );
    expect(body.versions.at(-1)).toMatchObject({ event: { title: '修复' } });
  });
});

describe('a second person (第十九条第一款)', () => {
  const set = (internalReview: boolean, as = 'nongye-lead') =>
    product.request<object>(as, 'PUT', SETTINGS, { internalReview, reason: '内部审核制度' });

  it('is asked for by the lead alone, on record; what is submitted then waits for a colleague', async () => {
    expectProblem(await set(true, 'nongye'), 'access.denied');
    expectProblem(await set(true, 'dengji'), 'access.denied');
    expect((await set(true)).status).toBe(200);
    try {
      expect((await product.get<object>('nongye', SETTINGS)).body).toEqual({ internalReview: true });
      expect((await product.get<object>('shichang', SETTINGS)).body).toEqual({ internalReview: false });
      const changes = await product.get<{ items: object[] }>('admin', '/api/v1/admin/changes');
      expect(changes.body.items[0]).toMatchObject({
        subject: 'department-setting',
        key: '430103-agriculture',
        changedBy: 'nongye-lead',
        after: { internalReview: true },
        reason: '内部审核制度',
      });
      const input = record();
      const accepted = await submit(product, input);
      expect(accepted).toMatchObject({ stage: 'internalReview' });
      const summary = await product.get<{ receivedAt: string | null }>(
        'nongye',
        `/api/v1/records/${accepted.recordId}`,
      );
      expect(summary.body.receivedAt).toBeNull();
      expectProblem(await command(product, 'dengji', accepted, 'publish'), 'transition.refused');
      expectProblem(await command(product, 'nongye', accepted, 'approve'), 'review.same-person');
      expectProblem(await command(product, 'weijian', accepted, 'approve'), 'resource.not-found');
      const tasks = async (as: string) =>
        (await product.get<{ items: { caseId: string }[] }>(as, '/api/v1/tasks?limit=100')).body.items.map(
          ({ caseId }) => caseId,
        );
      expect(await tasks('nongye-lead')).toContain(accepted.caseId);
      expect(await tasks('nongye')).not.toContain(accepted.caseId);
      expect((await command(product, 'nongye-lead', accepted, 'send-back', { reason: '内容不全' })).body.stage).toBe(
        'sentBack',
      );
      const revised = { ...input, content: '农药零售（限制使用农药除外）' };
      expect((await command(product, 'nongye', accepted, 'revise', revised)).body.stage).toBe('internalReview');
      expect((await command(product, 'nongye-lead', accepted, 'approve', { opinion: '同意' })).body.stage).toBe(
        'received',
      );
      expect((await command(product, 'dengji', accepted, 'publish')).body.stage).toBe('published');
      const event2 = await happen(accepted.recordId, event());
      expect(event2.body.stage).toBe('internalReview');
      // Under the new setting, what began under the old one goes on as it began.
      await set(false);
      expect((await command(product, 'nongye-lead', event2.body, 'approve')).body.stage).toBe('received');
      expect((await submit(product, record())) as object).toMatchObject({ stage: 'received' });
    } finally {
      await set(false);
    }
  });
});
