/** 信息归集公示: what a record must contain, how the nested limits lie, which party used which days. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, legalDateOf, startOfDay } from '../../domain/clock/calendar.ts';
import { workCalendarSchema } from '../../domain/clock/calendar-schema.ts';
import { hasCitizenId, maskCitizenIds } from '../../domain/publicity/citizen-id.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { addWorkingDays, planLimit, workingDaysBetween } from '../../domain/clock/deadlines.ts';
import { LIMITS, RUNGS } from '../../domain/clock/limits.ts';
import { kindOfColumns, RECORD_FIELDS, renamedRecord, shownFields } from '../../domain/publicity/record-fields.ts';
import { canonicalText } from '../../domain/fields.ts';
import { contentOf, recordInputSchema, sectionOf } from '../../domain/publicity/record.ts';
import { attributeTime, type PassingEvent } from '../../domain/oversight/time-attribution.ts';
import { PERMIT } from '../support/permit.ts';

const file = new URL('../../data/calendar/cn-2026.1.json', import.meta.url);
const calendar = workCalendarSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

/** Invented, with a correct check character. */
const CITIZEN = '110101199003070054';
const messages = (input: unknown) =>
  recordInputSchema.safeParse(input).error?.issues.map((issue) => issue.message) ?? [];

describe('a record', () => {
  test.each([
    ['no document number', { documentNo: ' ' }, '缺少文书号，请填写'],
    ['no day', { generatedOn: undefined }, '信息产生日期应为文字'],
    ['a day that does not exist', { generatedOn: '2026-02-30' }, '真实存在的日期'],
    ['a wrong credit code', { uscc: '91350100M000100Y4A' }, '校验位'],
    ['a natural person', { counterparty: '自然人' }, '自然人的信息不在本平台公示'],
    ['a citizen’s number in a text', { content: `许可张某（${CITIZEN}）经营` }, '公民身份号码'],
    [
      'a full-width one',
      { remark: CITIZEN.replaceAll(/\d/g, (d) => '０１２３４５６７８９'[Number(d)]!) },
      '公民身份号码',
    ],
    ['another kind', { kind: 'licence' }, '信息类别应为行政许可'],
    ['NUL', { content: 'a\0b' }, '控制字符'],
    ['a document number of two lines', { documentNo: '一\n二' }, '换行'],
  ])('with %s is refused in Chinese', (_, more, message) => {
    expect(messages({ ...PERMIT, ...more }).join()).toContain(message);
  });

  test('that is no object is refused', () => {
    for (const input of [null, [], 'x', 1]) expect(messages(input).join()).toMatch(/\p{Script=Han}/u);
  });

  test('of another section says which; permits and penalties have their own', () => {
    const penalty = { ...PERMIT, kind: 'penalty', violation: '虚假宣传', fine: '1.5' };
    const other = { ...PERMIT, kind: 'other', title: '抽查结果', section: '双随机抽查结果信息' };
    const sections = [PERMIT, penalty, other].map((input) => sectionOf(recordInputSchema.parse(input)));
    expect(sections).toEqual(['permits', 'penalties', 'randomInspections']);
    expect(recordInputSchema.parse(penalty)).toMatchObject({ fine: 1.5 });
    expect(messages({ ...other, section: 'permits' }).join()).toContain('公示栏目应为');
  });

  test('drops every column that identifies a natural person', () => {
    const codes = { XK_FR_ZJLX: '身份证', XK_FR_ZJHM: CITIZEN, XK_XDR_ZJHM: CITIZEN, 法定代表人证件号码: CITIZEN };
    const read = recordInputSchema.parse(renamedRecord({ ...PERMIT, ...codes }));
    expect(JSON.stringify(read)).not.toContain(CITIZEN);
  });

  test('takes a document number as long as Temporal’s search attribute holds, and no longer', () => {
    expect(messages({ ...PERMIT, documentNo: '号'.repeat(255) })).toEqual([]);
    expect(messages({ ...PERMIT, documentNo: '号'.repeat(256) }).join()).toContain('文书号');
  });

  test('has the same canonical text whatever the order of its keys, and another for other content', () => {
    const turned = Object.fromEntries(Object.entries(PERMIT).toReversed());
    const text = (input: object) => canonicalText(contentOf(recordInputSchema.parse(input)));
    expect(text(turned)).toBe(text(PERMIT));
    expect(text({ ...PERMIT, departmentCode: '430103-health' })).toBe(text(PERMIT));
    expect(text({ ...PERMIT, content: '食品销售' })).not.toBe(text(PERMIT));
  });
});

