/** Files of reference data: what is exported says the same when it is read again, and rows that cannot be are told apart. */
import { describe, expect, it } from 'vitest';
import { REFERENCE_FILES } from '../../api/reference-data/files.ts';
import { csvFile } from '../../api/http/csv.ts';
import { xlsxFile } from '../../api/http/xlsx.ts';
import { templateRows } from '../../api/import/template.ts';
import { applied } from '../../domain/reference-data/content.ts';
import { countsOf, differenceOf } from '../../domain/reference-data/difference.ts';
import { NOUNS } from '../../domain/reference-data/nouns.ts';
import { isRegisteringAuthority } from '../../domain/organs/registering-authority.ts';
import { createReference } from '../../domain/reference.ts';
import { keysOf } from '../../domain/keys.ts';
import { files } from '../support/reference.ts';
import { after, AT, csv, EDITION, judged, said } from '../support/reference-rows.ts';

describe.each(keysOf(NOUNS))('the file of %s', (noun) => {
  it.each([
    ['CSV', csvFile],
    ['a workbook', xlsxFile],
  ])('that is exported as %s says the same when it is read again', async (_, write) => {
    const found = await judged(noun, write(REFERENCE_FILES[noun].exported(files)));
    expect(said(found)).toEqual([]);
    expect(found.rows.length).toBeGreaterThan(15);
    const will = after(found);
    expect(differenceOf(files, will)).toEqual([]);
    if (noun === 'catalogue') expect(will.catalogue).toEqual({ ...files.catalogue, ...EDITION });
    if (noun === 'sanction-measures') expect(will.measures).toEqual({ ...files.measures, ...EDITION });
    if (noun === 'sectors') expect(will.sectors).toEqual(files.sectors);
    if (noun === 'regions') expect(will.regions).toEqual(files.regions);
  });

  it('has a template whose examples pass, once the mark of an example is gone, and none passes with it', async () => {
    const { format } = REFERENCE_FILES[noun];
    const rows = templateRows(noun, format.templates[noun]!);
    expect((await judged(noun, csvFile(rows))).rows).toEqual([]);
    const filled = rows
      .filter((_, at) => at !== 1)
      .map((row) => row.map((cell) => String(cell).replace('（示例，请删除本行）', '')));
    expect(filled).toHaveLength(3);
    const told = said(await judged(noun, csvFile(filled)));
    expect(told).toEqual([]);
  });
});

describe('a file of sectors', () => {
  it('adds 民政 and 气象, and renames what is there', async () => {
    const found = await csv(
      'sectors',
      '行业代码,行业名称,设置层级,职责说明\ncivil-affairs,民政,,各级设民政局\nmeteorology,气象,省级；地级,省市设气象局\nhealth,卫生健康委,省；市州；县区,各级设卫生健康主管部门\n',
    );
    expect(said(found)).toEqual([]);
    const difference = differenceOf(files, after(found));
    expect(countsOf(difference)).toEqual({ added: 2, changed: 1, retired: 0 });
    expect(difference.find(({ key }) => key === 'health')!.fields).toEqual([
      { field: 'name', before: '卫生健康', after: '卫生健康委' },
    ]);
    expect(after(found).sectors.find(({ id }) => id === 'meteorology')!.levels).toEqual(['province', 'prefecture']);
  });

  it.each([
    ['Health,卫生,,x', '2 行业代码为小写字母，各词以连字符相连，如 civil-affairs，请更正'],
    ['x,卫生健康,,x', '2 行业名称“卫生健康”已用于health，请另取名称'],
    ['x,health,,x', '2 行业名称“health”已用于health，请另取名称'],
    ['x,新,村,x', '2 设置层级“村”应为省、市州或县区，请更正'],
    ['x,新,,', '2 缺少职责说明，请填写'],
    ['registration,登记机关,省,x', '2 登记机关各级都设，请留空'],
    ['x,甲,,x\nx,乙,,x', '3 行业代码“x”与第2行重复，请删除其一'],
  ])('is refused for %j', async (rows, fault) => {
    expect(said(await csv('sectors', `行业代码,行业名称,设置层级,职责说明\n${rows}\n`))).toEqual([fault]);
  });

  it('may have a sector whose code ends as that of registering authorities does', () => {
    expect(isRegisteringAuthority('430103-vehicle-registration')).toBe(false);
    expect(isRegisteringAuthority('430103-registration')).toBe(true);
    expect(isRegisteringAuthority(null)).toBe(false);
  });
});

