/** How corrections change what is shown, now and on earlier days: several for one record, sections, 撤下 (第十八条). */
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { records, recordVersions } from '../../db/schema.ts';
import { addDays } from '../../domain/clock/calendar.ts';
import type { CommandResult } from '../../domain/case/case.ts';
import { onOneDay, today } from '../support/day.ts';
import { Product } from '../support/product.ts';
import { command as publication, page, record, shownIn, submit, type Accepted } from './support/records.ts';
import { begunCase, casePath, expectProblem } from './support/requests.ts';

const OPINION = { opinion: '属实' };
const REASON = { reason: '须重新申请' };

let product: Product;
beforeAll(async () => {
  product = await Product.start();
});
afterAll(() => product.close());
beforeEach(onOneDay);

type Input = ReturnType<typeof record>;

const begun = (as: string, caseId: string, noun = 'corrections') => begunCase(product, as, noun, caseId);

async function published(more: Record<string, unknown> = {}) {
  const input = record(more);
  const accepted = await submit(product, input);
  await publish(accepted);
  return { input, accepted, recordId: accepted.recordId };
}

async function publish(accepted: Accepted): Promise<void> {
  await begun('dengji', accepted.caseId, 'publications');
  expect((await publication(product, 'dengji', accepted, 'publish')).status).toBe(200);
}

const command = (as: string, caseId: string, verb: string, body: object = {}) =>
  product.post<CommandResult>(as, casePath('corrections', caseId, verb), body);

async function done(as: string, caseId: string, verb: string, body: object = {}) {
  const answer = await command(as, caseId, verb, body);
  expect(answer, `${verb} ${JSON.stringify(answer.body)}`).toMatchObject({ status: 200 });
  return answer.body;
}

/** A citizen's report that the department has found to be true. */
async function confirmed(recordId: string): Promise<string> {
  const { status, body } = await product.post<{ receiptNo: string }>(null, '/api/v1/public/corrections', {
    recordId,
    content: '内容有误',
  });
  expect(status).toBe(201);
  const caseId = `correction~${recordId}~${body.receiptNo}`;
  await begun('nongye', caseId);
  await done('nongye', caseId, 'confirm', OPINION);
  return caseId;
}

const application = (input: Input, more: Record<string, unknown>) => ({
  statement: '请予更正',
  content: { ...input, ...more },
});
const apply = (caseId: string, input: Input, more: Record<string, unknown>) =>
  command('nongye', caseId, 'apply', application(input, more));

async function reviewAndExecute(caseId: string) {
  await done('nongye-lead', caseId, 'approve', OPINION);
  return done('admin', caseId, 'execute');
}

const ownDiscovery = (recordId: string) =>
  product.post<{ caseId: string }>('nongye', '/api/v1/corrections', {
    recordId,
    discoveredOn: today(),
    problem: '有误',
  });

/** Makes a record look as if all of it had been shown for some days. */
async function backdate(recordId: string, days: number): Promise<void> {
  const shownFrom = new Date(`${addDays(today(), -days)}T01:00:00Z`);
  await product.handle.db.update(recordVersions).set({ shownFrom }).where(eq(recordVersions.recordId, recordId));
}

const versions = async (recordId: string) =>
  (await product.handle.db.select().from(recordVersions).where(eq(recordVersions.recordId, recordId))).sort(
    (a, b) => a.version - b.version,
  );

const contentIn = async (uscc: string) =>
  shownIn(await page(product, uscc)).map(({ fields }) => fields.find(({ field }) => field === 'content')?.value);

