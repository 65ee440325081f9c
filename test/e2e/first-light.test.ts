/**
 * The main workflow through HTTP alone, on a real Temporal server: pushed, rolled back, ruled, claimed, answered,
 * neglected.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../api/plugins/problems.ts';
import type { CaseView } from '../../api/cases/view.ts';
import type { CommandResult } from '../../domain/case/case.ts';
import { withCheckDigit } from '../../domain/uscc.ts';
import { started } from '../api/support/requests.ts';
import { readableIn } from '../support/payloads.ts';
import { eventually, Product } from '../support/product.ts';

let serial = 0;

function registration(scope: string) {
  serial += 1;
  const no = `E2E-${process.pid}-${Date.now()}-${serial}`;
  const uscc = withCheckDigit(`91430103MA4${String(100_000 + serial)}`);
  return { registrationNo: no, uscc, name: `天心区试验企业${serial}`, regionCode: '430103', scope };
}

interface Accepted {
  registrationNo: string;
  caseIds: string[];
  items: string[];
}

interface Detail extends CaseView {
  hits: { keyword: string; clause: string; start: number; end: number }[];
  counting: { limitId: string; days: { date: string; count: number | null }[] }[];
  audit: { step: number; action: string; actor: string; article: string }[];
}

async function accept(product: Product, scope: string) {
  const input = registration(scope);
  const { status, body } = await product.post<Accepted>('dengji', '/api/v1/registrations', input);
  expect(status).toBe(201);
  return { input, ...body };
}

const path = (noun: string, caseId: string, verb = '') =>
  `/api/v1/${noun}/${encodeURIComponent(caseId)}${verb ? `/${verb}` : ''}`;

/** Waits until a follow-up case is visible, a moment after the step that caused it. */
async function begun(product: Product, as: string, noun: string, caseId: string): Promise<Detail> {
  const seen = await eventually(
    () => product.get<Detail>(as, path(noun, caseId)),
    ({ status, body }) => status === 200 && body.deadlines.length > 0,
  );
  await started(product, [caseId]);
  return seen.body;
}

describe('on the real clock', () => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.start();
  });
  afterAll(() => product.close());

  it('a push goes through return, ruling, second push, claim and feedback', async () => {
    const { caseIds, input } = await accept(product, '许可项目：农药零售。一般项目：化肥销售（不含危险化学品）。');
    const first = caseIds[0]!;
    const seen = await begun(product, 'nongye', 'pushes', first);
    expect(input.scope.slice(seen.hits[0]!.start, seen.hits[0]!.end)).toBe(seen.hits[0]!.keyword);
    expect(seen.counting.find((c) => c.limitId === 'registrationPush.feedback')!.days.at(-1)!.count).toBe(7);

    const reason = { reasonCode: 'wrong-department', reason: '该品种由市场监管部门审批' };
    const returned = await product.post<CommandResult>('nongye', path('pushes', first, 'return'), reason);
    expect(returned.body).toMatchObject({ stage: 'returned' });
    const rollback = returned.body.nextCaseId!;
    expect((await begun(product, 'dengji', 'rollbacks', rollback)).actions).toContainEqual(
      expect.objectContaining({ action: 'rule', allowed: true }),
    );
    const same = { decision: 'other', departmentCode: '430103-agriculture', reason: '误填' };
    const refused = await product.post<Problem>('dengji', path('rollbacks', rollback, 'rule'), same);
    expect(refused.body).toMatchObject({ status: 409, code: 'rollback.same-department' });
    const ruling = { decision: 'other', departmentCode: '430103-market-regulation', reason: '依职责清单' };
    const ruled = await product.post<CommandResult>('dengji', path('rollbacks', rollback, 'rule'), ruling);
    const second = ruled.body.nextCaseId!;
    await begun(product, 'shichang', 'pushes', second);

    expect((await product.get('nongye', path('pushes', second))).status).toBe(404);
    await product.post('shichang', path('pushes', second, 'claim'));
    const outcome = { outcome: 'no-permit-needed', reason: '已核实，无须另行许可' };
    const done = await product.post<CommandResult>('shichang', path('pushes', second, 'feedback'), outcome);
    expect(done.body).toMatchObject({ stage: 'fedBack', late: false });
    const closed = await begun(product, 'shichang', 'pushes', second);
    expect(closed.status).toBe('closed');
    expect(closed.audit.map(({ step, action, actor }) => [step, action, actor])).toEqual([
      [1, 'open', 'system'],
      [2, 'claim', 'shichang'],
      [3, 'feedBack', 'shichang'],
    ]);
    const again = await product.post<Problem>('shichang', path('pushes', second, 'claim'));
    expect(again.body).toMatchObject({ status: 409, code: 'case.closed' });
  });

  it('fifty claims of a pool entry at once have one winner', async () => {
    const { caseIds } = await accept(product, '许可项目：软件开发；信息技术咨询服务。');
    const entry = caseIds[0]!;
    const claimants = ['nongye', 'shichang', 'weijian'];
    await begun(product, 'nongye', 'pool-entries', entry);
    for (const claimant of claimants) await product.tokenOf(claimant);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        product.post<CommandResult & Problem>(claimants[i % 3]!, path('pool-entries', entry, 'claim')),
      ),
    );
    const won = answers.filter((answer) => answer.status === 200);
    expect(won).toHaveLength(1);
    const codes = new Set(answers.filter((a) => a.status !== 200).map((a) => a.body.code));
    // A claimed entry belongs to its claimant: other departments no longer see it; the claimant's colleagues are told.
    for (const code of codes) expect(['pool.already-claimed', 'resource.not-found']).toContain(code);
  });

  it('one command with one key, sent fifty times at once and once more after the case is closed, is done once', async () => {
    const { caseIds } = await accept(product, '许可项目：兽药经营。');
    const push = caseIds[0]!;
    await begun(product, 'nongye', 'pushes', push);
    const claim = () =>
      product.post<CommandResult>('nongye', path('pushes', push, 'claim'), {}, { 'idempotency-key': 'k-1' });
    const answers = await Promise.all(Array.from({ length: 50 }, claim));
    expect(new Set(answers.map((a) => JSON.stringify([a.status, a.body.step])))).toEqual(new Set(['[200,2]']));
    await product.post('nongye', path('pushes', push, 'feedback'), { outcome: 'not-applied' });
    expect((await claim()).body).toEqual(answers[0]!.body);
    const other = { outcome: 'no-permit-needed', reason: '另一答复' };
    const reused = await product.post<Problem>('nongye', path('pushes', push, 'feedback'), other, {
      'idempotency-key': 'k-1',
    });
    expect(reused.body).toMatchObject({ status: 422, code: 'idempotency.key-reused' });
  });

  it('supervisors read the case in Temporal: attributes, summary, current details', async () => {
    const { caseIds, input } = await accept(product, '许可项目：动物诊疗。');
    const push = caseIds.find((id) => id.includes('agriculture'))!;
    await begun(product, 'nongye', 'pushes', push);
    const handle = product.temporal.workflow.getHandle(push);
    // The row is written in the workflow task that sets the attributes.
    const description = await eventually(
      () => handle.describe(),
      ({ typedSearchAttributes }) => typedSearchAttributes.getAll().some(({ key }) => key.name === 'DueAt'),
    );
    expect(await description.staticSummary()).toContain(input.registrationNo);
    const attributes = Object.fromEntries(
      description.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]),
    );
    expect(attributes).toMatchObject({
      CaseType: 'registrationPush',
      CaseStatus: 'open',
      Stage: 'pushed',
      Region: '430103',
      Department: '430103-agriculture',
      CaseNo: input.registrationNo,
      DueAt: expect.any(Date),
    });
    const metadata = await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata');
    expect(metadata.currentDetails).toContain('| 反馈许可审批和监管信息 | 办理时限 |');
    // Nor is it in the history from which the case began.
    const held = readableIn([description.raw, (await handle.fetchHistory()).events]);
    expect(held).toContain(`"${input.uscc}"`);
    expect(held).not.toContain(input.name);
  });
});

