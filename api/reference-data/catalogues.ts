/** Files of the catalogue of items and of the catalogue of sanction measures. */
import { catalogueRowSchema, itemCells, judgeCatalogue } from '../../domain/reference-data/catalogue.ts';
import { judgeMeasures, measureCells, measureRowSchema } from '../../domain/reference-data/measures.ts';
import type { ReferenceData } from '../../domain/reference.ts';
import { referenceFile } from './file.ts';

const basisColumns = (field: string, title: string) => [
  { field: `${field}Law`, names: [`${title}的法律`] as [string], required: false },
  { field: `${field}Article`, names: [`${title}的条款`] as [string], required: false },
  { field: `${field}Note`, names: [`${title}的说明`] as [string], required: false },
];

/** Files show sectors by their names. */
function withNames<Row extends object>({ sectors }: ReferenceData, row: Row, ...fields: (keyof Row)[]): Row {
  const named = { ...row };
  for (const field of fields) {
    const sector = sectors.find(({ id }) => id === row[field]);
    if (sector) Object.assign(named, { [field]: sector.name });
  }
  return named;
}

export const CATALOGUE_FILE = referenceFile({
  noun: 'catalogue',
  columns: [
    { field: 'id', names: ['事项编号', '编号'], required: true },
    { field: 'name', names: ['事项名称', '名称', '审批事项'], required: true },
    { field: 'sector', names: ['审批部门', '行业主管部门'], required: true },
    { field: 'level', names: ['审批层级说明', '审批机关层级'], required: true },
    { field: 'law', names: ['依据的法律', '法律依据', '设定依据'], required: true },
    { field: 'article', names: ['依据的条款', '条款'], required: true },
    { field: 'mode', names: ['办理方式', '改革方式'], required: false },
    ...basisColumns('mode', '办理方式'),
    { field: 'approvingLevel', names: ['审批层级'], required: false },
    ...basisColumns('approvingLevel', '审批层级'),
    { field: 'supervisingSector', names: ['监管部门'], required: false },
    ...basisColumns('supervisingSector', '监管部门'),
    { field: 'preApproval', names: ['前置审批'], required: false },
    { field: 'keywords', names: ['关键词', '检索关键词', '判断词'], required: true },
    { field: 'synonyms', names: ['同义词'], required: false },
    { field: 'exclusions', names: ['排除词'], required: false },
    { field: 'note', names: ['备注'], required: false },
    { field: 'qualifierPhrases', names: ['限定'], required: false },
    { field: 'qualifierBrackets', names: ['限定的括注'], required: false },
    { field: 'qualifierEffect', names: ['限定的效果'], required: false },
    ...basisColumns('qualifier', '限定'),
    { field: 'qualifierLevel', names: ['备案层级'], required: false },
    { field: 'qualifierSector', names: ['备案部门'], required: false },
  ],
  schema: catalogueRowSchema,
  judge: judgeCatalogue,
  cells: (data) =>
    data.catalogue.items.flatMap((item) =>
      itemCells(item).map((row) => withNames(data, row, 'sector', 'supervisingSector', 'qualifierSector')),
    ),
  examples: [
    {
      id: '湘后置-002',
      name: '食品经营许可',
      sector: '市场监管',
      level: '县级以上',
      law: '食品安全法',
      article: '第三十五条',
      mode: '审批',
      keywords: '食品经营；食品销售；餐饮服务',
      synonyms: '食品零售；食品批发',
      exclusions: '食用农产品销售',
      qualifierPhrases: '仅销售预包装食品',
      qualifierEffect: '只须备案',
      qualifierLaw: '食品安全法',
      qualifierArticle: '第三十五条',
    },
    {
      id: '湘后置-015',
      name: '农药经营许可',
      sector: '农业农村',
      level: '县级以上',
      law: '农药管理条例',
      article: '第二十四条',
      keywords: '农药零售；农药批发',
    },
  ],
});

export const MEASURES_FILE = referenceFile({
  noun: 'sanction-measures',
  columns: [
    { field: 'id', names: ['措施编号', '编号'], required: true },
    { field: 'lists', names: ['适用名单', '名单'], required: true },
    { field: 'domain', names: ['领域'], required: true },
    { field: 'sector', names: ['实施部门', '行业主管部门'], required: true },
    { field: 'name', names: ['惩戒措施', '措施'], required: true },
    { field: 'basis', names: ['依据', '法律依据'], required: true },
  ],
  schema: measureRowSchema,
  judge: judgeMeasures,
  cells: (data) => data.measures.measures.map((row) => withNames(data, measureCells(row), 'sector')),
  examples: [
    {
      id: 'ZC01',
      lists: '严重违法失信名单；经营异常名录',
      domain: '政府采购',
      sector: '财政',
      name: '依法限制或者禁止参加政府采购活动',
      basis: '企业信息公示暂行条例第十八条',
    },
    {
      id: 'FC02',
      lists: '失信被执行人名单',
      domain: '政府扶持',
      sector: '农业农村',
      name: '限制申报涉农财政扶持项目',
      basis: '法释〔2013〕17号第六条',
    },
  ],
});