describe('a file of regions', () => {
  const header = '区划代码,名称,级别,上级代码,登记机关\n';
  it('opens a functional zone with its registering organ, to which its registrations belong', async () => {
    const found = await csv('regions', `${header}430171,长沙高新技术产业开发区,高新区,,长沙高新区市场监管局\n`);
    expect(said(found)).toEqual([]);
    const data = after(found);
    expect(countsOf(differenceOf(files, data))).toEqual({ added: 2, changed: 0, retired: 0 });
    const { regions, router } = createReference(data);
    expect(regions.resolve('430171')).toMatchObject({ parent: '430100', level: 'county', functionalZone: true });
    expect(router.registeringAuthority('430171')).toMatchObject({
      code: '430171-registration',
      name: '长沙高新区市场监管局',
    });
    // What the zone has no organ for goes to that of the prefecture.
    expect(router.route('health', '430171')!.department.code).toBe('430100-health');
    expect(regions.subtreeCodes('430100')).toContain('430171');
  });

  it.each([
    ['430171,高新区,功能区,,', '2 高新区没有登记机关，请填写登记机关的名称'],
    ['430171,高新区,市州,,x局', '2 430171是县区的代码，与级别“市州”不符，请核对'],
    ['430103,天心区,功能区,,', '2 430103现为县区，级别不能更改；请核对代码'],
    ['440171,别省的,功能区,,x局', '2 区划代码440171不在湖南省，请核对'],
    ['430171,高新区,功能区,430200,x局', '2 430171的上级应为代码以4301开头的上一级（430100），请更正或留空'],
    ['430171,高新区,功能区,430103,x局', '2 430171的上级应为代码以4301开头的上一级（430100），请更正或留空'],
    [
      '430171,高新区,功能区,,430104-registration',
      '2 登记机关请填名称；平台以430171-registration为其代码，部门代码430104-registration不必填写',
    ],
    ['43017,高新区,功能区,,x局', '2 行政区划代码为6位数字（GB/T 2260），请更正'],
  ])('is refused for %j', async (row, faults) => {
    expect(said(await csv('regions', `${header}${row}\n`)).join('|')).toBe(faults);
  });

  it('may bring a prefecture and its counties in any order', async () => {
    const rows = '439901,新县,县区,,新县市监局\n439900,新市,市州,430000,新市市监局\n';
    expect(said(await csv('regions', header + rows))).toEqual([]);
  });
});

describe('a file of departments', () => {
  const header = '部门代码,区划代码,行业,部门名称,撤销\n';
  it('names departments by code, or by region and sector; what it does not name stays', async () => {
    const rows =
      '430103-health,,,天心区卫健局,\n,430104,农业农村,岳麓区农业农村局,否\n430103-forestry,430103,forestry,林业,是\n';
    const found = await csv('departments', header + rows);
    expect(said(found)).toEqual([]);
    const data = after(found);
    expect(countsOf(differenceOf(files, data))).toEqual({ added: 0, changed: 2, retired: 1 });
    expect(data.departments).toHaveLength(files.departments.length);
    expect(data.departments.find(({ code }) => code === '430103-forestry')!.retiredAt).toEqual(AT);
  });

  it('does not retire again what is retired, and opens it anew where the file says so', async () => {
    const retired = after(await csv('departments', `${header}430103-forestry,,,林业,是\n`));
    const later = new Date('2027-01-01T00:00:00Z');
    const again = await csv('departments', `${header}430103-forestry,,,林业,是\n`, retired);
    expect(
      applied(retired, again.content, later).departments.find(({ code }) => code === '430103-forestry')!.retiredAt,
    ).toEqual(AT);
    expect(differenceOf(retired, applied(retired, again.content, later))).toEqual([]);
    const open = await csv('departments', `${header}430103-forestry,,,林业,\n`, retired);
    expect(countsOf(differenceOf(retired, applied(retired, open.content, later)))).toEqual({
      added: 1,
      changed: 0,
      retired: 0,
    });
  });

  it.each([
    ['430103-nothing,,,x,', '2 行业“nothing”不在行业表中，请核对，或者先导入行业'],
    ['439999-health,,,x,', '2 区划代码439999不存在，请核对，或者先导入行政区划'],
    [',430103,,x,', '2 请填写部门代码，或者区划代码和行业'],
    ['430103-health,430104,,x,', '2 部门代码430103-health与区划代码、行业不符，应为430104-health，请更正'],
    ['430103-registration,,,x,是', '2 登记机关不能撤销：每个区划须有一个；更名的请改名称'],
    ['430103-health,,,甲,\n,430103,卫生健康,乙,', '3 部门430103-health与第2行重复，请删除其一'],
    ['430103-health,,,张三11010519491231002X,', expect.stringContaining('2 部门名称')],
    ['430103-health,,,x,也许', '2 撤销应为是（yes）、否（no），请更正或留空'],
    ['430103-health~x,,,x,', '2 行业“health~x”不在行业表中，请核对，或者先导入行业'],
  ])('is refused for %j', async (rows, fault) => {
    expect(said(await csv('departments', `${header}${rows}\n`))).toEqual([fault]);
  });
});

