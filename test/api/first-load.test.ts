/** 首次装载: what a province has when it starts comes in as what it is, once, however often the command is killed. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { count, eq } from 'drizzle-orm';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { xlsxFile } from '../../api/http/xlsx.ts';
import { tallyDifferences } from '../../db/rollups/tallies.ts';
import * as schema from '../../db/schema.ts';
import type { FirstLoadKind } from '../../domain/first-load/kinds.ts';
import { addDays } from '../../domain/clock/calendar.ts';
import { firstLoad } from '../../scripts/lib/first-load/run.ts';
import { today } from '../support/day.ts';
import { eventually, Product } from '../support/product.ts';
import {
  codeOf,
  documentOf,
  enterprise,
  fileOf,
  listing,
  nextUscc,
  penalty,
  permit,
  type Cells,
} from './support/past.ts';
import { CITIZEN } from './support/records.ts';
import { jsonl, NDJSON, newcomer, readImport, REGISTRATIONS, registration, withToken } from './support/requests.ts';

const { cases, listings, outbox, records, recordVersions, registrations } = schema;

let product: Product;
let folder: string;
beforeAll(async () => {
  product = await Product.start();
  folder = await mkdtemp(path.join(tmpdir(), 'xietong-first-load-'));
});
afterAll(async () => {
  await product.close();
  await rm(folder, { recursive: true });
});

const load = async (kind: FirstLoadKind, rows: readonly Cells[], more: object = {}) =>
  firstLoad(product.databaseUrl, { kind, file: await fileOf(folder, rows), ...more });

interface Page {
  name: string;
  cancelledOn: string | null;
  registration: { statusTitle: string; registeredOn: string; scope: string } | null;
  sections: { title: string; records: { shownFrom: string }[]; listings: { documentNo: string }[] }[];
}
async function page(uscc: string, asOf = ''): Promise<Page> {
  const response = await fetch(`${product.url}/api/v1/public/enterprises/${uscc}${asOf && `?asOf=${asOf}`}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Page;
}
const shown = ({ sections }: Page) => sections.flatMap((one) => [...one.records, ...one.listings]);

/** What a first load never writes. */
async function followed() {
  const { db } = product.handle;
  const tables = [cases, outbox, schema.auditLog, schema.deadlines, schema.notices] as const;
  return Promise.all(tables.map(async (table) => (await db.select({ n: count() }).from(table))[0]!.n));
}

