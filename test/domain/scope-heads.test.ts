/** What the end of a member says: a place, a thing, a trade about other members, or one of its own. */
import { describe, expect, test } from 'vitest';
import {
  LONGEST_HEAD,
  areWares,
  endsInVerb,
  isBare,
  isMereVerb,
  isThing,
  leavesAlone,
  takesList,
} from '../../domain/scope/heads.ts';

/** Of texts apart by spaces, those for which it holds, and those for which it does not. */
const holding = (texts: string, holds: (text: string) => boolean) => texts.split(' ').filter(holds);
const failing = (texts: string, holds: (text: string) => boolean) => holding(texts, (text) => !holds(text));

describe('a phrase is bare', () => {
  test('where it ends like a place, a sector or goods', () =>
    expect(
      failing(
        '餐饮 住宿 足浴 理发 美容 娱乐业 旅馆 药店 医院 宾馆 网吧 咖啡厅 酒楼 诊所 影剧院 游泳馆 美术中心 国内旅游 量贩KTV 培训机构 经营场所 食品 房地产开发',
        isBare,
      ),
    ).toEqual([]));

  test('not where it says what is done', () =>
    expect(
      holding('餐饮服务 住宿服务 食品生产 旅馆管理 高空作业 网吧经营 医院设备 美容用品 房地产开发经营', isBare),
    ).toEqual([]));
});

describe('a closing member is about the places before it', () => {
  test('where it handles things for them', () =>
    expect(
      failing(
        '设备销售 厨房设备的销售 设备的生产和销售 用品批发 机械租赁 仪器的维修服务 医疗仪器维护业务 专用设备 配件 展示柜 软件的开发 管理系统的研发 包装袋 原料采购、销售',
        takesList,
      ),
    ).toEqual([]));

  test('where it manages, plans, cleans or otherwise serves them', () =>
    expect(
      failing(
        '餐饮管理 信息咨询 项目投资与管理 学校保洁 清洁业务 清洗活动 室内设计 装修 会员招商 消毒服务 技术',
        takesList,
      ),
    ).toEqual([]));

  test('where it is something of theirs', () =>
    expect(failing('学校的保洁 项目的承包 旅游项目的投资 门窗的用途', takesList)).toEqual([]));

  test('not where it only sells goods of its own', () =>
    expect(holding('门窗的销售 茶叶的批发 水果的种植 家具的生产', takesList)).toEqual([]));

  test('not where its things are of any trade', () =>
    expect(
      holding(
        '日用品销售 办公用品销售 文具用品 体育用品批发 医疗器械 建筑材料 装饰材料销售 卫生用品 母婴用品',
        takesList,
      ),
    ).toEqual([]));

  test('not where it is a trade of its own', () =>
    expect(
      holding(
        '物业管理 酒店管理 企业管理咨询服务 保洁服务 税务咨询 财务咨询 停车场管理 项目投资 软件开发 技术开发 餐饮服务 会议服务 棋牌 的确良',
        takesList,
      ),
    ).toEqual([]));
});

describe('an unknown member closes its list', () => {
  test('where it ends in a verb', () =>
    expect(
      failing(
        '茶叶销售 百货零售 水果批发 家具生产 服装加工 门窗制造 会议服务 文艺活动 房屋出租 汽车租赁 广告代理 货物运输 文件印刷 货物进出口 物业管理 保洁服务',
        endsInVerb,
      ),
    ).toEqual([]));

  test('not where it is none', () =>
    expect(holding('棋牌 茶叶 服务外包人员 销售人员 仓储设备', endsInVerb)).toEqual([]));
});

describe('a member is only a verb', () => {
  test('of those that goods can have', () =>
    expect(failing('销售 零售 运输 仓储 储存 配送 安装 维修 租赁 采购 进出口 研发 服务 维护', isMereVerb)).toEqual([]));

  test('not with something of its own', () =>
    expect(holding('茶叶销售 运输车辆 五金研发 棋牌', isMereVerb)).toEqual([]));
});

describe('things and wares', () => {
  test('a thing is made for a trade', () =>
    expect(
      failing(
        '餐饮设备 酒店用品 检测仪器 粮油机械 汽车配件 展示柜 货架 包装袋 管理软件 收银系统 工艺原料 手机APP',
        isThing,
      ),
    ).toEqual([]));

  test('goods of any trade are none', () =>
    expect(holding('茶叶 日用品 办公用品 医疗器械 建筑材料 设备销售 软件开发', isThing)).toEqual([]));

  test('wares are goods like those beside them, also things with a name of their own', () =>
    expect(failing('茶叶 农机配件 保健用品 粮油机械 厨房设备 日用百货', areWares)).toEqual([]));

  test('what handles goods is no ware', () =>
    expect(
      holding(
        '设备 配件 原料 检测仪器 检验试剂 加工机械 包装袋 展示柜 冷藏设备 保鲜膜 追溯系统 防伪标签 储存罐',
        areWares,
      ),
    ).toEqual([]));
});

describe('a text behind a conjunction leaves alone what stands before it', () => {
  test.each([
    ['饲料生产', '销售'],
    ['饲料生产', '储存'],
    ['饲料生产', '相关服务'],
    ['饲料生产', '的销售'],
    ['饲料生产', '售后的服务'],
    ['饲料生产', '售后服务'],
    ['饲料生产', '技术咨询服务'],
    ['饲料生产', '配套管理服务'],
    ['饲料生产', '物业管理'],
    ['饲料生产', '日用百货销售'],
    ['住宿服务', '会议服务'],
    ['道路货物运输', '水路运输'],
    ['道路货物运输', '车辆租赁'],
    ['饲料生产', '会议服务'],
  ])('%s及%s', (phrase, rest) => expect(leavesAlone(phrase, rest)).toBe(true));

  test.each([
    ['饲料生产', '加工设备销售'],
    ['饲料生产', '储存设备'],
    ['饲料生产', '设备销售'],
    ['饲料生产', '储存场地租赁'],
    ['市政工程', '园林工程检测'],
    ['饲料生产', '检测仪器销售'],
    ['饲料生产', '零售百货'],
    ['住宿服务', '餐饮管理服务'],
    ['住宿服务', '学校的保洁服务'],
    ['住宿', '会议服务'],
    ['住宿服务', '会议'],
    ['住宿服务', '相关'],
    ['住宿服务', '销售额统计'],
    ['住宿服务', ''],
  ])('not %s及%s', (phrase, rest) => expect(leavesAlone(phrase, rest)).toBe(false));
});

test('a member is judged by its last 24 characters', () => expect(LONGEST_HEAD).toBe(24));
