/** 小微企业扶持 through HTTP (第十条): entered, approved by a second person, shown to the public while its term lasts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnterprisePage } from '../../api/routes/enterprises.ts';
import { addDays, legalDateOf } from '../../domain/clock/calendar.ts';
import { eventually, Product } from '../support/product.ts';
import { accept, casePath, expectProblem, newcomer, withToken } from './support/requests.ts';

const PATH = '/api/v1/support-measures';
const today = () => legalDateOf(Date.now());

interface Entered {
  result: string;
  caseId: string;
}

describe('support for small and micro enterprises through the API', () => {
  let product: Product;
  let uscc: string;
  /** Token of the same department in the next county. */
  let neighbour: string;
  /** Token of a second lead of the department. */
  let second: string;
  let serial = 0;
  beforeAll(async () => {
    product = await Product.start();
    ({
      input: { uscc },
    } = await accept(product));
    const departmentCode = '430103-agriculture';
    neighbour = await newcomer(product, 'nongye-next', {
      role: 'department-officer',
      regionCode: '430104',
      departmentCode: '430104-agriculture',
    });
    second = await newcomer(product, 'nongye-second', {
      role: 'department-lead',
      regionCode: '430103',
      departmentCode,
    });
  });
  afterAll(() => product.close());

  const entry = (more: object = {}) => {
    serial += 1;
    return {
      documentNo: `天财企〔2026〕${process.pid}-${serial}号`,
      uscc,
      size: 'micro',
      kind: 'loan',
      programme: '小微企业贷款贴息',
      content: '按实际利息的百分之五十贴息',
      basis: '天政办发〔2026〕3号',
      amount: 2.5,
      validFrom: today(),
      validUntil: addDays(today(), 100),
      ...more,
    };
  };
  const enter = (body: object, as = 'nongye') => product.post<Entered>(as, PATH, body);
  const shown = async (query = '') =>
    (await product.get<EnterprisePage>(null, `/api/v1/public/enterprises/${uscc}${query}`)).body.supportMeasures;
  const command = (as: string, caseId: string, verb: string, body: object) =>
    eventually(
      () => product.post<{ stage: string }>(as, casePath('support-measures', caseId, verb), body),
      ({ status }) => status !== 503,
    );

  it('an approved measure is shown under the enterprise’s name, and before approval is not', async () => {
    const body = entry();
    const { status, body: entered } = await enter(body);
    expect([status, entered.result]).toEqual([201, 'entered']);
    expect(await shown()).toEqual([]);
    expect((await command('nongye-lead', entered.caseId, 'approve', { opinion: '属实' })).body.stage).toBe('published');
    expect(await shown()).toMatchObject([
      {
        documentNo: body.documentNo,
        departmentName: expect.stringContaining('农业'),
        sizeTitle: '微型企业',
        kindTitle: '贷款贴息或担保',
        programme: '小微企业贷款贴息',
        amount: 2.5,
        validUntil: body.validUntil,
      },
    ]);
    expect(await shown(`?asOf=${addDays(today(), -1)}`)).toEqual([]);
    await command('nongye', entered.caseId, 'end', { reason: '企业已停业' });
    expect(await shown()).toEqual([]);
  });

  it('who entered it cannot approve it; a second lead can', async () => {
    const { body } = await enter(entry(), 'nongye-lead');
    const opinion = { opinion: '属实' };
    expectProblem(await command('nongye-lead', body.caseId, 'approve', opinion), 'review.same-person');
    const path = casePath('support-measures', body.caseId, 'approve');
    expect((await withToken(product, second, 'POST', path, opinion)).status).toBe(200);
  });

  it('the same document for the same enterprise is entered once, fifty times at once, too', async () => {
    const body = entry();
    const answers = await Promise.all(Array.from({ length: 50 }, () => enter(body)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ body: { result } }) => result === 'duplicate')).toHaveLength(49);
    expectProblem(await enter({ ...body, amount: 3 }), 'support-measure.exists');
    const { amount: _, ...without } = entry();
    expect([(await enter(without)).body.result, (await enter(without)).body.result]).toEqual(['entered', 'duplicate']);
  });

  it('is refused for an enterprise of another region, an unknown one, and a term that has passed', async () => {
    const elsewhere = await withToken(product, neighbour, 'POST', PATH, entry());
    expectProblem(elsewhere, 'resource.not-found');
    expectProblem(await enter(entry({ uscc: '91350100M000100Y43' })), 'resource.not-found');
    const past = { validFrom: addDays(today(), -9), validUntil: addDays(today(), -1) };
    expectProblem(await enter(entry(past)), 'input.invalid');
    expectProblem(await enter(entry({ content: '补给张三11010519491231002X' })), 'input.invalid');
  });

  it('only departments enter it, and only their own may act on it', async () => {
    for (const who of ['dengji', 'ducha']) expectProblem(await enter(entry(), who), 'access.denied');
    expectProblem(await product.post(null, PATH, entry()), 'auth.required');
    const { body } = await enter(entry());
    const path = casePath('support-measures', body.caseId);
    expectProblem(await withToken(product, neighbour, 'GET', path), 'resource.not-found');
    expectProblem(await product.get('shichang', path), 'resource.not-found');
  });
});
