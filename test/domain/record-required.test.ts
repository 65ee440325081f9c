import { describe, expect, test } from 'vitest';
import {
  columnsOf,
  kindOfColumns,
  RECORD_FIELDS,
  RECORD_KINDS,
  renamedRecord,
  shownFields,
} from '../../domain/publicity/record-fields.ts';
import { OTHER_SECTIONS, PUBLICITY_SECTIONS, SECTIONS_OF_LISTS } from '../../domain/publicity/sections.ts';
import { contentOf, recordInputSchema, sectionOf, sectionOfVersion } from '../../domain/publicity/record.ts';
import { PERMIT } from '../support/permit.ts';

/** Of each kind, no more than it must have. */
const LEAST = {
  permit: PERMIT,
  penalty: { ...PERMIT, kind: 'penalty', violation: '虚假宣传' },
  other: { ...PERMIT, kind: 'other', title: '抽查结果', section: 'randomInspections' },
} as const;
const kinds = ['permit', 'penalty', 'other'] as const;
const parse = (input: object) => recordInputSchema.safeParse(input);

describe('what a record must have (双公示)', () => {
  test.each(kinds)('a %s is whole with its required fields alone', (kind) => {
    expect(parse(LEAST[kind]).success).toBe(true);
  });

  test.each(kinds)('of a %s the table requires exactly what the schema requires', (kind) => {
    const required = RECORD_FIELDS[kind].filter((row) => 'required' in row && row.required).map(({ field }) => field);
    const { kind: _, ...least } = LEAST[kind];
    expect(required.toSorted()).toEqual(Object.keys(least).toSorted());
    for (const field of required) {
      expect(parse({ ...LEAST[kind], [field]: undefined }).success, field).toBe(false);
      expect(parse({ ...LEAST[kind], [field]: ' ' }).success, field).toBe(false);
    }
  });

  test.each(kinds)('a %s may leave every other field empty', (kind) => {
    const fields = RECORD_FIELDS[kind].map(({ field }) => field).filter((field) => !(field in LEAST[kind]));
    expect(fields.length).toBeGreaterThan(3);
    for (const blank of ['', '  ', null, undefined]) {
      const input = { ...LEAST[kind], ...Object.fromEntries(fields.map((field) => [field, blank])) };
      expect(contentOf(recordInputSchema.parse(input))).toStrictEqual(LEAST[kind]);
    }
  });
});

