/** Which phrase a clause is: all of it, apart from prefixes, suffixes and what stands in brackets. */
import { describe, expect, test } from 'vitest';
import { ClauseReader, NO_TEXT } from '../../domain/scope/clause.ts';
import { phraseBook } from '../../domain/scope/phrases.ts';
import { ScopeStructure } from '../../domain/scope/structure.ts';
import { catalogueOf } from '../support/scope-catalogue.ts';

const catalogue = catalogueOf({
  PA001: { keywords: ['餐饮服务', '农药零售', '药品零售', '食品零售', '住宿服务'], synonyms: ['餐饮', '医院'] },
  PA002: {
    keywords: ['道路货物运输', '道路货物运输经营', '道路货物运输站场经营', '道路货物运输（含危险货物）'],
    exclusions: ['食品（仅销售预包装食品）', '餐饮管理'],
  },
});

const structure = new ScopeStructure();
const reader = new ClauseReader(phraseBook(catalogue), structure);
const begin = (scope: string) => {
  structure.read(scope);
  reader.begin(scope);
};

/** The first mark at or behind an offset. */
function firstMark(from: number): number {
  let mark = 0;
  while (mark < structure.count && structure.position(mark) < from) mark++;
  return mark;
}

/** The phrase that the clause at `from` is, its clause with qualifiers, and where reading goes on; null for none. */
function read(scope: string, from = 0) {
  begin(scope);
  if (!reader.read(from, firstMark(from))) return null;
  const { phrase, clauseEnd, next, joined } = reader;
  return { phrase: phrase!.text, clause: scope.slice(from, clauseEnd), rest: scope.slice(next), joined };
}

const phraseOf = (scope: string, from = 0) => read(scope, from)?.phrase;

describe('a phrase is a clause', () => {
  test.each([
    ['at the end of the scope', '餐饮服务', '餐饮服务', ''],
    ['before a separator', '餐饮服务；住宿', '餐饮服务', '；住宿'],
    [
      'before a bracket, which is part of the clause',
      '餐饮服务（不产生油烟）；住宿',
      '餐饮服务（不产生油烟）',
      '（不产生油烟）；住宿',
    ],
    ['before several brackets', '餐饮服务（甲（乙））(丙)；住宿', '餐饮服务（甲（乙））(丙)', '（甲（乙））(丙)；住宿'],
    ['before a bracket that is never closed', '餐饮服务（甲；住宿', '餐饮服务', '（甲；住宿'],
    ['before a label', '餐饮服务（二）住宿', '餐饮服务', '（二）住宿'],
    ['before its section’s sentence', '餐饮服务（依法须经批准的项目）', '餐饮服务', '（依法须经批准的项目）'],
    [
      'before its section’s other sentence',
      '餐饮服务（除依法须经批准的项目外）',
      '餐饮服务',
      '（除依法须经批准的项目外）',
    ],
    ['before the heading of the next section', '餐饮服务一般项目：住宿', '餐饮服务', '一般项目：住宿'],
    ['with a suffix', '餐饮服务业务；住宿', '餐饮服务业务', '；住宿'],
    ['with a suffix and a bracket', '餐饮服务项目（甲）；住宿', '餐饮服务项目（甲）', '（甲）；住宿'],
    ['with a space in it', '餐\u00a0饮服务；住宿', '餐\u00a0饮服务', '；住宿'],
  ])('%s: %s', (_where, scope, clause, rest) =>
    expect(read(scope)).toEqual({ phrase: '餐饮服务', clause, rest, joined: false }),
  );

  test.each(['不含危险货物', '不包括危险货物', '不包含危险货物', '不涉及危险货物', '除危险货物外'])(
    'before a word that narrows it: 道路货物运输%s',
    (narrowing) =>
      expect(read(`道路货物运输${narrowing}`)).toEqual({
        phrase: '道路货物运输',
        clause: '道路货物运输',
        rest: narrowing,
        joined: false,
      }),
  );

  test.each([
    ['other text', '餐饮服务设备'],
    ['a ban, which may be about the phrase itself', '餐饮服务不得经营'],
    ['除外, which is about the phrase itself', '餐饮服务除外'],
    ['外 of another word', '餐饮服务外包'],
    ['a heading that is none, without its colon', '餐饮服务一般项目设备'],
    ['a suffix with other text behind it', '餐饮服务项目投资'],
    ['the first part of a suffix', '餐饮服务业'],
  ])('but not before %s: %s', (_what, scope) => expect(read(scope)).toBeNull());

  test('wherever brackets stood in the scope before', () => {
    read('住宿服务（甲）');
    expect(read('餐饮服务')).toMatchObject({ phrase: '餐饮服务' });
    expect(reader.clauseEnd).toBe(4);
  });

  test('where only the beginning of a phrase is known, it is none', () => {
    expect(read('餐饮服')).toBeNull();
    expect(read('饮服务')).toBeNull();
  });

  test('is read at any offset', () => {
    const scope = '会议（内部）、农药零售（甲）；餐饮';
    expect(read(scope, 7)).toMatchObject({ phrase: '农药零售', clause: '农药零售（甲）', rest: '（甲）；餐饮' });
  });
});

