import { existsSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { composeRegister } from '../../bench/register.ts';
import { loadCatalogue } from '../../data/catalogue/load.ts';
import { canonicalRegistration, registrationInputSchema } from '../../domain/registration/registration.ts';
import { withCheckDigit } from '../../domain/uscc.ts';

const registration = {
  registrationNo: 'REG-2026-0001',
  uscc: withCheckDigit('91430103MA4L1ABC2'),
  name: '长沙某某餐饮有限公司',
  regionCode: '430103',
  scope: '餐饮服务',
};

const accept = (change: Record<string, unknown>) => registrationInputSchema.parse({ ...registration, ...change });

function refusals(change: Record<string, unknown>): string[] {
  const { error } = registrationInputSchema.safeParse({ ...registration, ...change });
  return error?.issues.map((issue) => `${issue.path.join('.')}：${issue.message}`) ?? [];
}

describe('a registration', () => {
  test('with the required fields only is an enterprise of the province being established', () => {
    expect(accept({})).toEqual({ ...registration, kind: 'enterprise', origin: 'in-province', event: 'establish' });
  });

  test.each([
    ['91', 'enterprise'],
    ['92', 'individual'],
    ['93', 'cooperative'],
    ['52', 'enterprise'],
  ])('whose credit code begins with %s is of kind %s where it says nothing', (prefix, kind) => {
    const uscc = withCheckDigit(`${prefix}430103MA4L1ABC2`);
    expect(accept({ uscc }).kind).toBe(kind);
    expect(accept({ uscc, kind: '' }).kind).toBe(kind);
    expect(accept({ uscc, kind: null }).kind).toBe(kind);
  });

  test.each([
    ['91', '有限责任公司(自然人独资)', 'enterprise'],
    ['91', '个人独资企业', 'enterprise'],
    ['91', '普通合伙', 'enterprise'],
    ['91', '集体所有制（供销合作社）', 'enterprise'],
    ['91', '内资企业', 'enterprise'],
    ['91', '国有企业', 'enterprise'],
    ['91', '集体企业', 'enterprise'],
    ['91', '外资企业', 'enterprise'],
    ['91', '企业法人', 'enterprise'],
    ['91', '分支机构', 'enterprise'],
    ['92', '个体（个人经营）', 'individual'],
    ['93', '农民专业合作社分支机构', 'cooperative'],
    ['52', '农民专业合作社', 'cooperative'],
    ['N2', '个体', 'individual'],
  ])('with a code of %s…, the legal form %s, as registers write it, is of kind %s', (prefix, form, kind) => {
    const uscc = withCheckDigit(`${prefix}430103MA4L1ABC2`);
    expect(accept({ uscc, kind: form }).kind).toBe(kind);
  });

  test.each([
    ['91', '个体工商户'],
    ['91', 'cooperative'],
    ['92', '企业'],
    ['92', '有限责任公司'],
    ['93', 'individual'],
  ])('whose credit code begins with %s is no %s (GB 32100)', (prefix, kind) => {
    const uscc = withCheckDigit(`${prefix}430103MA4L1ABC2`);
    expect(refusals({ uscc, kind })).toEqual([expect.stringMatching(/^kind：.*GB 32100.*不符，请核对两者$/)]);
  });

  test('may carry labels where it could carry codes', () => {
    const uscc = withCheckDigit('92430103MA4L1ABC2');
    expect(accept({ uscc, kind: ' 个体工商户 ', origin: '外省', event: '注销' })).toMatchObject({
      kind: 'individual',
      origin: 'out-of-province',
      event: 'cancel',
    });
    expect(accept({ uscc, kind: 'individual', origin: 'out-of-province', event: 'cancel' })).toMatchObject({
      kind: 'individual',
      origin: 'out-of-province',
      event: 'cancel',
    });
  });

  test.each([
    ['设立登记', 'establish'],
    ['变更登记', 'change'],
    [' 注销登记 ', 'cancel'],
  ] as const)('of the event %s, as registers write it, is %s', (written, event) => {
    expect(accept({ event: written }).event).toBe(event);
  });

  test('may carry columns that nobody here knows', () => {
    expect(accept({ 法定代表人: '某某', __proto__: { name: 'x' } })).not.toHaveProperty('法定代表人');
  });

  test('may have an empty scope, which leads to the pool, but not none', () => {
    expect(accept({ scope: '' }).scope).toBe('');
    expect(accept({ scope: null }).scope).toBe('');
    expect(refusals({ scope: undefined })).toEqual(['scope：缺少经营范围，请填写']);
    expect(accept({ scope: '餐'.repeat(20_000) }).scope).toHaveLength(20_000);
    expect(refusals({ scope: '餐'.repeat(20_001) })).toHaveLength(1);
  });
});

describe('the day of registration', () => {
  test.each([
    ['2026-02-13', '2026-02-13'],
    ['2026/02/13', '2026-02-13'],
    ['2026/2/3', '2026-02-03'],
    ['2026.2.3', '2026-02-03'],
    ['20260203', '2026-02-03'],
    ['2026-02-03 00:00:00', '2026-02-03'],
    ['2026/2/3 0:00', '2026-02-03'],
    ['2026-02-03T00:00:00.000', '2026-02-03'],
    ['2026-02-03 08:30:00', '2026-02-03'],
    ['46056', '2026-02-03'],
    ['2024-02-29', '2024-02-29'],
    ['', undefined],
    [undefined, undefined],
  ])('%j is %j', (written, day) => {
    expect(accept({ registeredOn: written }).registeredOn).toBe(day);
  });

  test.each([
    '2026-02-30',
    '2025/2/29',
    '2026-13-01',
    '13/02/2026',
    '460660',
    '0026-02-13',
    '0000-00-00',
    '20260230',
    '2026-02-03 08:61:00',
  ])('%s is refused', (written) => {
    expect(refusals({ registeredOn: written })).toEqual([expect.stringMatching(/^registeredOn：登记日期.*请更正$/)]);
  });
});

describe('what is refused', () => {
  test('a wrong credit code, distinguishable and with the digit that was expected', () => {
    const wrong = registration.uscc.slice(0, -1) + (registration.uscc.endsWith('A') ? 'B' : 'A');
    const issue = registrationInputSchema.safeParse({ ...registration, uscc: wrong }).error?.issues[0];
    expect(issue).toMatchObject({
      code: 'custom',
      path: ['uscc'],
      params: { code: 'uscc.invalid' },
      message: expect.stringContaining(`末位应为${registration.uscc.slice(-1)}`),
    });
  });

  test('a credit code written full-width, in small letters or in groups is the same code', () => {
    const grouped = registration.uscc.replaceAll(/.{6}/g, '$& ').toLowerCase().replace('9', '９');
    expect(accept({ uscc: grouped }).uscc).toBe(registration.uscc);
  });

  test.each(['湘企登字〔2026〕第001号', '（长）登记内设字2026第1号', 'A/1_2-3.4', '430000000012345', 'x'.repeat(64)])(
    'the registration number %s is accepted',
    (registrationNo) => {
      expect(accept({ registrationNo: ` ${registrationNo} ` }).registrationNo).toBe(registrationNo);
    },
  );

  // `~` separates the parts of a workflow id; `..` would be a way up in a path.
  test.each(['', ' ', 'x'.repeat(65), 'a~b', '..', '-1', 'a b', 'a\u0000', 'a\nb', '4.3E+14', '<b>'])(
    'the registration number %j is not',
    (registrationNo) => {
      expect(refusals({ registrationNo })).not.toEqual([]);
    },
  );

  test.each(['\u0000', '\u0007', '\u001B', '\uD800'])(
    'a control character or half a character (%j) in any text',
    (bad) => {
      for (const field of Object.keys(registration)) expect(refusals({ [field]: `文${bad}字` })).not.toEqual([]);
    },
  );

  test.each([
    [{ name: '' }, 'name：缺少名称，请填写'],
    [{ name: 'x'.repeat(201) }, 'name：名称不得超过200字，请更正'],
    [{ name: '甲\n乙' }, 'name：名称不得含有换行或制表符，请删除'],
    [{ regionCode: '43010' }, 'regionCode：行政区划代码为6位数字（GB/T 2260），请更正'],
    [{ regionCode: 430_103 }, 'regionCode：行政区划代码应为文字，请更正'],
    [
      { event: '合并' },
      expect.stringMatching(/^event：登记事项应为设立（establish）、变更（change）、.*备案（filing），请更正或留空$/),
    ],
    [{ regionCode: '4301031' }, 'regionCode：行政区划代码为6位数字（GB/T 2260），请更正'],
    [{ regionCode: '长430103' }, 'regionCode：行政区划代码为6位数字（GB/T 2260），请更正'],
    [{ event: '登记设立' }, expect.stringMatching(/^event：登记事项应为设立/)],
    [{ kind: 1 }, expect.stringMatching(/^kind：主体类型应为企业/)],
    [{ kind: ['有限责任公司'] }, expect.stringMatching(/^kind：主体类型应为企业/)],
    // What only speaks of an enterprise is no legal form.
    [{ kind: '已改制的集体企业' }, expect.stringMatching(/^kind：主体类型应为企业/)],
    [{ kind: '个体工商户' }, expect.stringMatching(/^kind：统一社会信用代码以91开头，是企业的代码/)],
  ])('%j, with its cause and remedy in Chinese', (change, message) => {
    expect(refusals(change)).toEqual([message]);
  });

  test('anything at all, without failing and always in Chinese', () => {
    const anyRow = fc.oneof(fc.anything(), fc.record(Object.fromEntries(fields().map((f) => [f, fc.anything()]))));
    fc.assert(
      fc.property(anyRow, (value) => {
        const issues = registrationInputSchema.safeParse(value).error?.issues ?? [];
        expect(issues.filter(({ message }) => !/\p{Script=Han}/u.test(message))).toEqual([]);
      }),
    );
  });
});

const fields = () => [...Object.keys(registration), 'kind', 'origin', 'event', 'registeredOn'];

describe('the canonical form', () => {
  test('does not depend on the order of keys, and differs with any content', () => {
    const one = accept({ registeredOn: '2026-02-13' });
    const reversed = registrationInputSchema.parse(Object.fromEntries(Object.entries(one).toReversed()));
    expect(canonicalRegistration(reversed)).toBe(canonicalRegistration(one));
    const others = fields().map((field) => canonicalRegistration({ ...one, [field]: 'other' }));
    expect(new Set([...others, canonicalRegistration(one)]).size).toBe(fields().length + 1);
  });

  test('is the same however the same registration was written', () => {
    const written = {
      name: ` ${registration.name} `,
      uscc: registration.uscc.toLowerCase(),
      event: '设立',
      kind: '企业',
    };
    expect(canonicalRegistration(accept(written))).toBe(canonicalRegistration(accept({})));
  });
});

test('the schema describes its input for the API’s document', () => {
  const document = z.toJSONSchema(registrationInputSchema, { io: 'input' });
  expect(document).toMatchObject({ type: 'object', required: Object.keys(registration) });
});

test('every labelled registration is accepted', () => {
  const rows: unknown[] = composeRegister(loadCatalogue(), 1, 500);
  const reference = new URL('../../../shared/data/registrations.jsonl', import.meta.url);
  // If more vectors lie beside the checkout, they are tested, too.
  const more = existsSync(reference) ? readFileSync(reference, 'utf8').trim().split('\n') : [];
  rows.push(...more.map((line): unknown => JSON.parse(line)));
  expect(rows.filter((row) => !registrationInputSchema.safeParse(row).success)).toEqual([]);
});
