import type { ListedCase } from '../../db/queries/cases.ts';
import type { Ruling } from '../../domain/case-types/rollback/commands.ts';
import { Refusal } from '../../domain/errors.ts';
import { registerCaseCommands } from '../cases/commands.ts';
import { registerCaseQueries } from '../cases/routes.ts';
import type { ApiContext, App } from '../context.ts';

/** 回退确认 (第七条第二款) */
export default async function rollbackRoutes(app: App, api: ApiContext) {
  const check = (ruling: Ruling, row: ListedCase) => checkDepartment(api, ruling, row);
  registerCaseQueries(app, api, 'rollback');
  registerCaseCommands(app, api, 'rollback', { rule: { check }, arbitrate: { check } });
}

/**
 * Unless the ruling is the pool: the department that is to be told must exist, take pushes, cover the region, and not be
 * the one that returned.
 */
function checkDepartment({ reference }: ApiContext, ruling: Ruling, { case: row }: ListedCase): void {
  if (ruling.decision === 'pool') return;
  const returnedBy = String(row.facts.returnedBy);
  const told = reference.departments.get(ruling.decision === 'same' ? returnedBy : ruling.departmentCode);
  if (told?.retiredAt) {
    throw new Refusal('department.unknown', `${told.name}已撤销，不再接收推送`, {
      remedy: '请确认承接其职责的部门，或公示认领',
      article: '第七条第二款',
    });
  }
  if (ruling.decision !== 'other') return;
  const { departmentCode } = ruling;
  const department = reference.departments.get(departmentCode);
  const covers = department && reference.regions.contains(department.regionCode, row.regionCode);
  if (!department || !covers || department.sector === 'registration') {
    throw new Refusal('department.unknown', `没有管辖该区域的部门“${departmentCode}”`, {
      remedy: '请从 GET /api/v1/departments 中选择本级或上级部门',
      article: '第七条第二款',
    });
  }
  if (departmentCode === returnedBy) {
    throw new Refusal('rollback.same-department', '改推的部门就是回退的部门', {
      remedy: '确认仍由该部门承办的，请选择“仍推送原部门”',
      article: '第七条第二款',
    });
  }
}