describe('a conjunction joins a phrase to the next', () => {
  test.each([
    ['餐饮服务及住宿服务', '餐饮服务', '住宿服务'],
    ['餐饮服务项目及住宿服务', '餐饮服务项目', '住宿服务'],
    ['餐饮服务以及设备', '餐饮服务', '设备'],
  ])('%s', (scope, clause, rest) => expect(read(scope)).toEqual({ phrase: '餐饮服务', clause, rest, joined: true }));
});

describe('text directly behind the brackets of a phrase', () => {
  const behind = (scope: string) => {
    begin(scope);
    return reader.read(0, 0) ? scope.slice(reader.behind) : null;
  };

  test.each([
    ['餐饮服务（中式）设备', '设备'],
    ['餐饮服务（中式）（甲）农药零售（乙）；住宿', '农药零售（乙）；住宿'],
    ['餐饮服务（中式）及住宿', '及住宿'],
    ['道路货物运输（含危险货物）农药零售', '农药零售'],
  ])('is told, since the phrase counts only before another trade: %s', (scope, text) => {
    expect(behind(scope)).toBe(text);
    expect(reader.joined).toBe(false);
  });

  test.each(['餐饮服务（中式）', '餐饮服务（中式）；住宿', '餐饮服务及住宿', '餐饮服务（中式）一般项目：住宿'])(
    'is none in %s',
    (scope) => {
      begin(scope);
      expect(reader.read(0, 0)).toBe(true);
      expect(reader.behind).toBe(NO_TEXT);
    },
  );
});

describe('prefixes', () => {
  test.each([
    '从事餐饮服务',
    '提供餐\u3000饮服务',
    '依法从事餐饮服务',
    '主要从事经营餐饮服务',
    '在许可证有效期内餐饮服务',
  ])('say nothing: %s', (scope) => expect(read(scope)).toMatchObject({ phrase: '餐饮服务', clause: scope, rest: '' }));

  test.each([
    ['the fourth', '依法主要从事经营餐饮服务'],
    ['half of one', '凭许可餐饮服务'],
    ['half of one, in which another begins', '在许可证餐饮服务'],
  ])('are all that may stand before a phrase, not %s: %s', (_what, scope) => expect(read(scope)).toBeNull());

  test('are not part of the phrase', () => {
    begin('从事餐饮服务（甲）');
    expect(reader.read(0, 0)).toBe(true);
    expect([reader.start, reader.end]).toEqual([2, 6]);
  });
});

describe('inside of a phrase is skipped', () => {
  test.each([
    ['的', '药品的零售', '药品零售', '药品的零售'],
    ['a bracket', '农药（杀虫剂、除草剂）零售', '农药零售', '农药（杀虫剂、除草剂）零售'],
    ['a bracket and 的', '农药（杀虫剂）的零售', '农药零售', '农药（杀虫剂）的零售'],
    ['two brackets', '农药（甲）（乙）零售', '农药零售', '农药（甲）（乙）零售'],
    ['的, before a bracket behind the phrase', '药品的零售（不含疫苗）', '药品零售', '药品的零售（不含疫苗）'],
    ['的, behind other brackets', '（内部）药品的零售（不含疫苗）', '药品零售', '药品的零售（不含疫苗）', 4],
    ['a bracket that names an independent trade', '餐饮（酒店管理）服务', '餐饮服务', '餐饮（酒店管理）服务'],
    [
      'a long bracket, whose end decides',
      '农药（用于农作物的各类杀虫剂除草剂杀菌剂植物生长调节剂以及卫生用杀虫剂）零售',
      '农药零售',
      '农药（用于农作物的各类杀虫剂除草剂杀菌剂植物生长调节剂以及卫生用杀虫剂）零售',
    ],
  ])('%s: %s', (_what, scope, phrase, clause, from = 0) => expect(read(scope, from)).toMatchObject({ phrase, clause }));

  test.each([
    ['a third bracket', '农药（甲）（乙）（丙）零售', '农药'],
    ['a third 的', '农药的的的零售', undefined],
    ['a bracket that names another trade', '餐饮（生产设备）服务', '餐饮'],
    ['a bracket that is never closed', '农药（甲零售', '农药'],
    ['a label', '农药（一）零售', '农药'],
    ['a section’s sentence', '农药（依法须经批准的项目，经相关部门批准后方可开展经营活动）零售', '农药'],
    ['a section’s sentence before the rest', '道路（依法须经审批）货物运输', undefined],
    ['other words', '农药杀虫剂零售', undefined],
  ])('but not %s: %s', (_what, scope, phrase) => expect(phraseOf(scope)).toBe(phrase));
});

