/**
 * 反馈许可审批和监管信息 through HTTP (第七条第三款): a permit comes onto the platform with the answer that reports it, on the
 * clock of its own decision.
 */
import { and, eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CaseDetail } from '../../api/cases/detail.ts';
import type { CommandResult } from '../../domain/case/case.ts';
import { auditLog, cases, deadlines, outbox, recordDrafts, records } from '../../db/schema.ts';
import type { LimitId } from '../../domain/clock/limits.ts';
import { addDays } from '../../domain/clock/calendar.ts';
import { onOneDay, today } from '../support/day.ts';
import { readableIn } from '../support/payloads.ts';
import { eventually, Product } from '../support/product.ts';
import { CITIZEN, command, page, PUBLICATIONS, record, shownIn, submit } from './support/records.ts';
import { accept, begunCase, casePath, expectProblem } from './support/requests.ts';

let product: Product;
beforeAll(async () => {
  product = await Product.start();
});
afterAll(() => product.close());
beforeEach(onOneDay);

let serial = 0;
const decision = (more: object = {}) => ({
  outcome: 'permit-granted',
  permitNo: `许证${process.pid}-${serial}`,
  documentNo: `湘天农许〔2026〕${process.pid}-${(serial += 1)}号`,
  decidedOn: today(),
  validFrom: today(),
  validUntil: addDays(today(), 5 * 365),
  content: '农药经营',
  ...more,
});

async function claimed(more: Record<string, unknown> = {}) {
  const { caseIds, input } = await accept(product, { regionCode: '430103', ...more });
  const caseId = caseIds[0]!;
  await begunCase(product, 'nongye', 'pushes', caseId);
  await act(caseId, 'claim');
  return { caseId, uscc: input.uscc };
}

const act = (caseId: string, verb: string, body: object = {}, headers: Record<string, string> = {}) =>
  product.post<CommandResult>('nongye', casePath('pushes', caseId, verb), body, headers);

const limitOf = async (caseId: string, limitId: LimitId) => {
  const [row] = await product.handle.db
    .select()
    .from(deadlines)
    .where(and(eq(deadlines.caseId, caseId), eq(deadlines.limitId, limitId)));
  return row;
};

const recordsOf = (uscc: string) => product.handle.db.select().from(records).where(eq(records.uscc, uscc));

