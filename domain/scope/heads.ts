/**
 * How the members of a `、` list depend on its closing member. "医院、学校的保洁服务" is only cleaning: the closing member is
 * about the bare nouns (医院) before it, unless it is a trade of its own. "餐饮服务" is complete wherever it stands.
 */
import { unknownTradeOf } from './trades.ts';

/** Synonyms with these endings name a place, a sector or goods, but no activity. */
const BARE =
  /(?:餐饮|住宿|洗浴|足浴|沐足|桑拿|理发|美发|美容|娱乐|演出|表演|(?<!作)业|[店馆吧咖厅楼院所部室站校社房堂城座]|中心|旅游|KTV|OK|团体|机构|场所|食品|烟草|直销|房地产开发|商品房开发|房地产综合开发)$/;

const GOODS_VERBS = '销售|批发|零售|批发零售|批发兼零售|经营|生产|加工|制造|种植|养殖|收购';
/** Things with which goods are made: 粮油机械. */
const MACHINES = '设备|设施|器具|器材|(?<!医疗)器械|仪器|机械|装置|配件|架|柜|软件|系统|平台|网站|APP';
/** Things made for one trade: 宾馆用品, 餐饮设备. Not things of any trade, such as 办公用品. */
const THINGS = `${MACHINES}|(?<!日|办公|文具|文教|体育|劳保|劳动保护|洗涤|消毒|卫生|母婴|宠物)用品|用具|耗材|(?<!建筑|装饰)材料|原料|原材料|包装|包装物|包装袋`;
const ENDS_IN_THING = new RegExp(`(?:${THINGS})$`);
const ENDS_IN_MACHINE = new RegExp(`(?:${MACHINES})$`);
/** Packaging that is sold or made as goods of its own. 药品包装材料 and 茶叶包装袋 belong to other goods. */
const PACKAGING = /^(?:塑料|纸|纸质|纸制|金属|玻璃|木质|竹木|复合|环保)?包装(?:材料|制品|用品|容器)$/;
/** Words that make a thing one for handling goods: 检测仪器, 包装袋, 展示柜. */
const FOR_GOODS = new RegExp(
  `^(?:${THINGS})$|检测|检验|加工|生产|制造|包装|展示|陈列|储存|贮存|冷藏|保鲜|追溯|管理|防伪`,
);
/** Trades that are always about another trade: 餐饮管理, 医院信息咨询. */
const ABOUT =
  '管理|咨询|顾问|投资|设计|装修|装饰|装潢|策划|规划|开发|研发|保洁|清洁|清洗|洗涤|消毒|维修|维护|维保|改造|建设|招商|加盟|推广|宣传|运营|评估|研究|改建|监控|信息|技术';
const DONE_WITH_THINGS = `${GOODS_VERBS}|租赁|出租|安装|维修|维护|开发|研发|设计|采购|供应|进出口|改造|调试`;

/** Other endings of what is done, beside those of sales and services. */
const DOING =
  '修理|调试|搬运|装卸|复印|扩印|发布|处理|治理|集成|测绘|组织|采购|供应|绿化|转让|繁育|拆除|养护|监测|保护|铸造|冶炼|利用|经纪|派遣|' +
  '制售|演出|放映|发行|复制|装订|诊疗|作业|介绍|合作|承包|分包|勘察|勘查|监理|充装|拆解|收集|处置|检验|拍卖|购销|繁殖|刻制|记账|记帐|发电|输出|勘探|屠宰|分配';

const ENDS_IN_ABOUT = new RegExp(`(?:${ABOUT})(?:服务|业务|活动)?$`);
const ENDS_IN_DOING = new RegExp(`(?:${DOING})$`);
const TAKES = [
  new RegExp(`(?:${THINGS})(?:[的和与及、]?(?:${DONE_WITH_THINGS}))*(?:服务|业务)?$`),
  ENDS_IN_ABOUT,
  // "门窗的销售" sells doors; "旅游项目的投资" invests in what the list names.
  new RegExp(`.的(?!${GOODS_VERBS}).`),
];
const ENDS_IN_VERB = new RegExp(
  `(?:${GOODS_VERBS}|服务|业务|活动|租赁|出租|代理|运输|货运|客运|施工|安装|制作|印刷|培训|中介|经纪|检测|认证|配送|仓储|回收|进出口|贸易|饲养|捕捞|开采)$`,
);
const MERE_VERB = new RegExp(`^(?:${DONE_WITH_THINGS}|服务|运输|仓储|储存|贮存|配送|保养|维护)$`);

/**
 * Trades that end like 餐饮管理 but are independent of the other members of their list. The list is closed on purpose: a trade
 * that is missing here is taken to be about its list, and an item that is therefore not pushed can still be claimed (第七条).
 */