describe('several corrections of one record', () => {
  it('two who report the same error: it is corrected once, stays shown, and the other case ends with it', async () => {
    const { input, recordId } = await published();
    const [one, other] = [await confirmed(recordId), await confirmed(recordId)];
    expect((await apply(one, input, { content: '改正' })).status).toBe(200);
    const refused = await apply(other, input, { content: '改正' });
    expectProblem(refused, 'correction.pending');
    expect(refused.body).toMatchObject({ article: '第十八条' });
    await reviewAndExecute(one);
    expectProblem(await apply(other, input, { content: '改正' }), 'correction.unchanged');
    expectProblem(await command('nongye', other, 'conclude', OPINION), 'access.denied');
    expect(await done('nongye-lead', other, 'conclude', OPINION)).toMatchObject({ stage: 'concluded' });

    expect(await contentIn(input.uscc)).toEqual(['改正']);
    const [first, second] = await versions(recordId);
    expect(first!.shownUntil).toEqual(second!.shownFrom);
    const receipt = other.split('~').at(-1)!;
    const { body } = await product.get(null, `/api/v1/public/receipts/${receipt}`);
    expect(body).toMatchObject({
      stageTitle: '已另案更正',
      steps: [{}, { title: '核实属实' }, { title: '已另案更正' }],
    });
  });

  it('no case ends with another correction that has not been carried out', async () => {
    const { input, recordId } = await published();
    const [one, other] = [await confirmed(recordId), await confirmed(recordId)];
    await apply(one, input, { content: '改正' });
    expectProblem(await command('nongye-lead', other, 'conclude', OPINION), 'correction.not-superseded');
  });

  it('one after the other: the second is made against what the first has shown', async () => {
    const { input, recordId } = await published();
    const [one, other] = [await confirmed(recordId), await confirmed(recordId)];
    await apply(one, input, { content: '改正' });
    await done('nongye-lead', one, 'send-back', REASON);
    // A correction that was sent back does not block others.
    expect((await apply(other, input, { authority: '天心区农业农村局' })).status).toBe(200);
    await reviewAndExecute(other);
    expect((await apply(one, input, { content: '改正', authority: '天心区农业农村局' })).status).toBe(200);
    await reviewAndExecute(one);
    const shown = JSON.stringify(shownIn(await page(product, input.uscc)));
    expect(shown).toContain('改正');
    expect(shown).toContain('天心区农业农村局');
  });

  it('five applications at once: one is under review, and carried out once', async () => {
    const { input, recordId } = await published();
    const cases = await Promise.all(Array.from({ length: 5 }, () => confirmed(recordId)));
    await Promise.all(cases.map((caseId, index) => apply(caseId, input, { content: `改正${index}` })));
    // An application that was overtaken before its workflow knew is refused at the review and may be sent back.
    const reviews = await Promise.all(cases.map((caseId) => command('nongye-lead', caseId, 'approve', OPINION)));
    const approved = cases.filter((_, index) => reviews[index]!.status === 200);
    expect(approved).toHaveLength(1);
    for (const [index, caseId] of cases.entries()) {
      if (caseId === approved[0]) continue;
      const { code } = reviews[index]!.body as unknown as { code: string };
      expect(['correction.superseded', 'transition.refused']).toContain(code);
      if (code === 'correction.superseded') await done('nongye-lead', caseId, 'send-back', REASON);
    }
    await done('admin', approved[0]!, 'execute');
    expect(await contentIn(input.uscc)).toEqual([`改正${cases.indexOf(approved[0]!)}`]);
    for (const caseId of cases.filter((one) => one !== approved[0])) {
      await done('nongye-lead', caseId, 'conclude', OPINION);
    }
  });

  it('an application that was overtaken is neither reviewed nor carried out; the platform returns it', async () => {
    const { input, recordId } = await published();
    const caseId = await confirmed(recordId);
    await apply(caseId, input, { content: '改正' });
    const { db } = product.handle;
    const number = (version: number) => db.update(records).set({ version }).where(eq(records.recordId, recordId));
    // As if another case, whose application was on its way before ours was on record, had taken it up after ours.
    const overtake = async () => {
      const [latest] = (await versions(recordId)).toReversed();
      const other = { version: 7, caseId: `correction~${recordId}~other`, takenUpAt: new Date() };
      await db.insert(recordVersions).values({ ...latest!, ...other });
      await number(7);
    };
    await overtake();
    expectProblem(await command('nongye-lead', caseId, 'approve', OPINION), 'correction.superseded');
    await db.delete(recordVersions).where(and(eq(recordVersions.recordId, recordId), eq(recordVersions.version, 7)));
    await number(2);
    await done('nongye-lead', caseId, 'approve', OPINION);
    await overtake();
    expectProblem(await command('admin', caseId, 'execute'), 'correction.superseded');
    expectProblem(await command('nongye-lead', caseId, 'return', REASON), 'access.denied');
    expect(await done('admin', caseId, 'return', REASON)).toMatchObject({ stage: 'confirmed' });
    const again = (await begun('nongye', caseId)).body.deadlines;
    expect(again.find(({ limitId }) => limitId === 'correction.reapplication')).toMatchObject({ settledAt: null });
    expect((await apply(caseId, input, { content: '改正' })).status).toBe(200);
    await reviewAndExecute(caseId);
    expect(await contentIn(input.uscc)).toEqual(['改正']);
  });
});