describe('the bracket of a phrase may say more', () => {
  test.each([
    ['after a comma', '道路货物运输（含危险货物，不含爆炸品）'],
    ['after a list mark', '道路货物运输（含危险货物、爆炸品）'],
    ['after a semicolon', '道路货物运输（含危险货物；不含爆炸品）'],
    ['in a bracket', '道路货物运输（含危险货物（爆炸品））'],
    ['with brackets in it', '道路货物运输（含危险货物，不含爆炸品（甲））'],
  ])('%s: %s', (_how, scope) =>
    expect(read(scope)).toEqual({ phrase: '道路货物运输（含危险货物）', clause: scope, rest: '', joined: false }),
  );

  test('with brackets before and behind it', () => {
    const clause = '道路货物运输（含危险货物，不含爆炸品）（甲）';
    const scope = `会议（内部）、${clause}；餐饮`;
    expect(read(scope, 7)).toMatchObject({ phrase: '道路货物运输（含危险货物）', clause, rest: '（甲）；餐饮' });
    expect(structure.position(reader.nextMark)).toBeLessThanOrEqual(reader.next);
  });

  test('behind another bracket', () =>
    expect(phraseOf('道路（普通）货物运输（含危险货物，不含爆炸品）')).toBe('道路货物运输（含危险货物）'));

  test('and is then all of it, although more could be read behind it', () =>
    expect(phraseOf('道路货物运输（含危险货物，不含爆炸品）经营')).toBe('道路货物运输（含危险货物）'));

  test.each([
    ['within the same words', '道路货物运输（含危险货物包装）', '道路货物运输'],
    ['after a colon', '道路货物运输（含危险货物：爆炸品）', '道路货物运输'],
    ['in a bracket that is never closed', '道路货物运输（含危险货物，爆炸品', '道路货物运输'],
    ['before other text', '道路货物运输（含危险货物，不含爆炸品）车辆', '道路货物运输'],
    ['before the rest of a longer phrase', '道路货物运输（含危险货物、爆炸品）站场经营', '道路货物运输站场经营'],
    ['where only the bare phrase is meant', '道路货物运输（含客运，不含爆炸品）', '道路货物运输'],
    ['where it excludes: more in the bracket is sold, too', '食品（仅销售预包装食品、散装食品）零售', '食品零售'],
  ])('but not %s: %s', (_how, scope, phrase) => expect(phraseOf(scope)).toBe(phrase));
});

describe('a heading', () => {
  test.each([
    ['许可项目：餐饮', { section: 'licensed', end: 4 }],
    ['许可经营范围', { section: 'licensed', end: 6 }],
    ['前置许可经营项目：餐饮', { section: 'licensed', end: 8 }],
    ['许可证', null],
    ['一般贸易', null],
    ['', null],
  ])('%s', (scope, heading) => {
    begin(scope);
    expect(reader.heading(0)).toEqual(heading);
  });
});

describe('a text that begins with goods or a place may be about them', () => {
  test.each([
    ['农药检测仪器销售', true],
    ['医院信息系统开发', true],
    ['医院', true],
    ['检测仪器销售', false],
    ['农业机械销售', false],
    ['餐饮管理', true],
    ['道路货物运输', false],
    ['', false],
  ])('%s: %s', (scope, noun) => {
    begin(scope);
    expect(reader.beginsWithNoun(0)).toBe(noun);
  });
});

describe('the sentence that ends a section', () => {
  test.each([
    ['（依法须经批准的项目，经相关部门批准后方可开展经营活动）', true],
    ['(除依法须经批准的项目外,凭营业执照依法自主开展经营活动)', true],
    ['（依法经营）', false],
    ['（除外）', false],
    ['（甲）', false],
  ])('%s: %s', (scope, is) => {
    begin(scope);
    expect(reader.isBoilerplate(0)).toBe(is);
  });
});
