/** 限制查询 (第九条第一款): many enterprises at once, on any day, in the order asked, and who asked is on record (第十九条第二款). */
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restrictionQueries, restrictions, restrictionTexts } from '../../db/schema.ts';
import { MOST_CODES } from '../../domain/case-types/sanction-notice/restriction-query.ts';
import { addDays, endOfDay, legalDateOf } from '../../domain/clock/calendar.ts';
import { sanctionCaseId } from '../../domain/case/id.ts';
import { withCheckDigit } from '../../domain/uscc.ts';
import { Product } from '../support/product.ts';
import { listingEntry, LISTINGS, type AcceptedListing } from './support/listings.ts';
import { CITIZEN } from './support/records.ts';
import { casePath, expectProblem, NOWHERE } from './support/requests.ts';

const QUERY = '/api/v1/restrictions/query';
const DOWNLOAD = '/api/v1/restrictions/download';
const LOG = '/api/v1/restrictions/queries';

interface Answer {
  asOf: string;
  items: { uscc: string; name: string | null; restricted: boolean; restrictions: Record<string, unknown>[] }[];
}
interface Log {
  items: { id: number; username: string; personAsking: string; codes: string[]; restricted: number; asOf: string }[];
}

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

const today = legalDateOf(Date.now());
const LISTED_ON = addDays(today, -30);
const unknown = withCheckDigit('91430103MA5777777');

/** An enterprise that the health department restricts. */
async function restricted(more: Partial<typeof restrictions.$inferInsert> = {}) {
  const { db } = product.handle;
  const entry = listingEntry();
  const { caseId: listingId } = (await product.post<AcceptedListing>('dengji', LISTINGS, entry)).body;
  const departmentCode = '430103-health';
  const caseId = sanctionCaseId('sanctionNotice', { ...entry, departmentCode });
  await db.insert(restrictionTexts).values({ caseId, texts: 'x', basis: '《示例办法》第七条', personAsking: '李经办' });
  await db.insert(restrictions).values({
    caseId,
    measureId: 'SP01',
    listingId,
    uscc: entry.uscc,
    departmentCode,
    decidedAt: new Date(),
    decidedOn: addDays(today, -30),
    documentNo: '天卫限〔2026〕7号',
    texts: 'x',
    ...more,
  });
  return entry;
}

const ask = (body: object, as = 'nongye') => product.post<Answer>(as, QUERY, body);
const isRestricted = async (code: string, asOf?: string) =>
  (await ask({ codes: [code], ...(asOf && { asOf }) })).body.items[0]!.restricted;

describe('a query for many enterprises', () => {
  it('answers each in the order asked, once, with the days of the decision', async () => {
    const [first, second] = [await restricted({ validUntil: addDays(today, 30) }), listingEntry()];
    await product.post('dengji', LISTINGS, second);
    const { body } = await ask({ codes: [second.uscc, ` ${first.uscc.toLowerCase()} `, unknown, second.uscc] });
    expect(body.asOf).toBe(today);
    expect(body.items.map(({ uscc, name, restricted: is }) => [uscc, name, is])).toEqual([
      [second.uscc, second.name, false],
      [first.uscc, first.name, true],
      [unknown, null, false],
    ]);
    expect(body.items[1]!.restrictions).toMatchObject([
      {
        measureId: 'SP01',
        departmentCode: '430103-health',
        decidedOn: addDays(today, -30),
        decisionNo: '天卫限〔2026〕7号',
        decisionBasis: '《示例办法》第七条',
        validFrom: addDays(today, -30),
        validUntil: addDays(today, 30),
        personAsking: '李经办',
        documentNo: first.documentNo,
      },
    ]);
  });

  it('is answered for any day: from its first to its last, also where the timer has not run yet', async () => {
    const [from, until] = [addDays(today, -20), addDays(today, -10)];
    const { uscc } = await restricted({ validFrom: from, validUntil: until });
    const days = [addDays(today, -30), addDays(from, -1), from, until, addDays(until, 1)];
    expect(await Promise.all(days.map((day) => isRestricted(uscc, day)))).toEqual([false, false, true, true, false]);
    expect(await isRestricted(uscc)).toBe(false);
    const coming = await restricted({ validFrom: addDays(today, 5) });
    expect([await isRestricted(coming.uscc), await isRestricted(coming.uscc, addDays(today, 5))]).toEqual([
      false,
      true,
    ]);
    // As if it were lifted at noon of its third day: that day's end finds it no more.
    const lifted = await restricted({ validFrom: from, liftedAt: new Date(endOfDay(addDays(from, 2)) - 43_200_000) });
    const on = (count: number) => isRestricted(lifted.uscc, addDays(from, count));
    expect(await Promise.all([on(0), on(1), on(2), on(3)])).toEqual([true, true, false, false]);
  });

  it('says the same as the query about one enterprise', async () => {
    const { uscc } = await restricted();
    const asOf = addDays(today, -3);
    const { body } = await product.get<{ items: object[] }>(
      'weijian',
      `/api/v1/enterprises/${uscc}/restrictions?asOf=${asOf}`,
    );
    expect((await ask({ codes: [uscc], asOf })).body.items[0]!.restrictions).toEqual(body.items);
  });

  it('names the codes that are none, and answers nothing then', async () => {
    const before = await product.handle.db.select().from(restrictionQueries);
    const answer = await ask({ codes: [unknown, '123', '91430103MA5777777X'] });
    const problem = expectProblem(answer, 'uscc.invalid');
    expect(problem).toMatchObject({ detail: expect.stringMatching(/^第2个“123”：.+；第3个/) });
    expect(await product.handle.db.select().from(restrictionQueries)).toEqual(before);
  });

  it('refuses none, too many, unknown fields and no account', async () => {
    expectProblem(await ask({ codes: [] }), 'input.invalid');
    expectProblem(await ask({ codes: Array.from({ length: MOST_CODES + 1 }, () => unknown) }), 'input.invalid');
    expectProblem(await ask({ codes: [unknown], asOf: '2026-02-30' }), 'input.invalid');
    expectProblem(await ask({ codes: [unknown], day: today }), 'input.invalid');
    expectProblem(await ask({ codes: [unknown], personAsking: CITIZEN }), 'input.invalid');
    for (const path of [QUERY, DOWNLOAD]) {
      expectProblem(await product.post(null, path, { codes: [unknown] }), 'auth.required');
    }
    expect((await ask({ codes: Array.from({ length: MOST_CODES }, () => unknown) })).body.items).toHaveLength(1);
  });
});