describe('an application that nobody has reviewed', () => {
  it('moves nothing: its section is shown when it is carried out, and earlier days keep theirs', async () => {
    const other = { kind: 'other', title: '列入决定' };
    const { input, recordId } = await published({ ...other, section: 'abnormalOperation' });
    await backdate(recordId, 3);
    const sectionsOn = async (asOf = '') =>
      (await page(product, input.uscc, asOf)).body.sections
        .filter(({ records: shown }) => shown.length > 0)
        .map(({ section }) => section);
    const { body } = await ownDiscovery(recordId);
    await begun('nongye', body.caseId);
    await apply(body.caseId, input, { section: 'seriousViolation' });
    expect(await sectionsOn()).toEqual(['abnormalOperation']);
    const again = await ownDiscovery(recordId);
    expect([again.status, again.body.caseId]).toEqual([200, body.caseId]);
    await done('nongye-lead', body.caseId, 'send-back', REASON);
    expect(await sectionsOn()).toEqual(['abnormalOperation']);
    await apply(body.caseId, input, { section: 'seriousViolation' });
    await reviewAndExecute(body.caseId);
    expect(await sectionsOn()).toEqual(['seriousViolation']);
    expect(await sectionsOn(addDays(today(), -1))).toEqual(['abnormalOperation']);
    const next = await ownDiscovery(recordId);
    expect(next).toMatchObject({ status: 201, body: { caseId: `correction~${recordId}~v2` } });
  });
});

describe('the day of generation', () => {
  it('is corrected with the rest: shown, whose time it was counted from it, and earlier days keep theirs', async () => {
    const [declared, actual] = [addDays(today(), -1), addDays(today(), -30)];
    const { input, recordId } = await published({ generatedOn: declared });
    await backdate(recordId, 3);
    const caseId = await confirmed(recordId);
    expectProblem(await apply(caseId, input, { generatedOn: addDays(today(), 1) }), 'input.invalid');
    expectProblem(await apply(caseId, input, { generatedOn: '2015-12-31' }), 'calendar.insufficient');
    expect((await apply(caseId, input, { generatedOn: actual })).status).toBe(200);
    expect(shownIn(await page(product, input.uscc))).toMatchObject([{ generatedOn: declared }]);
    await reviewAndExecute(caseId);
    expect(shownIn(await page(product, input.uscc))).toMatchObject([{ generatedOn: actual }]);
    expect(shownIn(await page(product, input.uscc, addDays(today(), -1)))).toMatchObject([{ generatedOn: declared }]);
    const { body } = await product.get('nongye', `/api/v1/records/${recordId}`);
    expect(body).toMatchObject({
      generatedOn: actual,
      attribution: { stretches: [{ party: 'department', from: actual, until: today() }, {}] },
    });
  });
});

