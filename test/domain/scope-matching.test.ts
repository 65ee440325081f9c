import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../data/catalogue/load.ts';
import { type Catalogue, catalogueSchema } from '../../domain/scope/catalogue.ts';
import { createMatcher } from '../../domain/scope/matching.ts';

const catalogue = loadCatalogue();
const match = createMatcher(catalogue);
const items = (scope: string) => match(scope).items;
const postApproval = catalogue.items.filter((item) => !item.preApproval);

/** Processor time: what others do on the machine is no part of it. */
function secondsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** A linear matcher takes a part of a second, a quadratic one minutes. */
const BOUND = 10;

describe('a clause', () => {
  test.each([
    ['a keyword that is the whole clause is a hit', '餐饮服务', ['PA002']],
    [
      'every full- and half-width separator ends a clause',
      '代理记账；农药零售;调味品生产，住宅租赁,公章刻制。',
      ['PA001', 'PA047', 'PA093', 'PA094'],
    ],
    ['a list mark separates clauses', '农药零售、代理记账', ['PA047', 'PA094']],
    [
      'a keyword that itself contains a list mark is one clause',
      '船员、引航员培训、电线、电缆制造',
      ['PA075', 'PA098'],
    ],
    ['a keyword that itself contains a slash is one clause', '移动式压力容器/气瓶充装', ['PA074']],
    ['one phrase may mean several items', '住宿服务', ['PA011', 'PA026']],
    ['the longest phrase hides the shorter one in it', '省际客船、危险品船运输', ['PA015']],
    ['a qualifier in the keyword decides between items', '道路货物运输（含危险货物）', ['PA013', 'PA014']],
    ['an exclusion takes away its own item only', '体育场地设施经营（不含高危险性体育运动）', ['PA011']],
    [
      'a qualifier in brackets does not keep a keyword from being the clause',
      '餐饮服务（不产生油烟、异味、废气）',
      ['PA002'],
    ],
    ['listed affixes do not change what is done', '从事代理记账业务', ['PA094']],
    ['joined phrases are all found', '住宿及餐饮服务', ['PA002', 'PA011', 'PA026']],
    ['a pre-approval item is never a hit', '保安服务；快递服务；融资担保业务', []],
    ['full-width letters and CJK radicals read as the plain ones', 'ＫＴＶ；代理记账', ['PA006', 'PA094']],
    ['an invisible character hides nothing', '餐\u200b饮服务\u0000', ['PA002']],
    ['an in-bracket clause that names a business counts', '百货零售（含餐饮服务）', ['PA002']],
  ])('%s', (_rule, scope, expected) => expect(items(scope)).toEqual(expected));

  test.each([
    '食品生产专用设备制造',
    '饲料生产专用设备销售',
    '烟花爆竹零售柜制造',
    '非融资担保服务',
    '电子认证服务',
    '个人互联网直播服务',
    '餐饮管理',
    '转基因种畜禽经营',
    '药品委托生产',
    '羽毛（绒）及餐饮服务',
  ])('a keyword inside a longer business is not a hit: %s', (scope) => expect(items(scope)).toEqual([]));

  test('joined phrases are a hit only if all of them are known', () =>
    expect(items('饲料生产和加工设备销售')).toEqual([]));
});

describe('a negation', () => {
  test.each([
    [
      'a keyword inside an exclusion bracket is not a hit',
      '化工产品销售（不含农药零售、农药批发）；代理记账',
      ['PA094'],
    ],
    ['a keyword before 除外 in brackets is not a hit', '纸制品销售（代理记账、农药零售除外）', []],
    [
      'what 除…外 names is not a hit, what follows is',
      '（除农药零售、代理记账外）；除住宿、餐饮服务外，公章刻制',
      ['PA093'],
    ],
    [
      '不包括 and 不得从事 negate like 不含',
      '日用品销售（不包括农药零售）；不得从事餐饮服务、住宿；公章刻制',
      ['PA093'],
    ],
    ['a ban without brackets ends at the next strong separator', '严禁餐饮服务、住宿，代理记账', ['PA094']],
    ['未经批准不得 negates what follows', '未经批准不得从事餐饮服务；代理记账', ['PA094']],
    ['除外 without brackets takes back its own list', '代理记账；农药零售、餐饮服务除外；公章刻制', ['PA093', 'PA094']],
    [
      'a nested bracket does not end the outer negation',
      '日用品销售（不含酒吧服务（不含演艺娱乐活动）、餐饮服务）；代理记账',
      ['PA094'],
    ],
    ['a keyword with a negating qualifier is itself a hit', '酒吧服务（不含演艺娱乐活动）', ['PA002']],
    [
      'a bracket that is never closed negates its own clause only',
      '健康咨询服务（不含诊疗服；餐饮服务；代理记账',
      ['PA002', 'PA094'],
    ],
    [
      'an unclosed bracket with a closed one inside ends at the separator',
      '健康咨询服务（不含诊疗服（不含农药零售）；餐饮服务',
      ['PA002'],
    ],
    ['除 in 拆除 or 除尘 excepts nothing', '除尘设备制造、餐饮服务、户外用品销售', ['PA002']],
    ['未经加工 is no negation', '未经加工的坚果、干果销售、代理记账', ['PA094']],
  ])('%s', (_rule, scope, expected) => expect(items(scope)).toEqual(expected));

  test('the boilerplate of both sections says nothing', () => {
    const licensed = '（依法须经批准的项目，经相关部门批准后方可开展经营活动）';
    const general = '（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）';
    const { hits } = match(`许可项目：餐饮服务${licensed}一般项目：箱包制造；住宿${general}。`);
    expect(hits.map(({ itemId, section, clause }) => [itemId, section, clause])).toEqual([
      ['PA002', 'licensed', '餐饮服务'],
      ['PA011', 'general', '住宿'],
      ['PA026', 'general', '住宿'],
    ]);
  });
});

