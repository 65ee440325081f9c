/** 更正 (第十八条) through HTTP: the department's own discovery, the public's report, materials, two persons, versions. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReceiptProgress } from '../../api/views/receipt.ts';
import type { CommandResult } from '../../domain/case/case.ts';
import { withCheckDigit } from '../../domain/uscc.ts';
import { today } from '../support/day.ts';
import { Product } from '../support/product.ts';
import { PDF, upload } from './support/attachments.ts';
import { begunCase, casePath, expectProblem, registration } from './support/requests.ts';

let product: Product;
beforeAll(async () => {
  product = await Product.start();
});
afterAll(() => product.close());

let serial = 0;
const record = (more: Record<string, unknown> = {}) => {
  serial += 1;
  return {
    kind: 'permit',
    name: `天心区更正试验${serial}有限公司`,
    uscc: withCheckDigit(`91430103MA4${String(300_000 + serial)}`),
    documentNo: `更正〔2026〕${process.pid}-${Date.now()}-${serial}号`,
    generatedOn: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10),
    content: '农药经营许可',
    authority: '天心区农业农村局',
    ...more,
  };
};

interface Page {
  sections: { records: { recordId: string; version?: number; content?: unknown }[] }[];
}

/** A record that is shown. */
async function published() {
  const input = record();
  const accepted = await product.post<{ recordId: string; caseId: string }>('nongye', '/api/v1/publications', input);
  expect(accepted.status).toBe(201);
  const { recordId, caseId } = accepted.body;
  await begun('dengji', 'publications', caseId);
  expect((await product.post('dengji', casePath('publications', caseId, 'publish'))).status).toBe(200);
  return { input, recordId };
}

const begun = (as: string, noun: string, caseId: string) => begunCase(product, as, noun, caseId);

const command = (as: string, caseId: string, verb: string, body: unknown = {}) =>
  product.post<CommandResult>(as, casePath('corrections', caseId, verb), body);

async function shownContent(uscc: string): Promise<string> {
  const { body } = await product.get<Page>(null, `/api/v1/public/enterprises/${uscc}`);
  return JSON.stringify(body.sections);
}

describe("the department's own discovery", () => {
  it('is applied for, reviewed by a second person, carried out, and told to whoever was told of the enterprise', async () => {
    const { input, recordId } = await published();
    const { uscc, name } = input;
    await product.post('dengji', '/api/v1/registrations', registration({ uscc, name, scope: '许可项目：食品销售。' }));
    const opened = await product.post<{ caseId: string }>('nongye', '/api/v1/corrections', {
      recordId,
      discoveredOn: today(),
      problem: '许可内容有误',
    });
    expect(opened.status).toBe(201);
    const { caseId } = opened.body;
    const again = await product.post<{ caseId: string }>('nongye', '/api/v1/corrections', {
      recordId,
      discoveredOn: today(),
      problem: '许可内容有误',
    });
    expect([again.status, again.body.caseId]).toEqual([200, caseId]);
    const seen = await begun('nongye', 'corrections', caseId);
    expect(seen.body.deadlines).toMatchObject([
      { limitId: 'correction.application', kind: 'statutory', workingDays: 3 },
    ]);

    const proof = await upload(product, 'nongye', '证明.pdf', PDF);
    expect(proof).toMatchObject({ status: 201, body: { mediaType: 'application/pdf' } });
    const content = { ...input, content: '农药经营许可（限制使用农药除外）' };
    const application = { statement: '请予更正', content, attachmentIds: [proof.body.id] };
    expect((await command('nongye', caseId, 'apply', application)).body).toMatchObject({ stage: 'applied' });
    expect(await shownContent(input.uscc)).not.toContain('限制使用农药除外');

    expectProblem(await command('nongye', caseId, 'approve', { opinion: '同意' }), 'access.denied');
    expectProblem(await command('admin', caseId, 'execute'), 'transition.refused');
    expect((await command('nongye-lead', caseId, 'approve', { opinion: '属实' })).body).toMatchObject({
      stage: 'reviewed',
      late: false,
    });
    expectProblem(await command('nongye', caseId, 'execute'), 'access.denied');
    expect((await command('admin', caseId, 'execute')).body).toMatchObject({ stage: 'corrected' });
    expect(await shownContent(input.uscc)).toContain('限制使用农药除外');

    const told = await product.get<{ items: { topic: string }[] }>(
      'shichang',
      `/api/v1/inbox?caseId=${encodeURIComponent(caseId)}`,
    );
    expect(told.body.items.map(({ topic }) => topic)).toEqual(['correction.executed']);
    const publisher = await product.get<{ items: { topic: string }[] }>(
      'dengji',
      `/api/v1/inbox?caseId=${encodeURIComponent(caseId)}`,
    );
    expect(publisher.body.items.map(({ topic }) => topic)).toEqual(['correction.executed']);

    const versions = await product.get<{
      versions: { version: number; shownFrom: string | null; shownUntil: string | null }[];
    }>('nongye', `/api/v1/records/${recordId}`);
    expect(versions.body.versions.map(({ version, shownUntil }) => [version, shownUntil === null])).toEqual([
      [1, false],
      [2, true],
    ]);
    const file = await fetch(`${product.url}/api/v1/attachments/${proof.body.id}`, {
      headers: { authorization: `Bearer ${await product.tokenOf('nongye-lead')}` },
    });
    expect(Buffer.from(await file.arrayBuffer()).equals(PDF)).toBe(true);
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expectProblem(await product.get('weijian', `/api/v1/attachments/${proof.body.id}`), 'resource.not-found');
  });

  it('a lead who applied cannot approve; what is sent back may be applied for again', async () => {
    const { input, recordId } = await published();
    const { body } = await product.post<{ caseId: string }>('nongye-lead', '/api/v1/corrections', {
      recordId,
      discoveredOn: today(),
      problem: '机关名称有误',
    });
    await begun('nongye', 'corrections', body.caseId);
    const application = { statement: '请予更正', content: { ...input, authority: '天心区农业农村主管部门' } };
    await command('nongye-lead', body.caseId, 'apply', application);
    expectProblem(await command('nongye-lead', body.caseId, 'approve', { opinion: '同意' }), 'review.same-person');
    expectProblem(await command('nongye-lead', body.caseId, 'send-back', { reason: '退' }), 'review.same-person');
  });

  it('is nobody else’s business, and of nothing that is not shown', async () => {
    const { recordId } = await published();
    const report = { recordId, discoveredOn: today(), problem: '有误' };
    expectProblem(await product.post('weijian', '/api/v1/corrections', report), 'resource.not-found');
    expectProblem(await product.post('dengji', '/api/v1/corrections', report), 'access.denied');
    const discovered = (discoveredOn: string) =>
      product.post('nongye', '/api/v1/corrections', { ...report, discoveredOn });
    expectProblem(await discovered('2999-01-01'), 'input.invalid');
    // No limit can be counted from this day: if it were accepted, the case would retry for ever.
    expectProblem(await discovered('2015-12-31'), 'calendar.insufficient');
    expect((await discovered(today())).status).toBe(201);
    expectProblem(
      await product.post('nongye', '/api/v1/corrections', { ...report, recordId: 'none' }),
      'resource.not-found',
    );
  });
});

