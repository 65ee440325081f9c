/** What other reference data would have made of registrations; and a province in full, composed. */
import { describe, expect, it } from 'vitest';
import { csvFile } from '../../api/http/csv.ts';
import { applied } from '../../domain/reference-data/content.ts';
import { EffectTally } from '../../domain/reference-data/effect.ts';
import { NOUNS } from '../../domain/reference-data/nouns.ts';
import { createReference, type ReferenceData } from '../../domain/reference.ts';
import { keysOf } from '../../domain/keys.ts';
import type { RegistrationInput } from '../../domain/registration/registration.ts';
import { composeReferenceFiles } from '../../scripts/lib/reference-files.ts';
import { files, reference, USCC } from '../support/reference.ts';
import { AT, judged, said } from '../support/reference-rows.ts';

describe('the effect', () => {
  const registration = (
    registrationNo: string,
    scope: string,
    regionCode = '430103',
    event: 'establish' | 'cancel' = 'establish',
  ) =>
    ({
      registrationNo,
      uscc: USCC,
      name: '甲公司',
      kind: 'enterprise',
      origin: 'in-province',
      regionCode,
      scope,
      event,
      registeredOn: '2026-06-15',
    }) satisfies RegistrationInput & { registeredOn: string };

  it('counts who would be told more and fewer, by the plan of an intake', () => {
    const items = files.catalogue.items.map((item) =>
      item.keywords.includes('农药零售') ? { ...item, sector: 'forestry' } : item,
    );
    const tally = new EffectTally(reference, createReference({ ...files, catalogue: { ...files.catalogue, items } }));
    tally.add(registration('1', '许可项目：农药零售。'));
    tally.add(registration('2', '许可项目：农药零售；餐饮服务。', '430104'));
    tally.add(registration('3', '一般项目：服装零售。'));
    tally.add(registration('4', '许可项目：农药零售。', '430103', 'cancel'));
    tally.add(registration('5', '许可项目：农药零售。', '110101'));
    const effect = tally.result(true);
    expect(effect).toMatchObject({ compared: 4, changed: 2, redirected: 2, isComplete: true });
    expect(effect.departments.map(({ code, more, fewer }) => [code, more, fewer])).toEqual([
      ['430103-agriculture', 0, 1],
      ['430103-forestry', 1, 0],
      ['430104-agriculture', 0, 1],
      ['430104-forestry', 1, 0],
    ]);
    expect(effect.examples.map(({ registrationNo }) => registrationNo)).toEqual(['1', '2']);
  });

  it('tells who goes to others from what is only numbered anew', () => {
    const renumbered = files.catalogue.items.map((item) => ({ ...item, id: `新-${item.id}` }));
    const tally = new EffectTally(
      reference,
      createReference({ ...files, catalogue: { ...files.catalogue, items: renumbered } }),
    );
    for (let n = 0; n < 60; n += 1) tally.add(registration(String(n), '许可项目：农药零售。'));
    const effect = tally.result(false);
    expect(effect).toMatchObject({ changed: 60, redirected: 0, departments: [], isComplete: false });
    expect(effect.examples).toHaveLength(50);
  });

  it('tells the claim pool from nobody', () => {
    const none = createReference({
      ...files,
      departments: files.departments.filter(({ sector }) => sector !== 'agriculture'),
    });
    const tally = new EffectTally(reference, none);
    tally.add(registration('1', '许可项目：农药零售。'));
    const [example] = tally.result(true).examples;
    expect(example).toMatchObject({ before: { isPooled: false }, after: { departments: {}, isPooled: true } });
  });
});

describe('the composed province', () => {
  it('has 14 prefectures, 122 counties, 45 sectors beside the registering authorities, 600 items, each time the same', () => {
    const rows = composeReferenceFiles();
    expect(composeReferenceFiles()).toEqual(rows);
    const kinds = rows.regions.slice(1).map((row) => row[2]);
    const count = (kind: string) => kinds.filter((one) => one === kind).length;
    expect([count('市州'), count('县区'), count('功能区')]).toEqual([14, 122, 14]);
    expect(rows.sectors).toHaveLength(1 + 45 + 1);
    expect(rows.departments).toHaveLength(1 + (1 + 14 + 122 + 14) * 46);
    expect(new Set(rows.catalogue.slice(1).map(([id]) => id)).size).toBe(600);
  });

  it('passes as a whole, file after file', async () => {
    let data: ReferenceData = files;
    const rows = composeReferenceFiles();
    for (const noun of keysOf(NOUNS)) {
      const found = await judged(noun, csvFile(rows[noun]), data);
      expect(said(found)).toEqual([]);
      data = applied(data, found.content, AT);
    }
    expect(createReference(data).match('许可项目：殡葬用品经营。').items).toHaveLength(1);
  });
});
