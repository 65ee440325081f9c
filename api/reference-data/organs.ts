/** Files of sectors, regions and departments. */
import { departmentCells, departmentRowSchema, judgeDepartments } from '../../domain/reference-data/departments.ts';
import { judgeRegions, regionCells, regionRowSchema } from '../../domain/reference-data/regions.ts';
import { judgeSectors, sectorCells, sectorRowSchema } from '../../domain/reference-data/sectors.ts';
import { registeringAuthorityOf } from '../../domain/organs/registering-authority.ts';
import { referenceFile } from './file.ts';

export const SECTORS_FILE = referenceFile({
  noun: 'sectors',
  columns: [
    { field: 'id', names: ['行业代码', '代码'], required: true },
    { field: 'name', names: ['行业名称', '名称', '行业'], required: true },
    { field: 'levels', names: ['设置层级', '层级'], required: false },
    { field: 'basis', names: ['职责说明', '职责', '说明'], required: true },
  ],
  schema: sectorRowSchema,
  judge: judgeSectors,
  cells: ({ sectors }) => sectors.map(sectorCells),
  examples: [
    {
      id: 'civil-affairs',
      name: '民政',
      levels: '省；市州；县区',
      basis: '各级设民政部门，主管社会组织、殡葬、养老机构',
    },
    { id: 'meteorology', name: '气象', levels: '省；市州', basis: '省、市设气象局，主管防雷检测' },
  ],
});

export const REGIONS_FILE = referenceFile({
  noun: 'regions',
  columns: [
    { field: 'code', names: ['区划代码', '行政区划代码', '代码'], required: true },
    { field: 'name', names: ['名称', '区划名称', '行政区划名称'], required: true },
    { field: 'kind', names: ['级别', '区划级别', '类型'], required: true },
    { field: 'parent', names: ['上级代码', '上级区划代码'], required: false },
    { field: 'authority', names: ['登记机关', '登记机关名称'], required: false },
  ],
  schema: regionRowSchema,
  judge: judgeRegions,
  cells: ({ regions, departments }) => {
    const names = new Map(departments.flatMap(({ code, name, retiredAt }) => (retiredAt ? [] : [[code, name]])));
    return regions.map((region) => regionCells(region, names.get(registeringAuthorityOf(region.code))));
  },
  examples: [
    {
      code: '430171',
      name: '长沙经济技术开发区',
      kind: '功能区',
      parent: '430100',
      authority: '长沙经济技术开发区市场监督管理局',
    },
    { code: '430103', name: '天心区', kind: '县区', parent: '430100' },
  ],
});

export const DEPARTMENTS_FILE = referenceFile({
  noun: 'departments',
  columns: [
    { field: 'code', names: ['部门代码'], required: false },
    { field: 'regionCode', names: ['区划代码', '行政区划代码'], required: false },
    { field: 'sector', names: ['行业', '行业代码', '行业名称', '部门类别'], required: false },
    { field: 'name', names: ['部门名称', '名称'], required: true },
    { field: 'retired', names: ['撤销', '是否撤销'], required: false },
  ],
  schema: departmentRowSchema,
  judge: judgeDepartments,
  cells: ({ departments, sectors }) => {
    const names = new Map(sectors.map(({ id, name }) => [id, name]));
    return departments.map((row) => departmentCells(row, names.get(row.sector) ?? row.sector));
  },
  examples: [
    { regionCode: '430103', sector: '农业农村', name: '天心区农业农村局' },
    { regionCode: '430103', sector: '林业', name: '天心区林业局', retired: '是' },
  ],
});