describe('已许可', () => {
  it('brings the permit onto the platform in the same step, and it is published under the enterprise’s name', async () => {
    const { caseId, uscc } = await claimed();
    const permit = decision();
    const answer = await act(caseId, 'feedback', permit);
    expect([answer.status, answer.body.stage]).toEqual([200, 'fedBack']);
    const [found] = await recordsOf(uscc);
    expect(found).toMatchObject({ documentNo: permit.documentNo, kind: 'permit', generatedOn: permit.decidedOn });
    const publication = await begunCase(product, 'dengji', 'publications', `publication~${found!.recordId}`);
    expect(publication.body.deadlines.find(({ limitId }) => limitId === 'publication.publication')!.startDate).toBe(
      permit.decidedOn,
    );
    const published = await product.post(
      'dengji',
      casePath('publications', `publication~${found!.recordId}`, 'publish'),
    );
    expect(published.status).toBe(200);
    const shown = await page(product, uscc);
    expect(JSON.stringify(shownIn(shown))).toContain(permit.documentNo);
    // Nothing of the content went through Temporal, and no draft is left.
    for (const about of [caseId, `publication~${found!.recordId}`]) {
      const { events } = await product.temporal.workflow.getHandle(about).fetchHistory();
      const held = readableIn(events);
      // What it may be told is there: the outcome, the decision's number.
      expect(held).toContain(permit.documentNo);
      expect(held).not.toContain(permit.content);
    }
    expect(await product.handle.db.select().from(recordDrafts).where(eq(recordDrafts.caseId, caseId))).toEqual([]);
  });

  it('once, however often it is sent: fifty at once', async () => {
    const { caseId, uscc } = await claimed();
    const permit = decision();
    const send = () => act(caseId, 'feedback', permit, { 'idempotency-key': `fifty-${caseId}` });
    const answers = await Promise.all(Array.from({ length: 50 }, send));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.step}`))).toEqual(new Set(['200 3']));
    expect(await recordsOf(uscc)).toHaveLength(1);
    const opened = await product.handle.db.select().from(cases).where(eq(cases.uscc, uscc));
    expect(opened.filter(({ caseType }) => caseType === 'publication')).toHaveLength(1);
  });

  it('of two different answers at once, one counts, and only its permit is there', async () => {
    const { caseId, uscc } = await claimed();
    const both = [decision(), decision()];
    const answers = await Promise.all(both.map((permit) => act(caseId, 'feedback', permit)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
    const found = await recordsOf(uscc);
    const won = both[answers.findIndex(({ status }) => status === 200)]!;
    expect(found.map(({ documentNo }) => documentNo)).toEqual([won.documentNo]);
  });

  it('decided long ago is accepted, and its late aggregation is on record', async () => {
    const { caseId, uscc } = await claimed();
    expect((await act(caseId, 'feedback', decision({ decidedOn: addDays(today(), -40) }))).status).toBe(200);
    const [found] = await recordsOf(uscc);
    const publication = `publication~${found!.recordId}`;
    await begunCase(product, 'dengji', 'publications', publication);
    const submission = await eventually(
      () => limitOf(publication, 'publication.submission'),
      (row) => row?.breachedAt !== null && row !== undefined,
    );
    expect(submission!.breachedAt).not.toBeNull();
  });

  it('that was handed over as a record before only names it', async () => {
    const { caseId, uscc } = await claimed();
    const known = record({ uscc });
    expect((await product.post('nongye', PUBLICATIONS, known)).status).toBe(201);
    const answer = await act(caseId, 'feedback', { outcome: 'permit-granted', documentNo: known.documentNo });
    expect(answer.status).toBe(200);
    expect(await recordsOf(uscc)).toHaveLength(1);
  });

  it.each([
    [
      'without its day, content and term',
      { decidedOn: undefined, content: undefined, validUntil: undefined },
      'input.invalid',
    ],
    ['without a number', { documentNo: undefined }, 'input.invalid'],
    ['of a day to come', { decidedOn: addDays(today(), 1) }, 'input.invalid'],
    ['with a citizen’s number', { content: `经营者${CITIZEN}` }, 'input.invalid'],
    ['as a filing, which the item is not', { outcome: 'filing-made' }, 'push.outcome-unfit'],
    ['of a cancelled enterprise’s kind', { outcome: 'permit-cancelled' }, 'push.outcome-unfit'],
  ] as const)('%s is refused, and nothing is written', async (_, more, code) => {
    const { caseId, uscc } = await claimed();
    const problem = expectProblem(await act(caseId, 'feedback', decision(more)), code);
    expect(JSON.stringify(problem)).not.toContain(CITIZEN);
    expect(await recordsOf(uscc)).toEqual([]);
    expect((await product.get<CaseDetail>('nongye', casePath('pushes', caseId))).body.stage).toBe('claimed');
  });

  it('under a number that stands for another content is a conflict', async () => {
    const { caseId, uscc } = await claimed();
    const known = record({ uscc });
    expect((await product.post('nongye', PUBLICATIONS, known)).status).toBe(201);
    const answer = await act(caseId, 'feedback', decision({ documentNo: known.documentNo }));
    expectProblem(answer, 'record.conflict');
  });
});

describe('申请审批中', () => {
  it('keeps the case open, and the seven working days run from the decision, not from the push', async () => {
    const { caseId } = await claimed();
    expect((await act(caseId, 'follow-up')).body.stage).toBe('followUp');
    expect(await limitOf(caseId, 'registrationPush.followUp')).toMatchObject({ kind: 'norm', settledAt: null });
    expect((await limitOf(caseId, 'registrationPush.feedback'))!.settledAt).not.toBeNull();
    const decidedOn = addDays(today(), -1);
    expectProblem(await act(caseId, 'declare-decision', { decidedOn: addDays(today(), 1) }), 'input.invalid');
    expect((await act(caseId, 'declare-decision', { decidedOn })).status).toBe(200);
    expect(await limitOf(caseId, 'registrationPush.aggregation')).toMatchObject({
      kind: 'statutory',
      workingDays: 7,
      startDate: decidedOn,
      settledAt: null,
    });
    expectProblem(await act(caseId, 'declare-decision', { decidedOn: today() }), 'push.decision-declared');
    expect((await act(caseId, 'feedback', decision({ decidedOn }))).body).toMatchObject({
      stage: 'fedBack',
      late: false,
    });
    expect((await limitOf(caseId, 'registrationPush.aggregation'))!.settledAt).not.toBeNull();
  });

  it('is met by the record itself, whoever hands it over and however', async () => {
    const { caseId, uscc } = await claimed();
    await act(caseId, 'follow-up');
    await act(caseId, 'declare-decision', { decidedOn: today() });
    expect((await product.post('nongye', PUBLICATIONS, record({ uscc }))).status).toBe(201);
    const met = await eventually(
      () => limitOf(caseId, 'registrationPush.aggregation'),
      (row) => row?.settledAt !== null,
    );
    expect(met).toMatchObject({ breachedAt: null });
    expect((await product.get<CaseDetail>('nongye', casePath('pushes', caseId))).body.stage).toBe('followUp');
  });

  it('is not met by a record that its department still reviews, but by its approval', async () => {
    const settings = (internalReview: boolean) =>
      product.request('nongye-lead', 'PUT', '/api/v1/department-settings', { internalReview, reason: '内部审核制度' });
    const { caseId, uscc } = await claimed();
    await act(caseId, 'follow-up');
    await act(caseId, 'declare-decision', { decidedOn: today() });
    expect((await settings(true)).status).toBe(200);
    try {
      const reviewed = await submit(product, record({ uscc }));
      expect(reviewed).toMatchObject({ stage: 'internalReview' });
      const told = () =>
        product.handle.db
          .select()
          .from(outbox)
          .where(and(eq(outbox.kind, 'tell-case'), like(outbox.key, `%${caseId}%`)));
      expect(await told()).toEqual([]);
      expect((await limitOf(caseId, 'registrationPush.aggregation'))!.settledAt).toBeNull();
      expect((await command(product, 'nongye-lead', reviewed, 'approve', { opinion: '同意' })).status).toBe(200);
      expect(await told()).toHaveLength(1);
      const met = await eventually(
        () => limitOf(caseId, 'registrationPush.aggregation'),
        (row) => row?.settledAt !== null,
      );
      expect(met).toMatchObject({ breachedAt: null });
    } finally {
      await settings(false);
    }
  });

  it('a decision of long ago is late at once, and the breach is on record', async () => {
    const { caseId } = await claimed();
    await act(caseId, 'follow-up');
    await act(caseId, 'declare-decision', { decidedOn: addDays(today(), -40) });
    const late = await eventually(
      () => limitOf(caseId, 'registrationPush.aggregation'),
      (row) => row !== undefined && row.breachedAt !== null,
    );
    expect(late!.breachedAt).not.toBeNull();
  });
});

describe('补充反馈', () => {
  const closed = async () => {
    const push = await claimed();
    expect((await act(push.caseId, 'feedback', { outcome: 'not-applied' })).status).toBe(200);
    return push;
  };

  it('adds what comes later to the closed case, once, and its permit is published', async () => {
    const { caseId, uscc } = await closed();
    const before = (await product.get<CaseDetail>('nongye', casePath('pushes', caseId))).body;
    const permit = decision();
    const send = () => act(caseId, 'supplement', permit, { 'idempotency-key': `added-${caseId}` });
    const answers = await Promise.all(Array.from({ length: 20 }, send));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.step} ${body.stage}`))).toEqual(
      new Set(['200 4 fedBack']),
    );
    const after = (await product.get<CaseDetail>('nongye', casePath('pushes', caseId))).body;
    expect(after).toMatchObject({ status: 'closed', closedAt: before.closedAt });
    expect(after.facts['feedback']).toEqual(before.facts['feedback']);
    expect(after.facts['supplements']).toMatchObject([{ outcome: 'permit-granted', documentNo: permit.documentNo }]);
    expect(await recordsOf(uscc)).toHaveLength(1);
    expect((await act(caseId, 'supplement', decision())).body.step).toBe(5);
    const log = await product.handle.db.select().from(auditLog).where(eq(auditLog.caseId, caseId));
    expect(log.filter(({ action }) => action === 'supplement').map(({ actor }) => actor)).toEqual(['nongye', 'nongye']);
  });

  it('is refused before there is an answer, to others, and where it does not fit', async () => {
    const { caseId } = await claimed();
    expectProblem(await act(caseId, 'supplement', { outcome: 'not-applied' }), 'transition.refused');
    const push = await closed();
    const body = { outcome: 'not-applied' };
    expectProblem(
      await product.post('shichang', casePath('pushes', push.caseId, 'supplement'), body),
      'resource.not-found',
    );
    expectProblem(await product.post('ducha', casePath('pushes', push.caseId, 'supplement'), body), 'access.denied');
    expectProblem(await act(push.caseId, 'supplement', { outcome: 'no-permit-held' }), 'push.outcome-unfit');
  });
});