describe('撤下', () => {
  it('takes down what stands under the wrong enterprise; the right record is submitted anew', async () => {
    const { input, recordId } = await published();
    await backdate(recordId, 3);
    const right = { ...input, uscc: record().uscc, name: '天心区正确企业有限公司' };
    const caseId = await confirmed(recordId);
    const moved = await apply(caseId, input, { uscc: right.uscc });
    expectProblem(moved, 'record.identity-changed');
    expect(moved.body).toMatchObject({ remedy: expect.stringContaining('撤下') as string });

    await done('nongye', caseId, 'apply-withdrawal', { statement: '企业有误，请予撤下' });
    expect(await contentIn(input.uscc)).toEqual(['农药零售']);
    expectProblem(await command('nongye', caseId, 'approve', OPINION), 'access.denied');
    expect(await reviewAndExecute(caseId)).toMatchObject({ stage: 'corrected' });
    expect(await contentIn(input.uscc)).toEqual([]);
    expect(shownIn(await page(product, input.uscc, addDays(today(), -1)))).toHaveLength(1);
    const told = await product.get<{ items: { topic: string }[] }>(
      'dengji',
      `/api/v1/inbox?caseId=${encodeURIComponent(caseId)}`,
    );
    expect(told.body.items.map(({ topic }) => topic)).toEqual(['correction.withdrawn']);

    expectProblem(await product.post('nongye', '/api/v1/publications', input), 'record.withdrawn');
    const anew = await submit(product, right);
    expect(anew.recordId).not.toBe(recordId);
    await publish(anew);
    expect(shownIn(await page(product, right.uscc))).toMatchObject([{ recordId: anew.recordId }]);
    expect(await contentIn(input.uscc)).toEqual([]);
    const duplicate = await product.post<Accepted>('nongye', '/api/v1/publications', right);
    expect(duplicate).toMatchObject({ status: 200, body: { result: 'duplicate', recordId: anew.recordId } });
    expectProblem(
      await product.post('nongye', '/api/v1/publications', { ...right, content: '别的' }),
      'record.conflict',
    );
  });

  it('knows what an event has left on the page: it is no correction of itself, and does not come back as it was', async () => {
    const { input, recordId } = await published();
    const changed = { ...input, content: '农药零售、批发' };
    const event = await product.post<Accepted>('nongye', `/api/v1/records/${recordId}/events`, {
      event: 'change',
      documentNo: `${input.documentNo}变`,
      decidedOn: today(),
      authority: '天心区农业农村主管部门',
      reason: '企业申请',
      changes: { content: changed.content },
    });
    expect(event.status).toBe(201);
    await publish(event.body);
    const caseId = await confirmed(recordId);
    expectProblem(await apply(caseId, input, { content: changed.content }), 'correction.unchanged');
    await done('nongye', caseId, 'apply-withdrawal', { statement: '企业有误，请予撤下' });
    await reviewAndExecute(caseId);
    for (const shown of [input, changed]) {
      expectProblem(await product.post('nongye', '/api/v1/publications', shown), 'record.withdrawn');
    }
  });

  it('leaves nothing to be corrected: other cases of the record end with it, new ones do not begin', async () => {
    const { input, recordId } = await published();
    const [one, other] = [await confirmed(recordId), await confirmed(recordId)];
    await done('nongye', one, 'apply-withdrawal', { statement: '请予撤下' });
    expectProblem(await apply(other, input, { content: '改正' }), 'correction.pending');
    await reviewAndExecute(one);
    expectProblem(await apply(other, input, { content: '改正' }), 'record.withdrawn');
    expectProblem(await command('nongye', other, 'apply-withdrawal', { statement: '请予撤下' }), 'record.withdrawn');
    await done('nongye-lead', other, 'conclude', OPINION);
    expectProblem(await ownDiscovery(recordId), 'resource.not-found');
    expectProblem(
      await product.post(null, '/api/v1/public/corrections', { recordId, content: '有误' }),
      'resource.not-found',
    );
    const seen = await product.get<{ withdrawnAt: string | null }>('weijian', `/api/v1/records/${recordId}`);
    expect(seen.body.withdrawnAt).not.toBeNull();
  });

  it('that is sent back may be applied for as a correction instead, and the other way round', async () => {
    const { input, recordId } = await published();
    const caseId = await confirmed(recordId);
    await done('nongye', caseId, 'apply-withdrawal', { statement: '请予撤下' });
    await done('nongye-lead', caseId, 'send-back', REASON);
    expect((await apply(caseId, input, { content: '改正' })).status).toBe(200);
    await reviewAndExecute(caseId);
    expect(await contentIn(input.uscc)).toEqual(['改正']);
  });
});
