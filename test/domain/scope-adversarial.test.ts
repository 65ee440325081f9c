/** Scopes written to mislead the matcher, in both directions: what must not be pushed, and what must not be missed. */
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../data/catalogue/load.ts';
import { createMatcher } from '../../domain/scope-matching.ts';

const match = createMatcher(loadCatalogue());
const items = (scope: string) => match(scope).items.join(' ');

describe('a negation that a colon follows goes on', () => {
  test.each([
    ['软件开发；不得从事：劳务派遣', ''],
    ['日用品销售；不包括：餐饮服务、住宿服务', ''],
    ['日用品销售；不从事：餐饮服务', ''],
    ['日用品销售；不允许：餐饮服务', ''],
    ['软件开发；严禁从事：劳务派遣', ''],
    ['软件开发；不得经营：网吧、KTV', ''],
    ['软件开发；不得从事以下业务：劳务派遣、代理记账', ''],
    ['软件开发；不得从事下列业务：（一）劳务派遣（二）代理记账', ''],
    ['软件开发；不得从事:1、劳务派遣；2、代理记账', ''],
    ['软件开发、不包括：餐饮服务、住宿服务', ''],
    ['日用品销售（不包括：餐饮服务、住宿服务）；代理记账', 'PA094'],
    ['软件开发；不得从事：劳务派遣；代理记账', 'PA094'],
    ['软件开发；不得从事下列业务：①劳务派遣；②代理记账。餐饮服务', 'PA002'],
    ['不含危险化学品；许可项目：餐饮服务', 'PA002'],
    ['软件开发，不得从事劳务派遣，许可项目：餐饮服务', 'PA002'],
  ])('%s → %s', (scope, expected) => expect(items(scope)).toBe(expected));
});

describe('a bare noun in a list is what its closing member is about', () => {
  test.each([
    ['医院、学校的保洁服务', ''],
    ['医院、学校保洁服务', ''],
    ['医院、酒店洗涤服务', ''],
    ['医院/学校的保洁服务', ''],
    ['旅馆、招待所会员管理系统的研发', ''],
    ['医院、诊所、药店管理软件的开发', ''],
    ['餐饮、住宿、洗浴、设备销售', ''],
    ['餐饮、娱乐设备销售', ''],
    ['酒楼、宾馆、KTV的设计与装修', ''],
    ['酒店、宾馆、网吧用品批发', ''],
    ['餐饮、住宿、旅游项目的投资与管理', ''],
    ['房地产开发、建筑工程、市政工程信息咨询', ''],
    ['餐饮、住宿和洗浴设备销售', ''],
    ['食品、药品检测仪器销售', ''],
    ['农药、化肥包装袋销售', ''],
    ['预包装食品、散装食品展示柜销售', ''],
    ['餐饮、设备销售、代理记账', 'PA094'],
    ['酒吧、KTV（含网吧）设备销售；餐饮服务', 'PA002'],
  ])('and no hit: %s → %s', (scope, expected) => expect(items(scope)).toBe(expected));

  test.each([
    ['餐饮服务、住宿服务、设备销售', 'PA002 PA011 PA026'],
    ['餐饮服务、代理记账、劳务派遣、企业信息咨询', 'PA002 PA058 PA094'],
    ['公章刻制、水产养殖、项目投资与管理', 'PA055 PA093'],
    ['餐饮、住宿、会议服务', 'PA002 PA011 PA026'],
    ['餐饮、住宿、棋牌', 'PA002 PA011 PA026'],
    ['餐饮、住宿、物业管理', 'PA002 PA011 PA026'],
    ['住宿、餐饮、酒店管理', 'PA002 PA011 PA026'],
    ['餐饮、住宿、日用百货零售、设备销售', 'PA002 PA011 PA026'],
    ['房地产开发、物业管理、房屋租赁', 'PA064'],
    ['药店、第二类医疗器械销售', 'PA039'],
    ['餐饮、食品销售、厨房设备销售', 'PA002'],
    ['医院；学校的保洁服务', 'PA043'],
    ['桑拿及从事体育培训的营利性民办培训机构', 'PA011'],
    ['医院、学校、食堂的餐饮服务；代理记账', 'PA094'],
    ['服装、鞋帽、图书、音像制品零售', 'PA030'],
    ['预包装食品、散装食品、办公用品销售', 'PA002'],
    ['消防工程、市政工程、园林绿化工程', 'PA063'],
  ])('but one that is complete keeps its hit: %s → %s', (scope, expected) => expect(items(scope)).toBe(expected));
});