describe("the public's report", () => {
  it('comes with materials, gets a receipt, and its progress tells nothing of who wrote what', async () => {
    const { recordId } = await published();
    const material = await upload(product, null, '营业执照.pdf', PDF);
    expect(material.status).toBe(201);
    const report = {
      recordId,
      content: '许可内容与事实不符',
      reporterName: '张三',
      contact: '13800000000',
      attachments: [{ id: material.body.id, claimToken: material.body.claimToken }],
    };
    const stolen = { ...report, attachments: [{ id: material.body.id, claimToken: 'guess' }] };
    expectProblem(await product.post(null, '/api/v1/public/corrections', stolen), 'attachment.unknown');
    const { status, body } = await product.post<{ receiptNo: string }>(null, '/api/v1/public/corrections', report);
    expect(status).toBe(201);
    expect(body.receiptNo).toMatch(/^\d{8}[0-9A-Z]{13}$/);

    const progress = async () =>
      (await product.get<{ stageTitle: string }>(null, `/api/v1/public/corrections/${body.receiptNo}`)).body;
    expect(await progress()).toMatchObject({ stageTitle: '待核实' });
    const caseId = `correction~${recordId}~${body.receiptNo}`;
    const seen = await begun('nongye', 'corrections', caseId);
    expect(seen.body.deadlines).toMatchObject([{ limitId: 'correction.verification', kind: 'norm' }]);
    expect(JSON.stringify(seen.body)).not.toContain('张三');
    const letter = await product.get<{ reporterName: string }>('nongye', casePath('corrections', caseId, 'report'));
    expect(letter.body.reporterName).toBe('张三');
    expectProblem(await product.get('weijian', casePath('corrections', caseId, 'report')), 'resource.not-found');

    expect((await command('nongye', caseId, 'confirm', { opinion: '属实' })).body).toMatchObject({
      stage: 'confirmed',
    });
    const confirmed = await begun('nongye', 'corrections', caseId);
    expect(confirmed.body.deadlines.find(({ limitId }) => limitId === 'correction.application')).toMatchObject({
      kind: 'statutory',
      workingDays: 3,
      settledAt: null,
    });
    expect(JSON.stringify(await progress())).not.toMatch(/张三|13800000000|不符/);
  });

  it('has a receipt that says whose it is, and the limits in force for it: begun ones keep their days', async () => {
    const { recordId } = await published();
    const { body } = await product.post<{ receiptNo: string }>(null, '/api/v1/public/corrections', {
      recordId,
      content: '不对',
    });
    await begun('nongye', 'corrections', `correction~${recordId}~${body.receiptNo}`);
    const ladders = { 'correction.verification': ['due', 'due+3'], 'correction.execution': ['due'] };
    for (const [limitId, ladder] of Object.entries(ladders)) {
      const setting = { workingDays: 9, ladder, reason: '试验' };
      expect((await product.request('admin', 'PUT', `/api/v1/admin/limits/${limitId}`, setting)).status).toBe(200);
    }
    const receipt = await product.get<ReceiptProgress>(null, `/api/v1/public/receipts/${body.receiptNo}`);
    expect(receipt.body).toMatchObject({
      departmentName: '天心区农业农村主管部门',
      enterprise: { name: expect.stringContaining('天心区更正试验') },
      record: { kindTitle: '行政许可', documentNo: expect.stringContaining('号') },
      limits: [
        { title: '核实反映的数据错误', workingDays: 5, kind: 'norm' },
        { title: '书面报请更正', workingDays: 3, kind: 'statutory' },
        { title: '予以更正', workingDays: 9, kind: 'norm' },
      ],
    });
  });

  it('is refused with a reason, and the receipt says so', async () => {
    const { recordId } = await published();
    const { body } = await product.post<{ receiptNo: string }>(null, '/api/v1/public/corrections', {
      recordId,
      content: '不对',
    });
    const caseId = `correction~${recordId}~${body.receiptNo}`;
    await begun('nongye', 'corrections', caseId);
    await command('nongye', caseId, 'reject', { reason: '经核实，公示内容与决定书一致' });
    const { body: progress } = await product.get(null, `/api/v1/public/corrections/${body.receiptNo.toLowerCase()}`);
    expect(progress).toMatchObject({ stageTitle: '不予更正' });
    const { body: receipt } = await product.get(null, `/api/v1/public/receipts/${body.receiptNo}`);
    expect(receipt).toEqual(progress);
    expect(receipt).toMatchObject({
      kind: 'correction',
      steps: [{ title: '收到反映' }, { title: '不予更正' }],
      reply: '经核实，公示内容与决定书一致',
    });
    expectProblem(await product.get(null, `/api/v1/public/complaints/${body.receiptNo}`), 'resource.not-found');
    const wrong = `${body.receiptNo.slice(0, -1)}${body.receiptNo.endsWith('0') ? '1' : '0'}`;
    expectProblem(await product.get(null, `/api/v1/public/corrections/${wrong}`), 'resource.not-found');
  });
});