describe('the standard’s fields', () => {
  test.each(['permit', 'penalty'] as const)('of a %s are read by code and by label alike', (kind) => {
    const fields = RECORD_FIELDS[kind].filter((row) => 'code' in row);
    expect(fields.length).toBeGreaterThan(18);
    const byCode = Object.fromEntries(fields.map((row) => [row.code, `v-${row.field}`]));
    const byLabel = Object.fromEntries(fields.map((row) => [row.labels[0], `v-${row.field}`]));
    expect(renamedRecord(byCode)).toEqual({
      kind,
      ...Object.fromEntries(fields.map(({ field }) => [field, `v-${field}`])),
    });
    expect(renamedRecord(byLabel)).toEqual(renamedRecord(byCode));
  });

  test.each([
    ['permit', 'XK'],
    ['penalty', 'CF'],
  ] as const)('of a %s hold every code of its party', (kind, prefix) => {
    const codes = RECORD_FIELDS[kind].map((row) => ('code' in row ? row.code : ''));
    const party = ['MC', 'LB', 'SHXYM', 'GSZC', 'ZZJG', 'SWDJ', 'SYDW', 'SHZZ'].map((code) => `${prefix}_XDR_${code}`);
    expect(codes).toEqual(expect.arrayContaining(party));
    // Every field that is read is also accepted: the schema has each.
    const words = Object.fromEntries(RECORD_FIELDS[kind].map(({ field }) => [field, '1']));
    const given = {
      ...words,
      ...PERMIT,
      kind,
      validFrom: '',
      validUntil: '',
      publicUntil: '',
      counterparty: '',
      severity: '',
    };
    const taken = recordInputSchema.parse({ ...given, authorityUscc: '', sourceUscc: '' });
    expect(Object.keys(taken)).toEqual(expect.arrayContaining(RECORD_FIELDS[kind].map(({ field }) => field)));
  });

  test('no field is a person’s document number', () => {
    const names = Object.values(RECORD_FIELDS).flatMap((rows) =>
      rows.flatMap((row) => ['code' in row ? row.code : '', ...row.labels]),
    );
    expect(names.filter((name) => /ZJHM|ZJLX|SFZ|证件号|证件类型|身份证/.test(name))).toEqual([]);
  });

  test('a file’s kind is told by its columns', () => {
    expect(kindOfColumns(['备注', 'xk_wsh'])).toBe('permit');
    expect(kindOfColumns(['行政处罚决定书文号'])).toBe('penalty');
    expect(kindOfColumns(['公示栏目'])).toBe('other');
    expect(kindOfColumns(['登记编号'])).toBeUndefined();
    expect(renamedRecord({ 信息类别: '行政许可', 文书号: '1' })).toEqual({ kind: 'permit', documentNo: '1' });
  });

  test('are shown with their labels, in the standard’s order', () => {
    const shown = shownFields('permit', { documentNo: '1', name: '甲', extra: 'x' });
    expect(shown).toEqual([
      { field: 'name', code: 'XK_XDR_MC', label: '行政相对人名称', value: '甲' },
      { field: 'documentNo', code: 'XK_WSH', label: '行政许可决定文书号', value: '1' },
    ]);
  });
});