describe('enterprises', () => {
  it('come with state and day, are found and known, and nothing is pushed or counted', async () => {
    const before = await followed();
    const [active, revoked, cancelled] = [
      enterprise({ 名称: '湖南ＡＢＣ装载（长沙）有限公司' }),
      enterprise({ 登记状态: '吊销，未注销', 吊销日期: '2020-02-03' }),
      enterprise({ 登记状态: '注销', 注销日期: '2021-06-07' }),
    ];
    const report = await load('enterprises', [active, revoked, cancelled]);
    expect(report).toMatchObject({ taken: 3, present: 0, refused: 0, finished: true });
    expect(await followed()).toEqual(before);

    const pages = await Promise.all([active, revoked, cancelled].map((row) => page(codeOf(row))));
    expect(pages.map(({ registration: known }) => [known?.statusTitle, known?.registeredOn])).toEqual([
      ['存续', '2019-03-04'],
      ['吊销，未注销', '2020-02-03'],
      ['注销', '2021-06-07'],
    ]);
    expect(pages.map(({ cancelledOn }) => cancelledOn)).toEqual([null, null, '2021-06-07']);
    expect((await page(codeOf(cancelled), '2021-06-06')).registration).toBeNull();

    const found = await fetch(`${product.url}/api/v1/public/enterprises?q=${encodeURIComponent('abc装载(长沙)')}`);
    expect(((await found.json()) as { items: { uscc: string }[] }).items).toEqual([
      expect.objectContaining({ uscc: codeOf(active) }),
    ]);
    expect(await tallyDifferences(product.handle.db)).toEqual([]);
  });

  it('are another authority’s from then on, and changed by their own; a former name still finds them', async () => {
    const row = enterprise({ 名称: '天心区旧名装载有限公司' });
    await load('enterprises', [row]);
    const foreign = await newcomer(product, 'dengji-elsewhere', {
      role: 'registering-authority',
      regionCode: '430102',
      departmentCode: '430102-registration',
    });
    const change = { uscc: codeOf(row), event: 'change', registeredOn: today() };
    const theirs = registration({ ...change, name: '芙蓉区新名有限公司', regionCode: '430102' });
    const refused = await withToken<{ code: string }>(product, foreign, 'POST', REGISTRATIONS, theirs);
    expect(refused.body.code).toBe('access.denied');
    const own = registration({ ...change, name: '天心区新名有限公司', regionCode: '430103' });
    const accepted = await product.post<{ result: string }>('dengji', REGISTRATIONS, own);
    expect(accepted.body.result).toBe('accepted');
    const found = await fetch(`${product.url}/api/v1/public/enterprises?q=${encodeURIComponent('旧名装载')}`);
    expect(((await found.json()) as { items: object[] }).items).toEqual([
      expect.objectContaining({ uscc: codeOf(row), name: '天心区新名有限公司', formerName: '天心区旧名装载有限公司' }),
    ]);
  });

  it('never override what came in live, and take the place of what only a record had named', async () => {
    const live = registration({ uscc: nextUscc(), registeredOn: addDays(today(), -3) });
    expect((await product.post<{ result: string }>('dengji', REGISTRATIONS, live)).body.result).toBe('accepted');
    const named = permit();
    await load('records', [named]);
    const rows = [
      enterprise({ 统一社会信用代码: live.uscc, 名称: '装载的名称', 登记日期: today(), 登记状态: '注销' }),
      enterprise({ 统一社会信用代码: codeOf(named), 名称: '登记簿的名称' }),
    ];
    expect(await load('enterprises', rows)).toMatchObject({ taken: 1, present: 1, refused: 0 });
    expect(await page(live.uscc)).toMatchObject({ name: live.name, cancelledOn: null });
    expect((await page(codeOf(named))).name).toBe('登记簿的名称');
    const rowsOf = product.handle.db.select().from(registrations).where(eq(registrations.uscc, live.uscc));
    expect(await rowsOf).toHaveLength(1);
  });

  it('keep of several rows what the latest says; a cancellation may be handed over later', async () => {
    const uscc = nextUscc();
    const rows = [
      enterprise({ 统一社会信用代码: uscc, 名称: '天心区后名', 登记日期: '2022-01-01' }),
      enterprise({ 统一社会信用代码: uscc, 名称: '天心区前名', 登记日期: '2020-01-01' }),
    ];
    expect(await load('enterprises', rows)).toMatchObject({ taken: 2 });
    expect((await page(uscc)).name).toBe('天心区后名');
    expect((await page(uscc, '2021-01-01')).name).toBe('天心区前名');
    const cancel = registration({ uscc, name: '天心区后名', event: 'cancel', regionCode: '430103' });
    expect((await product.post<{ result: string }>('dengji', REGISTRATIONS, cancel)).body.result).toBe('accepted');
    expect((await page(uscc)).cancelledOn).toBe(today());
  });

  it('are refused as an import refuses them, with the reasons counted and the rows beside the file', async () => {
    const file = await fileOf(folder, [
      enterprise(),
      enterprise({ 名称: `王某${CITIZEN}` }),
      enterprise({ 统一社会信用代码: '91430103MA6100000X' }),
      enterprise({ 行政区划代码: '110101' }),
      enterprise({ 登记状态: '不知道' }),
      enterprise({ 登记日期: '' }),
      enterprise({ 登记日期: '2099-01-01' }),
    ]);
    const report = await firstLoad(product.databaseUrl, { kind: 'enterprises', file });
    expect(report).toMatchObject({ taken: 1, refused: 6 });
    expect(Object.values(report.reasons).reduce((sum, one) => sum + one.count, 0)).toBe(6);
    const written = await readFile(report.rejections!, 'utf8');
    expect(written).not.toContain(CITIZEN);
    expect(written).toContain('登记状态“不知道”不明');
    // Corrected, it is loaded as it is.
    const corrected = written.replace('不知道', '在营').replace(/^.*王某.*\r\n/m, '');
    const again = path.join(folder, 'corrected.csv');
    await writeFile(again, corrected);
    expect(await firstLoad(product.databaseUrl, { kind: 'enterprises', file: again })).toMatchObject({
      taken: 1,
      refused: 4,
    });
  });
});