describe('on the accelerated clock', () => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.start({ secondsPerWorkingDay: 2 });
  });
  afterAll(() => product.close());

  it('a push left alone is reminded, breached and supervised by itself; late feedback is accepted', async () => {
    const { caseIds } = await accept(product, '许可项目：种畜禽生产。');
    const push = caseIds.find((id) => id.includes('agriculture'))!;
    await begun(product, 'nongye', 'pushes', push);
    const supervisions = await eventually(
      () => product.get<{ items: CaseView[] }>('ducha', '/api/v1/supervisions'),
      ({ body }) => body.items.filter((item) => item.parentCaseId === push).length === 2,
      60_000,
    );
    expect(supervisions.body.items.every((item) => item.departmentCode === '430103-agriculture')).toBe(true);
    const neglected = await begun(product, 'nongye', 'pushes', push);
    const feedback = neglected.deadlines.find((d) => d.limitId === 'registrationPush.feedback')!;
    expect(feedback.breachedAt).toBe(feedback.dueAt);
    expect(neglected.audit.map((row) => row.action)).toEqual([
      'open',
      'rung:due-1',
      'rung:due',
      'rung:due-2',
      'rung:due-1',
      'rung:due+3',
      'rung:due',
      'rung:due+3',
    ]);
    const inbox = await product.get<{ items: { urgency: string; title: string }[] }>(
      'ducha',
      `/api/v1/inbox?caseId=${encodeURIComponent(push)}`,
    );
    expect(new Set(inbox.body.items.map((notice) => notice.urgency))).toEqual(new Set(['breach', 'supervision']));

    await product.post('nongye', path('pushes', push, 'claim'));
    const late = await product.post<CommandResult>('nongye', path('pushes', push, 'feedback'), {
      outcome: 'not-applied',
    });
    expect(late.body).toMatchObject({ stage: 'fedBack', late: true });
  });

  it('a breach that passed while no worker ran is on record, in order, before the late deed', async () => {
    const { caseIds } = await accept(product, '许可项目：农药批发。');
    const push = caseIds[0]!;
    await begun(product, 'nongye', 'pushes', push);
    await product.post('nongye', path('pushes', push, 'claim'));
    await product.stopWorker();
    const { deadlines } = (await product.get<Detail>('nongye', path('pushes', push))).body;
    const { dueAt } = deadlines.find((d) => d.limitId === 'registrationPush.feedback')!;
    // Let seven accelerated days and one more pass while no worker runs.
    await new Promise((resolve) => setTimeout(resolve, 8 * 2000));
    const waiting = product.post<CommandResult>('nongye', path('pushes', push, 'feedback'), { outcome: 'not-applied' });
    await product.resumeWorker();
    const answer = await waiting;
    const done =
      answer.status === 200
        ? answer
        : await product.post<CommandResult>('nongye', path('pushes', push, 'feedback'), { outcome: 'not-applied' });
    expect(done.body).toMatchObject({ stage: 'fedBack', late: true });
    const { audit, breachedAt } = await begun(product, 'nongye', 'pushes', push);
    expect(breachedAt).toBe(dueAt);
    expect(audit.map((row) => row.action)).toEqual([
      'open',
      'claim',
      'rung:due-2',
      'rung:due-1',
      'rung:due',
      'feedBack',
    ]);
  });
});
