/** What was seen is what is decided: the version that a case is about is the one that is shown to who decides (第十九条第一款). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CaseDetail } from '../../api/cases/detail.ts';
import { loadClock } from '../../db/reference/clock-setting.ts';
import { applyForContent } from '../../db/records/correction-applications.ts';
import { addRecordVersion } from '../../db/records/versions.ts';
import { correctionId, publicationId } from '../../domain/case/id.ts';
import { recordInputSchema } from '../../domain/publicity/record.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { onOneDay, today } from '../support/day.ts';
import { Product } from '../support/product.ts';
import { command as publication, page, record, shownIn, submit, type Accepted, type Field } from './support/records.ts';
import { begunCase, casePath, expectProblem } from './support/requests.ts';

const REASON = { reason: '内容不准确' };
const OPINION = { opinion: '属实' };
const NONGYE: Actor = {
  username: 'nongye',
  role: 'department-officer',
  regionCode: '430103',
  departmentCode: '430103-agriculture',
};

let product: Product;
beforeAll(async () => {
  product = await Product.start();
});
afterAll(() => product.close());
beforeEach(onOneDay);

type Input = ReturnType<typeof record>;

const detail = async (as: string, noun: string, caseId: string) =>
  (await product.get<CaseDetail>(as, casePath(noun, caseId))).body;
const begun = (as: string, noun: string, caseId: string) => begunCase(product, as, noun, caseId);
const contentOf = (fields: readonly Field[] | undefined) => fields?.find(({ field }) => field === 'content')?.value;
const versionsOf = async (recordId: string) => {
  const { body } = await product.get<{ versions: { version: number }[] }>('nongye', `/api/v1/records/${recordId}`);
  return body.versions.map(({ version }) => version);
};

async function submitted(input: Input): Promise<Accepted> {
  const accepted = await submit(product, input);
  await begun('dengji', 'publications', accepted.caseId);
  return accepted;
}

async function did(as: string, accepted: Accepted, verb: string, body: object = {}) {
  const answer = await publication(product, as, accepted, verb, body);
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 });
}

/** What another process stored for a resubmission that the workflow then refused, or has not been asked about yet. */
const storeAside = ({ recordId }: Accepted, returned: number, input: object) =>
  addRecordVersion(
    product.handle.db,
    NONGYE,
    { recordId, caseId: publicationId(recordId), returned },
    recordInputSchema.parse(input),
  );

describe('a publication', () => {
  it('of two resubmissions, shows the reviewer the one that was accepted, and publishes that', async () => {
    const input = record();
    const accepted = await submitted(input);
    await did('dengji', accepted, 'return', REASON);
    const [accept, refused] = [
      { ...input, content: '准予甲' },
      { ...input, content: '准予乙' },
    ];
    await storeAside(accepted, 1, { ...input, content: '先到而未受理' });
    await did('nongye', accepted, 'resubmit', accept);
    await storeAside(accepted, 1, refused);
    const seen = await detail('dengji', 'publications', accepted.caseId);
    expect(contentOf(seen.record?.fields)).toBe('准予甲');
    expect(seen.record?.version).toBe(seen.facts['version']);
    expect(await versionsOf(accepted.recordId)).toEqual([1, seen.record?.version]);
    await did('dengji', accepted, 'publish', { seenVersion: seen.record?.version });
    const [shown] = shownIn(await page(product, input.uscc));
    expect(contentOf(shown?.fields)).toBe('准予甲');
    expect(await versionsOf(accepted.recordId)).toEqual([1, seen.record?.version]);
  });

  it('keeps its section until a step has taken the new content up', async () => {
    const input = record({ kind: 'other', section: '双随机抽查结果信息', title: '抽查' });
    const accepted = await submitted(input);
    const sectionNow = async () => (await detail('dengji', 'publications', accepted.caseId)).record?.sectionTitle;
    const section = await sectionNow();
    await did('dengji', accepted, 'return', REASON);
    const moved = { ...input, section: '其他抽查检查结果信息' };
    await storeAside(accepted, 1, moved);
    expect(await sectionNow()).toBe(section);
    await did('nongye', accepted, 'resubmit', moved);
    expect(await sectionNow()).not.toBe(section);
  });

  it.each([
    ['published', 'publish', {}],
    ['returned', 'return', REASON],
  ])('is not %s by who saw another version', async (_, verb, body) => {
    const input = record();
    const accepted = await submitted(input);
    await did('dengji', accepted, 'return', REASON);
    await did('nongye', accepted, 'resubmit', { ...input, content: '改正' });
    const stale = await publication(product, 'dengji', accepted, verb, { ...body, seenVersion: 1 });
    expectProblem(stale, 'record.version-changed');
    expect((await detail('dengji', 'publications', accepted.caseId)).stage).toBe('received');
    await did('dengji', accepted, verb, { ...body, seenVersion: 2 });
  });

  it('takes the same content up again after a refusal, under the number that it has', async () => {
    const input = record();
    const accepted = await submitted(input);
    await did('dengji', accepted, 'return', REASON);
    const corrected = { ...input, content: '改正' };
    const version = await storeAside(accepted, 1, corrected);
    await did('nongye', accepted, 'resubmit', corrected);
    expect((await detail('dengji', 'publications', accepted.caseId)).record?.version).toBe(version);
  });
});

