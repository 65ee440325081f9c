/** A province's reference data in full, composed from the product's own: the same at every call. */
import { REFERENCE_FILES } from '../../api/reference-data/files.ts';
import type { TableRow } from '../../api/http/table.ts';
import { readReferenceFiles } from '../../data/reference-files.ts';
import { buildDepartments, type Sector } from '../../domain/organs/departments.ts';
import { REGION_LEVELS, type Region } from '../../domain/organs/regions.ts';
import { NOUNS, type Noun } from '../../domain/reference-data/nouns.ts';
import { keysOf } from '../../domain/keys.ts';
import type { ReferenceData } from '../../domain/reference.ts';
import type { CatalogueItem } from '../../domain/scope/catalogue.ts';

/** Sectors beside those of `data/departments`, which make 45 with them. */
const SECTORS = {
  'civil-affairs': '民政',
  'fire-rescue': '消防救援',
  justice: '司法行政',
  taxation: '税务',
  'urban-management': '城市管理',
  meteorology: '气象',
  'development-reform': '发展改革',
  'science-technology': '科学技术',
  'ethnic-religious': '民族宗教',
  'veterans-affairs': '退役军人事务',
  'medical-security': '医疗保障',
  'grain-reserves': '粮食和储备',
  earthquake: '地震',
  'state-secrets': '保密',
} as const;

const ITEMS = 600;
const GOODS = (
  '殡葬用品 养老床位 社会福利 消防设施 消防检测 法律文书 司法鉴定 公证材料 发票印制 渣土运输 户外广告 园林绿化 防雷装置 气象信息 ' +
  '人工增雨 工程咨询 招标代理 成果转化 清真制品 宗教用品 医保药械 定点护理 储备粮油 陈粮加工 抗震检测 地震监测 涉密载体 涉密集成 ' +
  '水上平台 高空器械 低空航材 氢能装备 储能电站 数据标注 算力设施 实验动物'
).split(' ');
const VERBS = '经营 销售 批发 零售 生产 加工 储存 运输 检验 维修 安装 租赁 服务 设计'.split(' ');

/** The file of each noun, its header first. @param code of the province. */
export function composeReferenceFiles(code?: string): Record<Noun, TableRow[]> {
  const data = composed(readReferenceFiles(code));
  const files = keysOf(NOUNS).map((noun) => [noun, REFERENCE_FILES[noun].exported(data)] as const);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.fromEntries forgets the keys
  return Object.fromEntries(files) as Record<Noun, TableRow[]>;
}

function composed(data: ReferenceData): ReferenceData {
  const levels = [...REGION_LEVELS];
  const sectors = [...data.sectors.map((sector) => ({ ...sector, levels })), ...added()];
  const regions = [...data.regions, ...zonesOf(data.regions)];
  const departments = buildDepartments(sectors, regions);
  return { ...data, sectors, regions, departments, catalogue: { ...data.catalogue, items: itemsOf(data) } };
}

const added = (): Sector[] =>
  keysOf(SECTORS).map((id) => ({
    id,
    name: SECTORS[id],
    levels: [...REGION_LEVELS],
    basis: `各级设${SECTORS[id]}部门，依职责审批和监管`,
  }));

/** One development zone in each prefecture, under the first code of those that statistics give them. */
const zonesOf = (regions: readonly Region[]): Region[] =>
  regions
    .filter(({ level }) => level === 'prefecture')
    .map(({ code, name }) => ({
      code: `${code.slice(0, 4)}71`,
      name: `${name}经济技术开发区`,
      level: 'county',
      parent: code,
      functionalZone: true,
    }));

/** The product's items under numbers of the province's own, and invented ones. */
function itemsOf({ catalogue, sectors }: ReferenceData): CatalogueItem[] {
  const all = [...sectors.map(({ id }) => id).filter((id) => id !== 'registration'), ...keysOf(SECTORS)];
  const invented = GOODS.flatMap((goods, at) =>
    VERBS.map((verb): CatalogueItem => ({
      id: '',
      name: `${goods}${verb}许可`,
      sector: all[(at * VERBS.length + VERBS.indexOf(verb)) % all.length]!,
      level: '县级以上',
      law: `${goods}管理条例`,
      article: '第七条',
      mode: 'approval',
      preApproval: false,
      keywords: [goods + verb],
      synonyms: [`${goods}的${verb}`],
      exclusions: [`${goods}${verb}咨询`],
    })),
  );
  return [...catalogue.items, ...invented]
    .slice(0, ITEMS)
    .map((item, at) => ({ ...item, id: `湘后置〔2026〕${String(at + 1).padStart(3, '0')}` }));
}