const INDEPENDENT = new Set(
  (
    '物业管理 物业管理服务 酒店管理 酒店管理服务 企业管理 企业管理服务 企业管理咨询 企业管理咨询服务 商务信息咨询 商务咨询 税务咨询 税务服务 ' +
    '经济信息咨询 财务咨询 房地产咨询 房地产评估 停车场管理 停车场服务 市场管理 市场营销策划 项目投资 实业投资 投资管理 教育咨询 ' +
    '仓储服务 电脑维修 家电维修 家用电器维修 汽车维修 机械设备租赁 汽车零配件批发 汽车零配件零售 汽车零配件销售 办公设备销售 计算机系统服务 广告设计 平面设计 工业设计服务 专业设计服务 ' +
    '企业形象策划 咨询策划服务 技术咨询 技术服务 技术转让 技术推广 技术推广服务 网络技术服务 信息技术咨询 信息技术咨询服务 信息系统集成服务 社会经济咨询服务 ' +
    '教育咨询服务 法律咨询 健康咨询 健康咨询服务 旅游咨询 旅游咨询服务 认证咨询 保洁服务 家政服务 室内装饰 室内装饰设计 室内装修 农业技术推广 农业技术服务 农业技术咨询 财税咨询 软件开发 计算机软件开发 旅游开发 技术开发'
  ).split(' '),
);

/** Endings of "饲料生产及…" that are no trade of their own and leave 饲料生产 as it is. */
const MERE_ADDITION =
  /^(?:相关|配套|售后|技术|其他)?(?:的)?(?:销售|零售|批发|加工|服务|咨询|管理|维修|维护|维保|保养|调试|安装|运输|储存|仓储|配送|研发|租赁|推广|咨询服务|管理服务|技术服务|售后服务|相关服务|配套服务)$/;

/** A text that begins like this may be about the goods before it: "饲料生产和储存…". */
const BEGINS_WITH_VERB = new RegExp(`^(?:${GOODS_VERBS}|${DONE_WITH_THINGS}|储存|贮存|运输|仓储|配送)`);

/** How many characters of a member are looked at, from its end, since the end decides. */
export const LONGEST_HEAD = 24;

export function isBare(text: string): boolean {
  return BARE.test(text);
}

/** Whether a closing member is about the bare nouns before it. */
export function takesList(member: string): boolean {
  return !INDEPENDENT.has(member) && TAKES.some((pattern) => pattern.test(member));
}

/** Whether an unknown member closes the list. A member without a verb (棋牌) does not. */
export function endsInVerb(member: string): boolean {
  return INDEPENDENT.has(member) || ENDS_IN_VERB.test(member);
}

/** Whether a text is a trade, known or not, and not a mere noun or verb: 自有房产租赁, 企业形象策划. */
export function saysWhatIsDone(text: string): boolean {
  return !isMereVerb(text) && (endsInVerb(text) || ENDS_IN_ABOUT.test(text) || ENDS_IN_DOING.test(text));
}

/** Whether a member is only a verb for the goods before it: 运输 in "卷烟零售、运输、批发". */
export function isMereVerb(member: string): boolean {
  return MERE_VERB.test(member);
}

export function isThing(member: string): boolean {
  return ENDS_IN_THING.test(member);
}

/** Whether a noun names things with which other goods are made. */
export function isMachine(noun: string): boolean {
  return ENDS_IN_MACHINE.test(noun);
}

/** Whether a noun names goods like those in its list (农机配件, 保健用品), not things for handling them (检测仪器, 包装袋). */
export function areWares(noun: string): boolean {
  return PACKAGING.test(noun) || !FOR_GOODS.test(noun);
}

/**
 * Whether an unknown text behind a conjunction leaves the meaning of the phrase before it. In "住宿服务及汽车租赁" it does,
 * because both say what is done. In "饲料生产和加工设备销售" it does not, because 生产 belongs to 设备.
 */
export function leavesAlone(phrase: string, rest: string): boolean {
  return MERE_ADDITION.test(rest) || standsAlone(phrase, rest);
}

/** Whether an unknown text that follows a phrase in its clause is a trade of its own, not one that the phrase is the object of. */
export function standsAlone(phrase: string, rest: string): boolean {
  if (INDEPENDENT.has(rest)) return true;
  if (takesList(rest)) return false;
  const trade = unknownTradeOf(rest);
  if (trade && !trade.inFront && areWares(trade.noun)) return true;
  return saysWhatIsDone(phrase) && saysWhatIsDone(rest) && !BEGINS_WITH_VERB.test(rest);
}