describe('a correction', () => {
  async function applied() {
    const input = record();
    const accepted = await submitted(input);
    await did('dengji', accepted, 'publish');
    const { recordId } = accepted;
    await product.post('nongye', '/api/v1/corrections', { recordId, discoveredOn: today(), problem: '有误' });
    const caseId = correctionId({ recordId, occasion: 'v1' });
    await begun('nongye', 'corrections', caseId);
    const application = { statement: '请予更正', content: { ...input, content: '改正' } };
    await command(caseId, 'nongye', 'apply', application);
    return { input, recordId, caseId };
  }

  const ask = (caseId: string, as: string, verb: string, body: object) =>
    product.post<{ stage: string }>(as, casePath('corrections', caseId, verb), body);

  async function command(caseId: string, as: string, verb: string, body: object = {}) {
    const answer = await ask(caseId, as, verb, body);
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 });
    return answer.body;
  }

  it('is reviewed as it was applied for, whatever another command has stored since', async () => {
    const { input, recordId, caseId } = await applied();
    const aside = { caseId, recordId, attachmentIds: [] };
    const content = recordInputSchema.parse({ ...input, content: '未受理的内容' });
    await applyForContent({ db: product.handle.db, clock: await loadClock(product.handle.db) }, NONGYE, aside, content);
    const seen = await detail('nongye-lead', 'corrections', caseId);
    expect(contentOf(seen.correction?.proposed?.fields)).toBe('改正');
    const seenVersion = seen.correction?.proposed?.version;
    expectProblem(
      await ask(caseId, 'nongye-lead', 'approve', { ...OPINION, seenVersion: 1 }),
      'record.version-changed',
    );
    await command(caseId, 'nongye-lead', 'approve', { ...OPINION, seenVersion });
    expectProblem(await ask(caseId, 'admin', 'execute', { seenVersion: 1 }), 'record.version-changed');
    await command(caseId, 'admin', 'execute', { seenVersion });
    const [shown] = shownIn(await page(product, input.uscc));
    expect(contentOf(shown?.fields)).toBe('改正');
  });

  it('sent back and applied for anew is not reviewed by who saw the first application', async () => {
    const { input, caseId } = await applied();
    const { facts } = await detail('nongye-lead', 'corrections', caseId);
    await command(caseId, 'nongye-lead', 'send-back', { ...REASON, seenVersion: facts['version'] });
    await command(caseId, 'nongye', 'apply', { statement: '请予更正', content: { ...input, content: '再改' } });
    const stale = { ...OPINION, seenVersion: facts['version'] };
    expectProblem(await ask(caseId, 'nongye-lead', 'approve', stale), 'record.version-changed');
  });
});