describe('公民身份号码', () => {
  test('is found by its check character, so that codes and numbers are not mistaken for it', () => {
    expect(hasCitizenId(`号码${CITIZEN}。`)).toBe(true);
    expect(hasCitizenId('110101199003070055')).toBe(false);
    expect(hasCitizenId(PERMIT.uscc)).toBe(false);
    expect(hasCitizenId(`1${CITIZEN}`)).toBe(false);
  });

  test('is masked in what is kept of a rejected row, whether it is right or not', () => {
    expect(maskCitizenIds(`a,${CITIZEN},110101199003070055`)).toBe('a,110101************,110101************');
  });
});

const day = fc.integer({ min: 0, max: 3500 }).map((n) => addDays('2016-03-01', n));

describe('the nested limits', () => {
  const { workingDays: seven } = LIMITS['publication.submission'];
  const { workingDays: twenty } = LIMITS['publication.publication'];

  test('the seven working days lie inside the twenty, which leave thirteen, whatever the day', () => {
    fc.assert(
      fc.property(day, (generatedOn) => {
        const [first, second] = [seven, twenty].map((n) => addWorkingDays(calendar, generatedOn, n).due);
        expect(workingDaysBetween(calendar, first!, second!)).toBe(13);
      }),
    );
  });

  test('counted from the record’s own day whenever it is received; no reminder lies in the past', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 86_399_999 }), (on, days, ms) => {
        const receivedAt = startOfDay(addDays(on, days)) + ms;
        const plan = planLimit(calendar, LIMITS['publication.publication'], receivedAt, realClock, on);
        expect(plan.dueDate).toBe(addWorkingDays(calendar, on, twenty).due);
        const reminders = plan.rungs.filter(({ rung }) => RUNGS[rung].offset < 0);
        expect(reminders.every(({ at }) => at > receivedAt)).toBe(true);
        expect(plan.rungs.slice(reminders.length).map(({ rung }) => rung)).toEqual(['due', 'due+3']);
      }),
    );
  });
});

describe('whose time it was', () => {
  const events = fc.array(
    fc.record({
      event: fc.constantFrom<PassingEvent['event']>('received', 'returned', 'resubmitted', 'published'),
      on: day,
    }),
    { maxLength: 12 },
  );

  test('the parts are the whole, whatever happened and in whatever order', () => {
    fc.assert(
      fc.property(day, events, day, (generatedOn, happened, today) => {
        const { department, platform, total, stretches } = attributeTime(calendar, generatedOn, happened, today);
        const last = stretches.at(-1)!.until;
        expect(department + platform).toBe(total);
        expect(total).toBe(workingDaysBetween(calendar, generatedOn, last));
        expect(Math.min(...stretches.map(({ workingDays }) => workingDays))).toBeGreaterThanOrEqual(0);
        for (const [index, stretch] of stretches.entries()) {
          expect(stretch.from).toBe(index === 0 ? generatedOn : stretches[index - 1]!.until);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a record returned once: each stretch is its holder’s, and the clock stops at publication', () => {
    const happened: PassingEvent[] = [
      { event: 'received', on: '2026-03-06' },
      { event: 'returned', on: '2026-03-10' },
      { event: 'resubmitted', on: '2026-03-12' },
      { event: 'published', on: '2026-03-13' },
    ];
    const { stretches, ...sums } = attributeTime(calendar, '2026-03-02', happened, '2026-12-01');
    expect(sums).toEqual({ department: 4 + 2, platform: 2 + 1, total: 9 });
    expect(stretches.map(({ party }) => party)).toEqual(['department', 'platform', 'department', 'platform']);
  });

  test('until publication, the time counts for the party that has the record', () => {
    const today = legalDateOf(startOfDay('2026-03-09'));
    expect(attributeTime(calendar, '2026-03-02', [], today)).toMatchObject({ department: 5, platform: 0 });
    const received: PassingEvent[] = [{ event: 'received', on: '2026-03-03' }];
    expect(attributeTime(calendar, '2026-03-02', received, today)).toMatchObject({ department: 1, platform: 4 });
  });
});
