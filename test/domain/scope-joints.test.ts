/** Trades that no separator parts, and words of scopes written before the standard phrases. */
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../data/catalogue/load.ts';
import { createMatcher } from '../../domain/scope/matching.ts';

const match = createMatcher(loadCatalogue());
const items = (scope: string) => match(scope).items.join(' ');

describe('what no separator parts', () => {
  test.each([
    ['食品生产（依法须经批准的项目，经相关部门批准后方可开展经营活动）烟草制品零售', 'PA001 PA003'],
    ['餐饮服务（不产生油烟）（含凉菜）住宿', 'PA002 PA011 PA026'],
    ['道路货物运输（含危险货物）烟草制品零售', 'PA003 PA013 PA014'],
    ['道路货物运输（含危险货物）农药（杀虫剂）零售（限本市）', 'PA013 PA014 PA047'],
    ['会议服务及住宿服务', 'PA011 PA026'],
    ['软件开发和餐饮服务', 'PA002'],
    ['自有房产租赁（不含住宿）及普通货运（仅限自货自运）', 'PA013'],
    ['化肥（复合肥）及农药零售', 'PA047'],
    ['住宿服务及会议服务和公章刻制', 'PA011 PA026 PA093'],
    ['餐饮服务或者公章刻制', 'PA002 PA093'],
    ['农药批发（甲）及零售', 'PA047'],
    ['卷烟批发及零售', 'PA003 PA004'],
  ])('is two trades: %s → %s', (scope, expected) => expect(items(scope)).toBe(expected));

  test.each([
    ['研究和试验发展', ''],
    ['工程和技术研究和试验发展', ''],
    ['动物诊疗（犬猫）医院', ''],
    ['医院（公立）物业管理', ''],
    ['餐饮服务（中式）设备', ''],
    ['餐饮服务（中式）设备销售', ''],
    ['道路货物运输（含危险货物，不含爆炸品）车辆', ''],
    ['参与房地产开发', ''],
    ['不含餐饮服务和住宿服务；代理记账', 'PA094'],
    ['日用品销售（不含食品销售及餐饮服务）', ''],
    ['餐饮及住宿服务用品销售', ''],
  ])('but may be one: %s → %s', (scope, expected) => expect(items(scope)).toBe(expected));
});

describe('words of old scopes', () => {
  test.each([
    ['西药销售', 'PA039'],
    ['药品销售', 'PA039'],
    ['图书销售', 'PA030'],
    ['出版物销售', 'PA011 PA030'],
    ['烟花爆竹销售', 'PA021'],
    ['食盐销售', ''],
    ['糕点销售', 'PA002'],
    ['糕点批发', 'PA002'],
    ['茶座', 'PA002'],
    ['茶座、咖啡馆设备销售', ''],
    ['弱电工程施工', 'PA063'],
    ['安防工程的设计、施工及维护', 'PA063'],
    ['产销：食品', 'PA001'],
    ['食品产销', 'PA001'],
    ['卷烟经销', 'PA003'],
    ['研发、生产：A；第二类医疗器械', 'PA040'],
    ['向境外派遣各类劳务人员', 'PA062'],
    ['药品批发', 'PA038 PA090'],
    ['药品批发、零售', 'PA038 PA039 PA090'],
  ])('%s → %s', (scope, expected) => expect(items(scope)).toBe(expected));
});