describe('a hit', () => {
  test('names its keyword, its clause with qualifiers, its offsets in the original scope and the version', () => {
    const scope = '箱包制造；从事餐饮服务（不含凉菜）。';
    const { hits, catalogueVersion } = match(scope);
    expect(catalogueVersion).toBe(catalogue.version);
    expect(hits).toEqual([
      { itemId: 'PA002', keyword: '餐饮服务', clause: '从事餐饮服务（不含凉菜）', start: 7, end: 11, section: null },
    ]);
  });

  test('every keyword and synonym of a post-approval item finds it, and highlights itself', () => {
    for (const item of postApproval) {
      for (const text of [...item.keywords, ...item.synonyms]) {
        const scope = `箱包制造；${text}；鞋帽批发`;
        const hit = match(scope).hits.find(({ itemId }) => itemId === item.id);
        expect(hit && scope.slice(hit.start, hit.end), `${item.id} ${text}`).toBe(text);
      }
    }
  });

  test('no exclusion finds its item', () => {
    for (const item of catalogue.items) {
      for (const text of item.exclusions) expect(items(text), `${item.id} ${text}`).not.toContain(item.id);
    }
  });
});

describe('any input', () => {
  const fragment = fc.constantFrom(
    '餐饮服务',
    '代理记账',
    '（',
    '）',
    '(',
    ')',
    '；',
    '、',
    '，',
    '。',
    '除',
    '外',
    '除外',
    '不含',
    '及',
    '许可项目：',
    '第二类、第三类医疗器械生产',
    '农药',
    '零售',
    '卷烟',
    '的',
    '：',
    '医院',
    '设备',
    '（一）',
    '\u0000',
    '\ud800',
    'x',
  );

  test('a hit always lies in the scope, inside its clause, and items are the sorted ids of the hits', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fragment, fc.string({ unit: 'binary' })), { maxLength: 30 }), (parts) => {
        const scope = parts.join('');
        const result = match(scope);
        for (const { start, end, clause } of result.hits) {
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(scope.length);
          expect(clause).toContain(scope.slice(start, end));
        }
        expect(result.items).toEqual([...new Set(result.hits.map(({ itemId }) => itemId))].sort());
      }),
      { numRuns: 500 },
    );
  });

  test('a scope does not depend on the scopes before it', () => {
    const fresh = (scope: string) => createMatcher(catalogue)(scope);
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 20 }), (parts) => {
        match('许可项目：餐饮服务（不含（（');
        expect(match(parts.join(''))).toEqual(fresh(parts.join('')));
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    '（',
    '）',
    '（）',
    '除',
    '除、',
    '不含',
    '餐饮服务（',
    '餐饮及',
    '第二类、第三类医疗器械生产及',
    '\u0000',
    '\ud800',
    '餐饮服务、',
    '餐饮（）',
    '（餐饮服务除外',
    '农药、',
    '农药、零售、',
    '零售、',
    '农药（）',
    '医院、的',
    '餐饮、设备（',
    '（一）',
    '不得从事：',
    '餐饮及销售、',
    '食品、家具销售、',
    '农药及家具、',
    '一般项目',
    '餐饮服务一般项目：',
    '【一般项目】',
    '高危险性体育运动（游泳、',
    '会议服务及',
    '会议服务及住宿服务',
    '餐饮服务（甲）',
    '会议服务（甲）',
    '餐饮服务（甲）及设备',
    '零售：卷烟；农药；',
    '\u202c餐\u{e0100}',
    '餐 饮 ',
    '道路货物运输（含危险货物）',
  ])('a scope of 300,000 characters of nothing but %j is read in linear time', (unit) => {
    const scope = unit.repeat(Math.ceil(300_000 / unit.length));
    expect(secondsOf(() => match(scope))).toBeLessThan(BOUND);
  });

  test.each([
    ['餐饮（', '）及柜'],
    ['农药（', '）销售及柜'],
    ['医院、（', '）的'],
    ['会议服务（', '）餐饮服务'],
  ])('brackets nested 30,000 deep (%j … %j) are read in linear time', (open, close) => {
    const scope = open.repeat(30_000) + close.repeat(30_000);
    expect(secondsOf(() => match(scope))).toBeLessThan(BOUND);
  });

  test('the empty scope contains nothing', () =>
    expect(match('')).toEqual({ items: [], hits: [], catalogueVersion: catalogue.version }));
});

describe('a catalogue', () => {
  const spoil = (change: (copy: Catalogue) => void) => {
    const copy = structuredClone(catalogue);
    change(copy);
    return (
      catalogueSchema.safeParse(copy).error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? []
    );
  };

  test('has 98 items in the order of their ids, each with its law and article', () => {
    expect(catalogue.items.map((item) => item.id)).toEqual(
      Array.from({ length: 98 }, (_, i) => `PA${String(i + 1).padStart(3, '0')}`),
    );
  });

  test('names the item and the field that break a rule', () => {
    expect(spoil((copy) => (copy.items[3]!.law = ''))).toEqual(['items.3.law: 事项应注明依据的法律']);
    expect(spoil((copy) => copy.items[0]!.keywords.push('糕点（生产'))[0]).toMatch(
      /items\.0\.keywords\.\d+: 词语中的括号应成对/,
    );
    expect(spoil((copy) => copy.items[0]!.synonyms.push('食品生产'))[0]).toContain('PA001：“食品生产”重复列出');
    expect(spoil((copy) => (copy.items[1]!.id = 'PA001'))[0]).toContain('事项PA001重复列出');
    expect(spoil((copy) => (copy.version = 'latest'))[0]).toContain('年份.版次');
  });
});