describe('the standard’s table', () => {
  test.each(kinds)('of a %s names each field, its code and its labels, none twice', (kind) => {
    const rows = RECORD_FIELDS[kind];
    for (const row of rows) {
      expect(row.field).toMatch(/^[a-zA-Z]+$/);
      if ('code' in row) expect(row.code).toMatch(/^(XK|CF)_[A-Z_]+$|^BZ$/);
      expect(row.labels.length, row.field).toBeGreaterThan(0);
      for (const label of row.labels) expect(label).toMatch(/\p{Script=Han}/u);
      if ('title' in row) expect(row.labels).toContain(row.title);
    }
    for (const names of [rows.map(({ field }) => field), rows.flatMap(({ labels }) => [...labels])]) {
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test('a permit and a penalty have all of the standard’s columns that are published, others have none', () => {
    const codes = (kind: 'permit' | 'penalty' | 'other') => RECORD_FIELDS[kind].filter((row) => 'code' in row).length;
    expect(kinds.map(codes)).toEqual([24, 26, 0]);
    for (const kind of kinds) expect(RECORD_FIELDS[kind].map(({ field }) => field)).toContain('departmentCode');
  });

  test('codes mean what the standard says', () => {
    const forEver = { '2099-12-31': '长期' };
    const parties = { organisation: '法人及非法人组织', individual: '个体工商户' };
    const meanings = kinds.map((kind) =>
      Object.fromEntries(RECORD_FIELDS[kind].flatMap((row) => ('meanings' in row ? [[row.field, row.meanings]] : []))),
    );
    expect(meanings).toEqual([
      { counterparty: parties, validUntil: forEver, status: { '1': '有效', '2': '无效' } },
      {
        counterparty: parties,
        validUntil: forEver,
        severity: { minor: '轻微', general: '一般', serious: '严重' },
        publicUntil: forEver,
      },
      { section: OTHER_SECTIONS, validUntil: forEver, publicUntil: forEver },
    ]);
  });

  test('sections are those of the national system; entries of two lists have their own', () => {
    expect(Object.keys(PUBLICITY_SECTIONS)).toHaveLength(10);
    const { permits: _, penalties: __, ...others } = PUBLICITY_SECTIONS;
    expect(OTHER_SECTIONS).toEqual(others);
    expect(SECTIONS_OF_LISTS).toEqual({
      'abnormal-operation': 'abnormalOperation',
      'serious-dishonest': 'seriousViolation',
    });
  });
});

describe('what a field may hold', () => {
  const PENALTY = LEAST.penalty;
  const accepts = (input: object) => parse(input).success;

  test.each([
    ['remark', 1024],
    ['content', 4096],
    ['authority', 128],
    ['documentNo', 255],
    ['name', 200],
    ['violation', 2000],
    ['violationFacts', 4096],
    ['basis', 4096],
    ['legalRepresentative', 200],
    ['category', 200],
    ['source', 200],
    ['revoked', 512],
    ['taxNo', 128],
    ['departmentCode', 60],
  ])('%s at most %i characters', (field, most) => {
    expect(accepts({ ...PENALTY, [field]: '字'.repeat(most) })).toBe(true);
    expect(accepts({ ...PENALTY, [field]: '字'.repeat(most + 1) })).toBe(false);
  });

  test.each([
    ['1', 1],
    [' 1.5 ', 1.5],
    ['0', 0],
    [0, 0],
    [2.25, 2.25],
    ['123456789012.125', 123456789012.125],
    ['1e3', undefined],
    ['1.1234567', undefined],
    ['1234567890123', undefined],
    ['-1', undefined],
    [-1, undefined],
    [1e12, 1e12],
    [1e12 + 1, undefined],
    ['一万', undefined],
    ['x1', undefined],
    ['1x', undefined],
  ])('a fine of %j is %j', (fine, amount) => {
    const read = parse({ ...PENALTY, fine });
    expect(read.success ? (read.data as { fine?: number }).fine : undefined).toBe(amount);
  });

  test.each([
    ['91350100M000100Y43', true],
    ['91350100m000100y43', true],
    ['91350100M000100Y4', false],
    ['91350100M000100Y433', false],
    ['91350100M000100Y4号', false],
  ])('an authority’s code %s: %s', (authorityUscc, accepted) => {
    expect(accepts({ ...PENALTY, authorityUscc })).toBe(accepted);
    expect(accepts({ ...PENALTY, sourceUscc: authorityUscc })).toBe(accepted);
  });

  test.each(['validFrom', 'validUntil'])('%s is a real day', (field) => {
    expect(parse({ ...LEAST.permit, [field]: '2026/3/2' }).data).toMatchObject({ [field]: '2026-03-02' });
    expect(accepts({ ...LEAST.permit, [field]: '2026-02-30' })).toBe(false);
  });

  test.each(['a\tb', 'a\rb', 'a\nb'])('a document number is one line: %j', (documentNo) => {
    expect(accepts({ ...PENALTY, documentNo })).toBe(false);
  });

  test('a counterparty is told by code or by label, and is no natural person', () => {
    const read = (counterparty: string) => parse({ ...PENALTY, counterparty }).data;
    expect(read('organisation')).toMatchObject({ counterparty: 'organisation' });
    expect(read('个体工商户')).toMatchObject({ counterparty: 'individual' });
    expect(read('自然人')).toBeUndefined();
    expect(read('其他')).toBeUndefined();
  });
});

describe('columns of files', () => {
  test.each([
    [['XK_WSH'], 'permit'],
    [['行政许可决定文书号'], 'permit'],
    [[' xk_wsh '], 'permit'],
    [['CF_WSH', '企业名称'], 'penalty'],
    [['行政处罚决定书文号'], 'penalty'],
    [['公示栏目'], 'other'],
    [['section'], 'other'],
    [['文书号'], undefined],
    [[], undefined],
  ])('%j are those of a %s', (columns, kind) => {
    expect(kindOfColumns(columns)).toBe(kind);
  });

  test('the kind is told by name, by label, or else by the columns', () => {
    const kindOf = (input: object) => (renamedRecord(input) as { kind?: unknown }).kind;
    expect(kindOf({ kind: 'penalty' })).toBe('penalty');
    expect(kindOf({ 信息类别: '行政处罚' })).toBe('penalty');
    expect(kindOf({ kind: '其他' })).toBe('other');
    expect(kindOf({ XK_WSH: '1' })).toBe('permit');
    expect(kindOf({ kind: 'constructor' })).toBe('constructor');
    expect(kindOf({ name: 'x' })).toBeUndefined();
    expect(Object.keys(RECORD_KINDS)).toEqual(kinds);
  });

  test('what is no row is left as it is', () => {
    for (const input of [null, 'x', 7, ['XK_WSH'], undefined]) expect(renamedRecord(input)).toBe(input);
  });

  test('of an unknown kind, all that was given is kept for the refusal', () => {
    expect(renamedRecord({ 信息类别: '许可证', name: 'x' })).toEqual({ 信息类别: '许可证', name: 'x', kind: '许可证' });
    expect(renamedRecord({ kind: ['permit'], 企业名称: 'x' })).toEqual({ kind: ['permit'], 企业名称: 'x' });
  });

  test('a field’s own name, its code and each label mean the same, the first that is given', () => {
    for (const kind of kinds) {
      for (const row of RECORD_FIELDS[kind]) {
        const names = [row.field, ...('code' in row ? [row.code] : []), ...row.labels];
        for (const name of names)
          expect(renamedRecord({ kind, [name]: 'v' })).toStrictEqual({ kind, [row.field]: 'v' });
        const all = Object.fromEntries(names.map((name, index) => [name, index]));
        expect(renamedRecord({ kind, ...all })).toEqual({ kind, [row.field]: 0 });
      }
    }
  });

  test('a file’s header has the standard’s code, else the first label, and says what is required', () => {
    for (const kind of kinds) {
      for (const [index, { field, names, required }] of columnsOf(kind).entries()) {
        const row = RECORD_FIELDS[kind][index]!;
        expect(field).toBe(row.field);
        expect(names).toEqual(['code' in row ? row.code : row.labels[0], ...row.labels]);
        expect(required).toBe(field in LEAST[kind]);
      }
    }
  });
});

describe('what is shown of a record', () => {
  test('what it holds, labelled, with the meaning of codes, in the standard’s order', () => {
    const content = {
      ...LEAST.permit,
      validUntil: '2099-12-31',
      counterparty: 'individual',
      status: '1',
      remark: null,
    };
    expect(shownFields('permit', content)).toEqual([
      { field: 'name', code: 'XK_XDR_MC', label: '行政相对人名称', value: PERMIT.name },
      { field: 'counterparty', code: 'XK_XDR_LB', label: '行政相对人类别', value: 'individual', meaning: '个体工商户' },
      { field: 'uscc', code: 'XK_XDR_SHXYM', label: '统一社会信用代码', value: PERMIT.uscc },
      { field: 'documentNo', code: 'XK_WSH', label: '行政许可决定文书号', value: PERMIT.documentNo },
      { field: 'content', code: 'XK_NR', label: '许可内容', value: PERMIT.content },
      { field: 'generatedOn', code: 'XK_JDRQ', label: '许可决定日期', value: PERMIT.generatedOn },
      { field: 'validUntil', code: 'XK_YXQZI', label: '有效期至', value: '2099-12-31', meaning: '长期' },
      { field: 'authority', code: 'XK_XKJG', label: '许可机关', value: PERMIT.authority },
      { field: 'status', code: 'XK_ZT', label: '当前状态', value: '1', meaning: '有效' },
    ]);
  });

  test('numbers, too; of no standard, without a code', () => {
    expect(shownFields('penalty', { fine: 1.5 })).toEqual([
      { field: 'fine', code: 'CF_NR_FK', label: '罚款金额（万元）', value: 1.5 },
    ]);
    expect(shownFields('other', { title: '抽查', section: 'others', more: 'x' })).toEqual([
      { field: 'section', label: '公示栏目', value: 'others', meaning: '其他依法应当公示的信息' },
      { field: 'title', label: '标题', value: '抽查' },
    ]);
  });

  test('a permit and a penalty in their own section, what else there is in the one it names', () => {
    expect(sectionOf({ kind: 'permit' })).toBe('permits');
    expect(sectionOf({ kind: 'penalty', section: 'others' })).toBe('penalties');
    expect(sectionOf({ kind: 'other', section: 'foodInspections' })).toBe('foodInspections');
    expect(sectionOf({ kind: 'other' })).toBe('others');
    expect(sectionOfVersion('other', { section: 'foodInspections' })).toBe('foodInspections');
    expect(sectionOfVersion('other', { section: 'constructor' })).toBe('others');
    expect(sectionOfVersion('other', { section: 7 })).toBe('others');
    expect(sectionOfVersion('other', { section: ['foodInspections'] })).toBe('others');
    expect(sectionOfVersion('permit', {})).toBe('permits');
  });
});