describe('records', () => {
  it('are public since their own day and until the day that the rules give from it', async () => {
    const rows = [
      permit({ 公示日期: '2020-05-20' }),
      // 36 months from its publication: over (国家市场监督管理总局令第45号第十四条).
      penalty({ 公示日期: '2022-01-15' }),
      penalty({ 处罚决定日期: addDays(today(), -40), 公示日期: addDays(today(), -30) }),
      penalty({ 处罚类别: '警告', 处罚内容: '警告' }),
    ];
    const permits = await load('records', rows.slice(0, 1));
    const penalties = await load('records', rows.slice(1));
    expect(permits).toMatchObject({ taken: 1, refused: 0 });
    expect(penalties).toMatchObject({ taken: 2, refused: 1 });
    expect(penalties.reasons).toHaveProperty(['record.not-publishable']);
    const [first, over, recent] = await Promise.all(rows.slice(0, 3).map((row) => page(codeOf(row))));
    expect(shown(first!)).toMatchObject([{ shownFrom: '2020-05-19T16:00:00.000Z' }]);
    expect(shown(await page(codeOf(rows[0]!), '2020-05-19'))).toEqual([]);
    expect(shown(over!)).toEqual([]);
    expect(shown(await page(codeOf(rows[1]!), '2024-01-01'))).toHaveLength(1);
    expect(shown(recent!)).toHaveLength(1);
  });

  it('are duplicates when they are handed in again, conflicts with other content, and can be corrected', async () => {
    const row = permit({ 部门代码: '' });
    expect(await load('records', [row], { department: '430103-agriculture' })).toMatchObject({ taken: 1 });
    const { db } = product.handle;
    const [record] = await db
      .select()
      .from(records)
      .where(eq(records.uscc, codeOf(row)));
    const body = {
      kind: 'permit',
      name: row['行政相对人名称'],
      uscc: codeOf(row),
      documentNo: row['行政许可决定书文号'],
      content: row['许可内容'],
      generatedOn: row['许可决定日期'],
      authority: row['许可机关'],
    };
    const again = await product.post<{ result: string }>('nongye', '/api/v1/publications', body);
    expect(again.body.result).toBe('duplicate');
    const other = await load('records', [{ ...row, 部门代码: '430103-agriculture', 许可内容: '另一内容' }]);
    expect(other).toMatchObject({ taken: 0, refused: 1 });
    expect(other.reasons).toHaveProperty(['record.conflict']);
    const own = { recordId: record!.recordId, discoveredOn: today(), problem: '内容有误' };
    const opened = await product.post<{ caseId: string }>('nongye', '/api/v1/corrections', own);
    expect(opened.status).toBeLessThan(300);
    expect(await db.select().from(recordVersions).where(eq(recordVersions.recordId, record!.recordId))).toHaveLength(1);
  });
});