describe('a bracket', () => {
  test.each([
    ['软件开发（用于餐饮服务、住宿服务）', ''],
    ['设备销售（食品生产、餐饮服务）', ''],
    ['设备销售（食品生产；餐饮服务），代理记账', 'PA094'],
    ['咨询服务（为餐饮服务）；代理记账', 'PA094'],
    ['餐饮服务（为住宿服务配套）', 'PA002'],
    ['食品（生产设备）销售', ''],
    ['百货零售（含餐饮服务）', 'PA002'],
    ['宾馆（餐饮、洗浴）', 'PA002 PA011 PA026'],
    ['许可项目（餐饮服务）', 'PA002'],
    ['化工产品（不含危险化学品）销售', ''],
    ['餐饮服务（不产生油烟）（含住宿服务）', 'PA002 PA011 PA026'],
  ])('names items only of a known clause or where it says so: %s → %s', (scope, expected) =>
    expect(items(scope)).toBe(expected),
  );

  test.each([
    ['农药（不含危险化学品）销售', 'PA047'],
    ['预包装食品（含冷藏冷冻食品）销售', 'PA002'],
    ['卷烟（雪茄烟）零售', 'PA003'],
    ['烟花爆竹（C级、D级）零售', 'PA021'],
    ['第三类医疗器械（6821、6866）经营', 'PA041'],
    ['兽药（含生物制品）经营；代理记账', 'PA045 PA094'],
    ['道路货物运输（不含危险货物）', 'PA013'],
  ])('before the verb does not hide the item: %s → %s', (scope, expected) => expect(items(scope)).toBe(expected));

  test('before the verb is part of what is highlighted', () => {
    const scope = '箱包制造；农药（限制使用农药除外）零售；鞋帽批发';
    const [hit] = match(scope).hits;
    expect(hit).toMatchObject({ itemId: 'PA047', keyword: '农药零售' });
    expect(scope.slice(hit!.start, hit!.end)).toBe('农药（限制使用农药除外）零售');
  });
});

describe('old free-form wording', () => {
  test.each([
    ['饲料生产及销售', 'PA053'],
    ['食品生产及销售', 'PA001'],
    ['食品生产、销售', 'PA001'],
    ['房地产开发及销售', 'PA064'],
    ['住宿服务及会议服务', 'PA011 PA026'],
    ['餐饮服务和相关服务', 'PA002'],
    ['药品的零售', 'PA039'],
    ['卷烟的零售', 'PA003'],
    ['食品、饮料、烟草制品批发、零售', 'PA002 PA003 PA004'],
    ['零售：卷烟、雪茄烟、日用百货', 'PA003'],
    ['批发、零售：预包装食品、农药；五金', 'PA002 PA047'],
    ['农药、化肥、种子零售', 'PA047 PA048'],
    ['销售农药、化肥、兽药', 'PA045 PA047'],
    ['食品、日用百货销售', 'PA002'],
    ['预包装食品兼散装食品、乳制品（不含婴幼儿配方奶粉）批发兼零售', 'PA002'],
    ['批发：农药；零售：卷烟', 'PA003 PA047'],
    ['房地产开发、经营及物业管理', 'PA064'],
    ['文物、字画销售', 'PA079'],
    ['农药的生产与销售', 'PA046'],
    ['图书、报刊批发兼零售', 'PA029 PA030'],
    ['（一）餐饮服务（二）住宿服务', 'PA002 PA011 PA026'],
    ['①餐饮服务②住宿服务', 'PA002 PA011 PA026'],
    ['一、餐饮服务；二、代理记账', 'PA002 PA094'],
    ['房屋建筑工程施工总承包', 'PA063'],
    ['输电、供电、受电电力设施的安装、维修和试验', 'PA097'],
    ['药品经营', 'PA038 PA039'],
    ['口腔诊所', 'PA043'],
    ['瓶装液化石油气销售', 'PA065'],
    ['大型餐馆；饮食服务', 'PA002'],
    ['民宿', 'PA011 PA026'],
    ['烟酒零售', 'PA002 PA003'],
    ['铅锌矿开采', 'PA019 PA096'],
  ])('is understood: %s → %s', (scope, expected) => expect(items(scope)).toBe(expected));

  test.each([
    ['饲料生产和加工设备销售', ''],
    ['羽毛（绒）及餐饮服务', ''],
    ['餐饮及住宿服务用品销售', ''],
    ['食盐、食品零售', 'PA002'],
    ['药品的零售柜', ''],
    ['加工食品、农产品销售', ''],
    ['食品、饮料生产设备销售', ''],
    ['农药、化肥、种子检测设备零售', ''],
    ['零售：农药包装、卷烟柜', ''],
  ])('is not read into another trade: %s → %s', (scope, expected) => expect(items(scope)).toBe(expected));
});

describe('who sells nothing but prepackaged food needs no licence (食品安全法第三十五条)', () => {
  test.each([
    ['仅销售预包装食品', ''],
    ['食品销售（仅销售预包装食品）', ''],
    ['食品互联网销售（仅销售预包装食品）；代理记账', 'PA094'],
    ['仅销售预包装食品；餐饮服务', 'PA002'],
    ['销售预包装食品', 'PA002'],
    ['食品经营（销售预包装食品）', 'PA002'],
  ])('%s → %s', (scope, expected) => expect(items(scope)).toBe(expected));
});
