/** Scopes written to mislead the matcher, in both directions: what must not be pushed, and what must not be missed. */
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../data/catalogue/load.ts';
import { createMatcher } from '../../domain/scope/matching.ts';

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

describe('a `、` list that is closed goes on with verbs alone', () => {
  test.each([
    ['食品经营、武器装备研发、生产', 'PA002'],
    ['食品销售、家具设计、生产', 'PA002'],
    ['卷烟零售、五金研发、批发', 'PA003'],
    ['卷烟零售、五金、批发', 'PA003'],
    ['药品零售、计算机软硬件开发、批发', 'PA039'],
    ['农药零售、润滑油加工、制造（不含危险化学品）', 'PA047'],
    ['卷烟零售、运输、批发', 'PA003 PA004'],
    ['药品零售、储存、批发', 'PA038 PA039 PA090'],
  ])('%s → %s', (scope, expected) => expect(items(scope)).toBe(expected));
});

describe('what needs no approval still says which goods a list goes on with', () => {
  test.each([
    ['化妆品研发、生产、销售', 'PA042'],
    ['化妆品的研发、生产及销售', 'PA042'],
    ['化妆品（不含危险品）研发、生产', 'PA042'],
    ['第二类医疗器械研发、生产、销售', 'PA040'],
    ['食品收购、加工、销售', 'PA001'],
    ['特种设备设计、制造、销售', 'PA074'],
    ['电梯销售、安装、维修', 'PA074'],
    ['消防工程设计、施工', 'PA063'],
    ['设计、施工：消防工程、建筑工程', 'PA063'],
    ['种子生产、加工、销售', 'PA048'],
    ['水产养殖、捕捞、销售', 'PA055 PA056'],
    ['生猪养殖、屠宰', 'PA052 PA054'],
    ['农药、种子研发、生产', 'PA046 PA048'],
    ['食品研发、销售', 'PA002'],
    ['武器装备研发、生产', ''],
    ['酒店、宾馆、食品研发', ''],
    ['工程和技术研究和试验发展、特种设备设计', 'PA074'],
  ])('%s → %s', (scope, expected) => expect(items(scope)).toBe(expected));
});

describe('a list of goods may be closed by goods that no catalogue knows', () => {
  test.each([
    ['农药、农机具销售', 'PA047'],
    ['兽药、饲料零售', 'PA045'],
    ['食品、家具销售', 'PA002'],
    ['卷烟、槟榔零售', 'PA003'],
    ['卷烟、打火机批发、零售', 'PA003 PA004'],
    ['烟花爆竹、香烛零售', 'PA021'],
    ['药品、医疗器械、保健用品、化妆品零售', 'PA039'],
    ['兽药、兽用器械销售', 'PA045'],
    ['食品、日用百货的批发与零售', 'PA002'],
    ['卷烟、茶叶（绿茶）零售', 'PA003'],
    ['农药及农机具零售', 'PA047'],
    ['零售日用百货、卷烟、预包装食品', 'PA002 PA003'],
    ['零售：预包装食品、厨房设备', 'PA002'],
    ['化妆品、洗涤剂生产', 'PA042'],
    ['电线电缆、开关、配电箱生产、销售', 'PA075'],
    ['食品、日用百货零售（依法须经批准的项目，经相关部门批准后方可开展经营活动）', 'PA002'],
    ['零售：卷烟、香烛（依法须经批准的项目，经相关部门批准后方可开展经营活动）', 'PA003'],
    ['餐饮服务及日用百货销售', 'PA002'],
    ['兽用药品零售', 'PA045'],
  ])('%s → %s', (scope, expected) => expect(items(scope)).toBe(expected));

  test.each([
    ['食品、农药、兽药检测试剂盒生产、销售', ''],
    ['食品、茶叶包装袋销售', ''],
    ['农药、蔬菜检测仪器销售', ''],
    ['食品、粮油机械制造', ''],
    ['食品、餐饮设备销售', ''],
    ['农药和化肥包装袋销售', ''],
    ['宾馆、酒店用品经营', ''],
    ['销售代理、卷烟', ''],
    ['批发市场管理服务、农药', ''],
    ['饲料生产和储存设备销售', ''],
    ['香烟、香烛批发', ''],
  ])('and not by things for them: %s → %s', (scope, expected) => expect(items(scope)).toBe(expected));
});

