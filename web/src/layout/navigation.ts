/** The pages of the menu: address, title, who sees each. Menu and routes derive from this table. */
import type { ComponentType } from 'react';
import { CASE_TYPES, NOUNS } from '../../../domain/case-types/case-types.ts';
import type { CaseType } from '../../../domain/case/id.ts';
import { DEPARTMENT, OVERSIGHT, type Role } from '../../../domain/organs/roles.ts';

interface Entry {
  path: string;
  title: string;
  group: string;
  /** Roles whose menu shows the page; others may still follow a link to it. Absent: everyone. */
  roles?: readonly Role[];
  /** For the whole province: an administrator of a county does not see it. */
  ofProvince?: true;
  load: () => Promise<ComponentType>;
}

const AUTHORITY = ['registering-authority'] as const;
const ADMINISTRATOR = ['platform-administrator'] as const;

/** The list of a case type; address and name come from the domain's tables. */
const caseList = (caseType: CaseType, group: string, roles?: readonly Role[]): Entry => ({
  path: NOUNS[caseType],
  title: CASE_TYPES[caseType],
  group,
  roles,
  load: async () => {
    const { CaseListPage } = await import('../cases/list/case-list-page.tsx');
    return () => CaseListPage({ caseType });
  },
});

const WORK = '办理';
const PUBLICITY = '归集与公示';
const SANCTION = '联合惩戒';
const OVERVIEW = '督查与考核';
const ADMINISTRATION = '平台管理';

export const NAVIGATION: readonly Entry[] = [
  {
    path: '',
    title: '工作台',
    group: WORK,
    load: async () => (await import('../pages/workbench-page.tsx')).WorkbenchPage,
  },
  caseList('registrationPush', WORK),
  caseList('poolEntry', WORK),
  {
    path: 'published-registrations',
    title: '登记信息公示',
    group: WORK,
    load: async () => (await import('../pages/published-page.tsx')).PublishedPage,
  },
  caseList('rollback', WORK, [...AUTHORITY, ...OVERSIGHT]),
  caseList('publication', PUBLICITY),
  caseList('correction', PUBLICITY),
  caseList('complaint', PUBLICITY),
  caseList('supportMeasure', PUBLICITY),
  caseList('listing', SANCTION),
  caseList('creditRepair', SANCTION),
  caseList('sanctionNotice', SANCTION),
  caseList('sanctionLifting', SANCTION),
  {
    path: 'restrictions',
    title: '限制查询',
    group: SANCTION,
    load: async () => (await import('../pages/restrictions-page.tsx')).RestrictionsPage,
  },
  caseList('supervision', OVERVIEW),
  {
    path: 'assessments',
    title: '月度考核',
    group: OVERVIEW,
    // 考核: the government of the level commends and criticises by it (第三条、第十六条).
    roles: [...DEPARTMENT, ...OVERSIGHT, 'government'],
    load: async () => (await import('../pages/assessment-page.tsx')).AssessmentPage,
  },
  {
    path: 'statistics',
    title: '统计分析',
    group: OVERVIEW,
    load: async () => (await import('../pages/statistics-page.tsx')).StatisticsPage,
  },
  {
    path: 'audit',
    title: '审计日志',
    group: OVERVIEW,
    roles: OVERSIGHT,
    load: async () => (await import('../pages/audit-page.tsx')).AuditPage,
  },
  {
    path: 'import',
    title: '导入文件',
    group: ADMINISTRATION,
    roles: [...AUTHORITY, ...DEPARTMENT, ...ADMINISTRATOR],
    load: async () => (await import('../pages/import-page.tsx')).ImportPage,
  },
  {
    path: 'admin/accounts',
    title: '账号',
    group: ADMINISTRATION,
    roles: [...ADMINISTRATOR, ...AUTHORITY, 'department-lead'],
    load: async () => (await import('../admin/accounts-page.tsx')).AccountsPage,
  },
  {
    path: 'admin/departments',
    title: '部门',
    group: ADMINISTRATION,
    roles: [...ADMINISTRATOR, 'auditor'],
    load: async () => (await import('../admin/departments-page.tsx')).DepartmentsPage,
  },
  {
    path: 'admin/catalogue',
    title: '事项目录',
    group: ADMINISTRATION,
    roles: [...ADMINISTRATOR, ...AUTHORITY, 'auditor'],
    load: async () => (await import('../admin/catalogue-page.tsx')).CataloguePage,
  },
  {
    path: 'admin/reference-files',
    title: '基础数据文件',
    group: ADMINISTRATION,
    roles: [...ADMINISTRATOR, 'auditor'],
    load: async () => (await import('../admin/reference-files-page.tsx')).ReferenceFilesPage,
  },
  {
    path: 'admin/calendars',
    title: '工作日历',
    group: ADMINISTRATION,
    roles: [...ADMINISTRATOR, 'auditor'],
    load: async () => (await import('../admin/calendars-page.tsx')).CalendarsPage,
  },
  {
    path: 'admin/limits',
    title: '期限',
    group: ADMINISTRATION,
    roles: OVERSIGHT,
    load: async () => (await import('../admin/limits-page.tsx')).LimitsPage,
  },
  {
    path: 'admin/dead-letters',
    title: '未送达通知',
    group: ADMINISTRATION,
    roles: ADMINISTRATOR,
    ofProvince: true,
    load: async () => (await import('../admin/dead-letters-page.tsx')).DeadLettersPage,
  },
  {
    path: 'admin/changes',
    title: '变更记录',
    group: ADMINISTRATION,
    roles: OVERSIGHT,
    load: async () => (await import('../admin/changes-page.tsx')).ChangesPage,
  },
];