describe('the download', () => {
  it('has a row for each restriction, and one for each enterprise without any', async () => {
    const { uscc, name, documentNo } = await restricted({ documentNo: '=1+1' });
    const answer = await product.post<string>('nongye', DOWNLOAD, { codes: [unknown, uscc], asOf: today });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent(`限制查询${today}.csv`));
    const rows = parse<Record<string, string>>(answer.body, { bom: true, columns: true });
    expect(rows).toMatchObject([
      { 查询日期: today, 统一社会信用代码: unknown, 名称: '（平台上没有该企业的信息）', 是否受限: '否', 限制措施: '' },
      {
        统一社会信用代码: uscc,
        名称: name,
        是否受限: '是',
        决定日期: addDays(today, -30),
        决定文号: "'=1+1",
        依据: '《示例办法》第七条',
        限制自: addDays(today, -30),
        限制至: '至解除之日',
        提请人: '李经办',
        列入文号: documentNo,
      },
    ]);
  });
});

describe('who asked about whom', () => {
  it('is on record, with the person for whom an account asks', async () => {
    const { uscc } = await restricted();
    await ask({ codes: [uscc, unknown], asOf: today, personAsking: '王审批' });
    await product.post('weijian', DOWNLOAD, { codes: [unknown] });
    const { body } = await product.get<Log>('ducha', LOG);
    expect(body.items.slice(0, 2)).toMatchObject([
      { username: 'weijian', codes: [unknown], restricted: 0, downloaded: true, departmentCode: '430103-health' },
      {
        username: 'nongye',
        personAsking: '王审批',
        codes: [uscc, unknown],
        restricted: 1,
        asOf: today,
        downloaded: false,
      },
    ]);
    // Without another person it is the account's own.
    expect(body.items[0]!.personAsking).not.toBe('');
    const { body: earlier } = await product.get<Log>('ducha', `${LOG}?before=${body.items[0]!.id}&limit=1`);
    expect(earlier.items.map(({ id }) => id)).toEqual([body.items[1]!.id]);
  });

  it('is read by those who oversee, and rewritten by nobody', async () => {
    await ask({ codes: [unknown] });
    for (const as of ['nongye', 'dengji']) expectProblem(await product.get(as, LOG), 'access.denied');
    expectProblem(await product.get(null, LOG), 'auth.required');
    const { pool } = product.handle;
    await expect(pool.query("update restriction_queries set person_asking = 'x'")).rejects.toThrow('append-only');
    await expect(pool.query('delete from restriction_queries')).rejects.toThrow('append-only');
  });
});

describe('the decision', () => {
  const order = (dates: object) => ({ measureIds: ['SP01'], decidedOn: today, ...dates });

  /** A notice that the department has fetched: no worker runs here, so the record is brought to that stage. */
  async function fetched() {
    const entry = listingEntry({ listedOn: LISTED_ON });
    expect((await product.post('dengji', LISTINGS, entry)).status).toBe(201);
    const caseId = sanctionCaseId('sanctionNotice', { ...entry, departmentCode: '430103-health' });
    const { rowCount } = await product.handle.pool.query("update cases set stage = 'fetched' where case_id = $1", [
      caseId,
    ]);
    expect(rowCount).toBe(1);
    return caseId;
  }

  it('refuses a day to come, one before the listing, and one before the calendar begins', async () => {
    const decide = casePath('sanction-notices', await fetched(), 'decide');
    const refused = async (body: object) => product.post('weijian', decide, body);
    const coming = expectProblem(await refused(order({ decidedOn: addDays(today, 1) })), 'input.invalid');
    expect(coming.detail).toContain('尚未到来');
    const early = expectProblem(await refused(order({ decidedOn: addDays(LISTED_ON, -1) })), 'input.invalid');
    expect(early).toMatchObject({ detail: expect.stringContaining('早于企业列入名单之日'), article: '第九条第一款' });
    expectProblem(await refused(order({ decidedOn: '1999-01-04' })), 'calendar.insufficient');
  });

  it('refuses days that contradict each other, a decision without its day, and a citizen’s number', async () => {
    const decide = casePath('sanction-notices', await fetched(), 'decide');
    for (const body of [
      order({ validFrom: addDays(today, -1) }),
      order({ validUntil: addDays(today, -1) }),
      order({ decidedOn: undefined }),
      order({ personAsking: CITIZEN }),
      order({ basis: `依据${CITIZEN}` }),
    ]) {
      expectProblem(await product.post('weijian', decide, body), 'input.invalid');
    }
    expectProblem(await product.post('nongye', decide, order({})), 'resource.not-found');
  });
});