describe('外 and 除 inside other words', () => {
  test.each([
    ['餐饮服务及外卖服务', 'PA002'],
    ['住宿服务及户外活动服务', 'PA011 PA026'],
    ['劳务派遣服务和涉外劳务服务', 'PA058'],
    ['住宿服务和不动产登记代理服务', 'PA011 PA026'],
    ['除雪服务、餐饮服务（户外）', 'PA002'],
    ['除甲醛服务、保洁服务（室内外）、餐饮服务', 'PA002'],
    ['除锈、防腐工程、餐饮服务（含店外）', 'PA002'],
    ['会议服务（除餐饮服务（含外卖）、住宿服务外）；卷烟零售', 'PA003'],
    ['除外：餐饮服务、住宿服务。卷烟零售', 'PA003'],
    ['会议服务（除外：餐饮服务；住宿服务）、卷烟零售', 'PA003'],
  ])('%s → %s', (scope, expected) => expect(items(scope)).toBe(expected));
});

describe('a heading begins a section, whatever stands before it', () => {
  const sections = (scope: string) =>
    match(scope)
      .hits.map(({ itemId, section }) => `${itemId} ${section}`)
      .join('; ');

  test.each([
    ['【许可项目】餐饮服务【一般项目】农药零售', 'PA002 licensed; PA047 general'],
    ['（许可项目）餐饮服务（一般项目）农药零售', 'PA002 licensed; PA047 general'],
    ['许可项目：餐饮服务一般项目：日用百货销售；农药零售', 'PA002 licensed; PA047 general'],
    ['许可项目餐饮服务；一般项目日用百货销售、农药零售', 'PA002 licensed; PA047 general'],
    ['许可项目：餐饮服务***一般项目：农药零售', 'PA002 licensed; PA047 general'],
    ['许可项目：卷烟零售（限门店）一般项目：农药零售', 'PA003 licensed; PA047 general'],
    ['卷烟、食品一般项目：批发', ''],
  ])('%s → %s', (scope, expected) => expect(sections(scope)).toBe(expected));
});

describe('marks that licences are printed with', () => {
  test.each([
    ['餐饮服务；住宿服务***', 'PA002 PA011 PA026'],
    ['＊餐饮服务、住宿服务＊＊＊', 'PA002 PA011 PA026'],
    ['■餐饮服务■住宿服务〓', 'PA002 PA011 PA026'],
    ['餐饮服务…住宿服务', 'PA002 PA011 PA026'],
    ['餐饮服务—住宿服务', 'PA002 PA011 PA026'],
    ['餐饮服务‖住宿服务', 'PA002 PA011 PA026'],
    ['餐饮服务～住宿服务', 'PA002 PA011 PA026'],
    ['会议服务<不含餐饮服务、住宿服务>；卷烟零售', 'PA003'],
    ['会议服务〈餐饮服务除外〉；卷烟零售', 'PA003'],
    ['）餐饮服务', 'PA002'],
    // Marks at the end do not change the scope: `、` still separates clauses.
    ['不含餐饮服务、住宿服务***', 'PA011 PA026'],
  ])('say nothing: %s → %s', (scope, expected) => expect(items(scope)).toBe(expected));
});

describe('words around and in a bracket', () => {
  test.each([
    ['凭许可证从事餐饮服务', 'PA002'],
    ['凭有效许可证从事药品零售', 'PA039'],
    ['在许可证有效期内从事餐饮服务', 'PA002'],
    ['依法从事劳务派遣', 'PA058'],
    ['卷烟零售凭许可证经营', 'PA003'],
    ['道路货物运输（含危险货物，不含爆炸品）', 'PA013 PA014'],
    ['高危险性体育运动（游泳、滑雪）', 'PA011 PA082'],
    ['道路货物运输（不含危险货物、网络货运）', 'PA013'],
    ['食品销售（仅销售预包装食品、散装食品）', 'PA002'],
    ['第Ⅱ类、第Ⅲ类医疗器械生产', 'PA040'],
    ['医疗器械（三类）销售', 'PA041'],
    ['医疗器械（二类）销售', ''],
    ['理发店、美容店、足浴店', 'PA011'],
    ['咖啡馆、茶楼、奶茶店、食堂', 'PA002'],
    ['影院；旅店；宠物诊所', 'PA011 PA026 PA034 PA051'],
    ['咖啡馆、茶楼设备销售', ''],
    ['食堂、宿舍管理', ''],
    ['国内旅游、入境旅游信息咨询', ''],
  ])('%s → %s', (scope, expected) => expect(items(scope)).toBe(expected));
});