describe('a file of the catalogue', () => {
  const header =
    '事项编号,事项名称,审批部门,审批层级说明,依据的法律,依据的条款,关键词,限定,限定的效果,限定的法律,限定的条款\n';
  const good = '湘后置〔2030〕1,星际货运许可,交通运输,县级以上,星际法,第一条,星际货运；星际 客运,,,,\n';
  it('has numbers of the province’s own, and drops what it does not name', async () => {
    const found = await csv('catalogue', header + good);
    expect(said(found)).toEqual([]);
    const { added, retired } = countsOf(differenceOf(files, after(found)));
    expect([added, retired]).toEqual([1, files.catalogue.items.length]);
    expect(createReference(after(found)).match('许可项目：星际货运。').items).toEqual(['湘后置〔2030〕1']);
  });

  it.each([
    ['甲,,交通运输,,,,,,,,', '2 缺少事项名称，请填写；限定的续行应在事项甲之后'],
    ['甲 乙,x,交通运输,x,x,x,星际货运,,,,', '2 事项编号不得含有空格、引号、顿号、逗号、分号和“~”'],
    ['甲,x,星际,x,x,x,星际货运,,,,', '2 审批部门“星际”不在行业表中，请核对，或者先导入行业'],
    [
      '甲,x,交通运输,,,,星际货运,,,,',
      '2 缺少审批层级说明，请填写，如县级以上|2 缺少依据的法律，请填写|2 缺少依据的条款，请填写',
    ],
    ['甲,x,交通运输,x,x,x,,,,,', '2 事项至少有一个关键词'],
    ['甲,x,交通运输,x,x,x,货,,,,', '2 词语至少两个字：一个字会命中任何列举'],
    ['甲,x,交通运输,x,x,x,星际货运；星际货运,,,,', '2 甲：“星际货运”重复列出'],
    ['甲,x,交通运输,x,x,x,星际货运,仅星际客运,,,', expect.stringMatching(/^2 /)],
  ])('is refused for %j', async (row, faults) => {
    expect(said(await csv('catalogue', `${header}${row}\n`)).join('|')).toEqual(faults);
  });

  it('tells a second row of an item, and rows of it that say nothing', async () => {
    expect(said(await csv('catalogue', header + good + good))).toEqual([
      '3 事项湘后置〔2030〕1与第2行重复，请删除其一',
    ]);
    expect(said(await csv('catalogue', `${header}${good}湘后置〔2030〕1,,,,,,,,,,\n`))).toEqual([
      '3 事项湘后置〔2030〕1的续行没有限定，请填写或删除本行',
    ]);
  });
});

describe('a file of measures', () => {
  const header = '措施编号,适用名单,领域,实施部门,惩戒措施,依据\n';
  it.each([
    ['甲,没有的名单,政府采购,财政,x,x', '2 适用名单应为'],
    ['甲,失信被执行人名单,军事,财政,x,x', '2 领域应为'],
    ['甲,失信被执行人名单,政府采购,星际,x,x', '2 实施部门“星际”不在行业表中'],
    ['甲,,政府采购,财政,x,x', '2 缺少适用名单，请填写'],
  ])('is refused for %j', async (row, fault) => {
    expect(said(await csv('sanction-measures', `${header}${row}\n`)).join('|')).toContain(fault);
  });
});
