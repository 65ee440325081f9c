/** 企业名下的公示信息: what the public reads, and what it read on a day (第五条、第十八条). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EnterprisePage } from '../../api/routes/enterprises.ts';
import { addDays } from '../../domain/clock/calendar.ts';
import { onOneDay, today } from '../support/day.ts';
import { Product } from '../support/product.ts';
import { listingEntry, LISTINGS } from './support/listings.ts';
import { CITIZEN, command, page, record, shownIn, submit } from './support/records.ts';
import { accept, expectProblem } from './support/requests.ts';

let product: Product;
beforeAll(async () => {
  product = await Product.start();
});
afterAll(() => product.close());
beforeEach(onOneDay);

describe('the public page', () => {
  it('answers what was shown at the end of a day', async () => {
    const input = record();
    const accepted = await submit(product, input);
    await command(product, 'dengji', accepted, 'publish');
    // Shown three days ago, replaced yesterday, as a correction leaves it.
    const at = (days: number, time: string) => `${addDays(today(), days)}T${time}+08:00`;
    const { pool } = product.handle;
    await pool.query(
      'update record_versions set shown_from = $2, shown_until = $3 where record_id = $1 and version = 1',
      [accepted.recordId, at(-3, '10:00:00'), at(-1, '24:00:00')],
    );
    await pool.query(
      `insert into record_versions (record_id, version, content, content_hash, submitted_by, case_id, shown_from)
       select record_id, 2, content, 'h2', submitted_by, case_id, $2 from record_versions where record_id = $1`,
      [accepted.recordId, at(-1, '24:00:00')],
    );
    const versionOn = async (days: number) =>
      shownIn(await page(product, input.uscc, addDays(today(), days)))[0]?.version;
    expect(await Promise.all([-4, -3, -2, -1, 0].map(versionOn))).toEqual([undefined, 1, 1, 1, 2]);
    expect(shownIn(await page(product, input.uscc)).map(({ version }) => version)).toEqual([2]);
    expectProblem(await page(product, input.uscc, addDays(today(), 1)), 'input.invalid');
    expectProblem(await page(product, input.uscc, '2026-02-30'), 'input.invalid');
  });

  it('no longer shows a penalty whose publicity has ended, and did until then', async () => {
    const input = record({
      kind: 'penalty',
      violation: '虚假宣传',
      generatedOn: addDays(today(), -5),
      publicUntil: addDays(today(), -2),
    });
    const accepted = await submit(product, input);
    await command(product, 'dengji', accepted, 'publish');
    await product.handle.pool.query('update record_versions set shown_from = $2 where record_id = $1', [
      accepted.recordId,
      `${addDays(today(), -4)}T10:00:00+08:00`,
    ]);
    expect(shownIn(await page(product, input.uscc))).toEqual([]);
    expect(shownIn(await page(product, input.uscc, addDays(today(), -2)))).toHaveLength(1);
    expect(shownIn(await page(product, input.uscc, addDays(today(), -1)))).toEqual([]);
  });

  it('has the national system’s sections, needs no account, and names nobody who works on it', async () => {
    const input = record({ kind: 'other', section: '双随机抽查结果信息', title: '抽查', content: '未发现问题' });
    const accepted = await submit(product, input);
    await command(product, 'dengji', accepted, 'publish');
    const { body } = await page(product, input.uscc);
    expect(body.sections.map(({ title }) => title)).toEqual([
      '行政许可信息',
      '双随机抽查结果信息',
      '产品质量监督抽查结果信息',
      '认证监管抽查检查结果信息',
      '食品抽查检查结果信息',
      '其他抽查检查结果信息',
      '行政处罚信息',
      '列入经营异常名录信息',
      '列入严重违法失信名单（黑名单）信息',
      '其他依法应当公示的信息',
    ]);
    expect(body.sections[1]!.records).toHaveLength(1);
    expect(JSON.stringify(body)).not.toMatch(/nongye|dengji|submittedBy|receivedAt/);
    expectProblem(await page(product, '91350100M000100Y4A'), 'resource.not-found');
    expectProblem(await product.get(null, `/api/v1/enterprises/${input.uscc}/records`), 'auth.required');
    expectProblem(await product.get(null, `/api/v1/records/${accepted.recordId}`), 'auth.required');
  });

  it('shows entries of lists while they are in force, in their sections, with what the law publishes of them', async () => {
    const { uscc, name } = record();
    const entry = listingEntry({ uscc, name, grounds: '逾期未报送年报', responsiblePerson: '张三' });
    const personal = { ...entry, grounds: `${entry.grounds} ${CITIZEN}` };
    expectProblem(await product.post('dengji', LISTINGS, personal), 'input.invalid');
    for (const one of [
      entry,
      listingEntry({ uscc, name, list: 'abnormal-operation' }),
      listingEntry({ uscc, name, list: 'court-debtor' }),
    ]) {
      expect((await product.post('dengji', LISTINGS, one)).status).toBe(201);
    }
    const listed = async (asOf = '') =>
      (await page(product, uscc, asOf)).body.sections.flatMap(({ section, listings }) =>
        listings.map((listing) => ({ section, ...listing })),
      );
    const { documentNo, authority, listedOn } = entry;
    const days = { listedOn, listedUntil: null, minimumPublicUntil: null };
    const shown = { listTitle: '严重违法失信名单', documentNo, authority, ...days };
    const { pool } = product.handle;
    // As intakes of earlier commits let it in.
    await pool.query('update listings set grounds = $2 where document_no = $1', [documentNo, personal.grounds]);
    expect(await listed()).toEqual([
      expect.objectContaining({ section: 'abnormalOperation', listTitle: '经营异常名录' }),
      { section: 'seriousViolation', ...shown, grounds: expect.not.stringContaining(CITIZEN) as string },
    ]);
    expect(await listed(addDays(today(), -1))).toEqual([]);
    const before = `${addDays(today(), -2)}T10:00:00+08:00`;
    await pool.query('update listings set accepted_at = $2, removed_at = now() where uscc = $1', [uscc, before]);
    expect(await listed()).toEqual([]);
    expect(await listed(addDays(today(), -1))).toHaveLength(2);
  });

  it('begins with what was registered last, as far as was known on the day, and nothing of natural persons', async () => {
    const { input } = await accept(product, { scope: '许可项目：农药零售。' });
    const read = async (asOf = '') =>
      (await product.get<EnterprisePage>(null, `/api/v1/public/enterprises/${input.uscc}${asOf && `?asOf=${asOf}`}`))
        .body;
    expect((await read()).registration).toEqual({
      statusTitle: '存续',
      kindTitle: '企业',
      regionName: '湖南省长沙市天心区',
      registeredOn: today(),
      eventTitle: '设立',
      scope: '许可项目：农药零售。',
    });
    expect((await read(addDays(today(), -1))).registration).toBeNull();
    await accept(product, { uscc: input.uscc, name: input.name, event: 'cancel' });
    expect((await read()).registration).toMatchObject({ statusTitle: '注销', eventTitle: '注销' });
  });

  it('calls everyone what they were called on the day, and knows no later cancellation', async () => {
    const { pool } = product.handle;
    const { input } = await accept(product);
    const shown = await submit(product, record({ uscc: input.uscc, name: input.name }));
    await command(product, 'dengji', shown, 'publish');
    const before = new Date(Date.now() - 3 * 86_400_000);
    await pool.query('update registrations set accepted_at = $2, registered_on = $3 where uscc = $1', [
      input.uscc,
      before,
      addDays(today(), -3),
    ]);
    await pool.query('update record_versions set shown_from = $2 where record_id = $1', [shown.recordId, before]);
    const renamed = { name: '天心区农业农村局', reason: '机构改革' };
    const path = '/api/v1/admin/departments/430103-agriculture';
    expect((await product.request('admin', 'PUT', path, renamed)).status).toBe(200);
    const name = `${input.name}更名`;
    await accept(product, { uscc: input.uscc, name, event: 'change' });
    await accept(product, { uscc: input.uscc, name, event: 'cancel' });

    const departments = (seen: Awaited<ReturnType<typeof page>>) =>
      seen.body.sections.flatMap(({ records }) => records.map(({ departmentName }) => departmentName));
    const then = await page(product, input.uscc, addDays(today(), -1));
    expect(then.body).toMatchObject({ name: input.name, cancelledOn: null, registration: { statusTitle: '存续' } });
    expect(departments(then)).toEqual(['天心区农业农村主管部门']);
    const now = await page(product, input.uscc);
    expect(now.body).toMatchObject({ name, cancelledOn: today(), registration: { statusTitle: '注销' } });
    expect(departments(now)).toEqual([renamed.name]);
  });

  it('names the standard’s fields as people do, and says what its codes mean', async () => {
    const input = record({ status: '1', counterparty: 'organisation', validUntil: '2099-12-31' });
    await command(product, 'dengji', await submit(product, input), 'publish');
    const [shown] = shownIn(await page(product, input.uscc));
    const read = (name: string) => shown!.fields.find(({ field }) => field === name);
    expect(read('uscc')).toMatchObject({ label: '统一社会信用代码', code: 'XK_XDR_SHXYM' });
    expect(read('status')).toMatchObject({ value: '1', meaning: '有效' });
    expect(read('counterparty')).toMatchObject({ meaning: '法人及非法人组织' });
    expect(read('validUntil')).toMatchObject({ meaning: '长期' });
    expect(read('content')).not.toHaveProperty('meaning');
  });

  it('is found by name or code; wildcards are letters', async () => {
    const input = record();
    await submit(product, input);
    const search = async (q: string) =>
      (await product.get<{ items: { uscc: string }[] }>(null, `/api/v1/public/enterprises?q=${encodeURIComponent(q)}`))
        .body.items;
    expect((await search(input.name)).map(({ uscc }) => uscc)).toContain(input.uscc);
    expect((await search(input.uscc.toLowerCase())).map(({ uscc }) => uscc)).toEqual([input.uscc]);
    expect(await search('%%')).toEqual([]);
    expectProblem(await product.get(null, '/api/v1/public/enterprises?q=a'), 'input.invalid');
  });
});