describe('an attachment', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );

  it.each([
    ['an empty file', 'a.pdf', Buffer.alloc(0), 'attachment.refused'],
    ['a program', 'a.exe', Buffer.from('MZ\u0000\u0000'), 'attachment.refused'],
    ['a program that calls itself a document', 'a.pdf', Buffer.from('MZ\u0090\u0000\u0003'), 'attachment.refused'],
    ['a page', 'a.html', Buffer.from('<html><script>1</script>'), 'attachment.refused'],
    ['a page that calls itself text', 'a.txt', Buffer.from('<script>alert(1)</script>'), 'attachment.refused'],
    ['a picture that calls itself a document', 'a.pdf', png, 'attachment.refused'],
    ['more than ten megabytes', 'a.pdf', Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024)]), 'attachment.refused'],
  ] as const)('%s is refused', async (_, name, content, code) => {
    const answer = await upload(product, 'nongye', name, content);
    if (answer.status === 413) expectProblem(answer, 'input.too-large');
    else expectProblem(answer, code);
  });

  it('keeps the last part of its name only, and the same content fifty times at once is stored once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => upload(product, 'nongye', '../../etc/证明?.pdf', PDF)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => (body as unknown as { sha256: string }).sha256)).size).toBe(1);
    expect(answers[0]!.body).toMatchObject({ filename: '证明_.pdf' });
  });

  /** A correction that was confirmed and waits for its application. */
  async function confirmed() {
    const { input, recordId } = await published();
    const report = { recordId, discoveredOn: today(), problem: '有误' };
    const { body } = await product.post<{ caseId: string }>('nongye', '/api/v1/corrections', report);
    await begun('nongye', 'corrections', body.caseId);
    const apply = (content: string, attachmentIds: string[]) =>
      command('nongye', body.caseId, 'apply', { statement: '请予更正', content: { ...input, content }, attachmentIds });
    return { input, apply };
  }

  it('of another person is not taken up', async () => {
    const { apply } = await confirmed();
    const others = await upload(product, 'weijian', 'a.pdf', PDF);
    expectProblem(await apply('新内容', [others.body.id]), 'attachment.unknown');
  });

  it('is taken up with the application or not at all, and by one of several at once', async () => {
    const [refused, ...several] = [await confirmed(), await confirmed(), await confirmed(), await confirmed()];
    const { body } = await upload(product, 'nongye', 'a.pdf', PDF);
    expectProblem(await refused.apply(refused.input.content, [body.id]), 'correction.unchanged');
    const answers = await Promise.all(several.map(({ apply }) => apply('新内容', [body.id])));
    for (const answer of answers.filter(({ status }) => status !== 200)) expectProblem(answer, 'attachment.unknown');
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});
