/** 目录文件: an edition by file, with what it would change of the pushes; what was judged by an earlier edition keeps it. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadReference } from '../../db/reference/reference.ts';
import { seedReference } from '../../db/seed.ts';
import { catalogues, listings, sanctionMeasures } from '../../db/schema.ts';
import { Product } from '../support/product.ts';
import { referenceFiles } from './support/reference-files.ts';
import { accept, expectProblem } from './support/requests.ts';

let product: Product;
beforeAll(async () => {
  product = await Product.start({ samples: true });
});
afterAll(() => product.close());
const { dry, proposed, decide, exported, lastChange } = referenceFiles(() => product);

describe('an edition of a catalogue', () => {
  it('is the same after its own file, with every number, word and qualifier', async () => {
    const { db } = product.handle;
    const before = (await loadReference(db)).items;
    const file = await exported('catalogue');
    expect((await dry('catalogue', file, { version: '2030.1' })).body).toMatchObject({
      rejected: 0,
      counts: { added: 0, changed: 0, retired: 0 },
    });
    const changed = file.replace('农药零售', '农药零售；星际货运代办');
    const id = await proposed('catalogue', changed, { version: '2030.1', source: '湘市监函〔2026〕18号附件' });
    await decide('fuhe', id);
    const [row] = await db.select().from(catalogues).where(eq(catalogues.version, '2030.1'));
    expect(row!.content.source).toBe('湘市监函〔2026〕18号附件');
    const after = new Map(row!.content.items.map((item) => [item.id, item]));
    const differing = [...before.values()].filter(
      (item) => JSON.stringify(item) !== JSON.stringify(after.get(item.id)),
    );
    expect(differing.map(({ keywords }) => keywords)).toEqual([expect.arrayContaining(['农药零售'])]);
    expect((await accept(product, { scope: '许可项目：星际货运代办。' })).items).toEqual([differing[0]!.id]);
    // What was matched before keeps its edition.
    expectProblem(await dry('catalogue', file, { version: '2030.1' }), 'catalogue.version-taken');
  });

  it('shows how the pushes of the last registrations would change', async () => {
    for (let n = 0; n < 3; n += 1) await accept(product, { scope: '许可项目：农药零售。' });
    const rows = (await exported('catalogue'))
      .split('\r\n')
      .map((row) => (row.includes('农药零售') ? row.replace('农业农村', '林业') : row));
    const { body } = await dry('catalogue', rows.join('\r\n'), { version: '2031.1', sample: '10000' });
    expect(body.counts).toEqual({ added: 0, changed: 1, retired: 0 });
    expect(body.difference.entries[0]!.fields).toEqual([
      { field: '审批部门', before: 'agriculture', after: 'forestry' },
    ]);
    const { effect } = body;
    expect(effect!.isComplete).toBe(true);
    const [more, fewer] = ['430103-forestry', '430103-agriculture'].map((code) =>
      effect!.departments.find((row) => row.code === code)!,
    );
    expect(more!.more).toBeGreaterThanOrEqual(3);
    // A department that keeps another item of a registration is told of it all the same.
    expect(fewer!.fewer).toBeGreaterThanOrEqual(3);
    expect(fewer!.fewer).toBeLessThanOrEqual(more!.more);
    expect(effect!.changed).toBeGreaterThanOrEqual(more!.more);
    expect(effect!.examples.length).toBe(Math.min(50, effect!.changed));
    const one = await dry('catalogue', rows.join('\r\n'), { version: '2031.1', sample: '1' });
    expect(one.body.effect).toMatchObject({ compared: 1, changed: 1 });
  });

  it('needs a version of its kind', async () => {
    const file = await exported('catalogue');
    expectProblem(await dry('catalogue', file), 'input.invalid');
    expectProblem(await dry('catalogue', file, { version: '第一版' }), 'input.invalid');
  });

  it('names sectors that somebody has, also where a program publishes it', async () => {
    const item = {
      id: '甲',
      name: '甲',
      sector: 'starlight',
      level: 'x',
      law: 'x',
      article: 'x',
      preApproval: false,
      keywords: ['星际货运'],
      synonyms: [],
      exclusions: [],
    };
    const catalogue = { version: '2040.1', title: 'x', source: 'x', items: [item] };
    expectProblem(
      await product.post('admin', '/api/v1/admin/catalogues', { catalogue, reason: '依据' }),
      'sector.unknown',
    );
  });

  it('that the province published is not replaced by an older one of the product’s files', async () => {
    const { db } = product.handle;
    const inForce = (await loadReference(db)).catalogueVersion;
    // As if an update of the product brought an edition that this database does not have.
    await db.delete(catalogues).where(eq(catalogues.version, '2026.3'));
    await seedReference(product.databaseUrl);
    expect((await loadReference(db)).catalogueVersion).toBe(inForce);
  });
});

describe('an edition of the sanction measures', () => {
  it('is in force for listings that come afterwards; one before keeps its own', async () => {
    const { db } = product.handle;
    const [listed] = await db.select().from(listings).limit(1);
    const lines = (await exported('sanction-measures')).trimEnd().split('\r\n');
    const file = [
      ...lines.filter((line) => !line.includes('限制申报涉农财政扶持项目')),
      '湘戒-001,失信被执行人名单,政府扶持,教育,限制享受养老机构补贴,湘民发〔2026〕1号',
    ].join('\r\n');
    const id = await proposed('sanction-measures', file, { version: '湘-2026.1', standing: '湘发改〔2026〕5号附件' });
    const { body } = await product.get<{ counts: object; effect: unknown }>('admin', `/api/v1/admin/proposals/${id}`);
    expect(body).toMatchObject({ counts: { added: 1, changed: 0, retired: 1 }, effect: null });
    await decide('fuhe', id);
    const { measures } = await loadReference(db);
    expect([measures.version, measures.standing]).toEqual(['湘-2026.1', '湘发改〔2026〕5号附件']);
    expect(measures.measures.at(-1)).toMatchObject({ id: '湘戒-001', sector: 'education' });
    const [kept] = await db.select().from(listings).where(eq(listings.listingId, listed!.listingId));
    expect(kept!.measuresVersion).toBe(listed!.measuresVersion);
    expect(await db.select().from(sanctionMeasures)).toHaveLength(2);
    expect(await lastChange()).toMatchObject({
      subject: 'measures',
      key: '湘-2026.1',
      before: { version: listed!.measuresVersion },
    });
    expectProblem(await dry('sanction-measures', file, { version: '湘-2026.1' }), 'catalogue.version-taken');
  });
});

it('a template is downloaded for each, and imports nothing when it is sent back', async () => {
  for (const noun of ['sectors', 'regions', 'departments', 'catalogue', 'sanction-measures']) {
    const template = await product.get<string>('shenji', `/api/v1/admin/${noun}/import/template`);
    expect(template.status).toBe(200);
    expectProblem(await dry(noun, template.body, { version: '2035.1' }), 'input.empty-file');
  }
});