describe('entries of lists', () => {
  it('of the past are no longer public, those in force are; the record’s region counts', async () => {
    const [past, standing] = [listing({ 移出日期: '2021-01-02', 移出事由: '义务已履行' }), listing()];
    await load('enterprises', [enterprise({ 统一社会信用代码: codeOf(standing) })]);
    const before = await followed();
    const lying = { ...standing, 行政区划代码: '430102' };
    expect(await load('listings', [past, lying])).toMatchObject({ taken: 2, refused: 0 });
    expect(await followed()).toEqual(before);
    expect(shown(await page(codeOf(past)))).toEqual([]);
    expect(shown(await page(codeOf(past), '2020-06-01'))).toMatchObject([{ documentNo: documentOf(past) }]);
    expect(shown(await page(codeOf(standing)))).toHaveLength(1);
    const { db } = product.handle;
    const [row] = await db
      .select()
      .from(listings)
      .where(eq(listings.uscc, codeOf(standing)));
    expect(row).toMatchObject({ regionCode: '430103', removedAt: null });
  });

  it('in force end by the organ’s file, although nobody had a case of them', async () => {
    const row = listing();
    await load('listings', [row]);
    const removal = {
      操作: '移出',
      名单: row['名单'],
      文号: row['文号'],
      统一社会信用代码: codeOf(row),
      列入机关: row['列入机关'],
      移出日期: today(),
      移出事由: '义务已履行',
    };
    const token = await product.tokenOf('admin');
    const send = async () => {
      const response = await fetch(`${product.url}/api/v1/listings/import`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, ...NDJSON },
        body: jsonl([removal]),
      });
      return readImport(response.status, await response.text()).rows.map(({ result }) => result);
    };
    expect(await send()).toEqual(['accepted']);
    const { db } = product.handle;
    const lifted = await eventually(
      () =>
        db
          .select()
          .from(cases)
          .where(eq(cases.caseNo, documentOf(row))),
      ([one]) => one?.stage === 'lifted',
    );
    expect(lifted).toHaveLength(1);
    expect(shown(await page(codeOf(row)))).toEqual([]);
    expect(await send()).toEqual(['duplicate']);
  });
});

describe('files', () => {
  it('are read as an import reads them: workbooks, lines of JSON, GB18030', async () => {
    const rows = [1, 2, 3].map(() => enterprise({ 名称: `天心区格式㐂${nextUscc()}`, 登记状态: '在营（开业）企业' }));
    const columns = Object.keys(rows[0]!);
    const file = (name: string) => path.join(folder, name);
    const table = [columns, ...rows.slice(0, 1).map((row) => columns.map((column) => row[column]!))];
    await pipeline(xlsxFile(table), createWriteStream(file('formats.xlsx')));
    await writeFile(file('formats.jsonl'), jsonl(rows.slice(1, 2)));
    const csv = [columns, columns.map((column) => rows[2]![column]!)].map((cells) => cells.join(',')).join('\r\n');
    await writeFile(file('formats.csv'), iconv.encode(csv, 'gb18030'));
    for (const [at, name] of ['formats.xlsx', 'formats.jsonl', 'formats.csv'].entries()) {
      const report = await firstLoad(product.databaseUrl, { kind: 'enterprises', file: file(name) });
      expect(report, name).toMatchObject({ taken: 1, refused: 0, unreadColumns: [] });
      expect((await page(codeOf(rows[at]!))).name).toBe(rows[at]!['名称']);
    }
  });
});

describe('beside live work', () => {
  it('what comes in live during the load stands at its end', async () => {
    const rows = Array.from({ length: 600 }, () => enterprise());
    const file = await fileOf(folder, rows);
    const loading = firstLoad(product.databaseUrl, { kind: 'enterprises', file, chunk: 30 });
    const live = rows
      .filter((_, at) => at % 15 === 3)
      .map((row) =>
        registration({ uscc: codeOf(row), name: `现场${codeOf(row)}`, event: 'change', regionCode: '430103' }),
      );
    const answers = [];
    for (let at = 0; at < live.length; at += 5) {
      const some = live.slice(at, at + 5);
      answers.push(
        ...(await Promise.all(some.map((row) => product.post<{ result: string }>('dengji', REGISTRATIONS, row)))),
      );
    }
    expect(new Set(answers.map(({ body }) => body.result))).toEqual(new Set(['accepted']));
    const report = await loading;
    expect(report).toMatchObject({ refused: 0, rows: 600, taken: 600 - report.present });
    for (const row of live) expect((await page(row.uscc)).name).toBe(row.name);
    expect(await tallyDifferences(product.handle.db)).toEqual([]);
  });
});
