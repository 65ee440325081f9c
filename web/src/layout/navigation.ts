/** The pages of the menu: where each is, what it is called, who sees it. Menu and routes derive from this table. */
import type { ComponentType } from 'react';
import { DEPARTMENT, type Role } from '../../../domain/organs/roles.ts';

interface Entry {
  path: string;
  title: string;
  group: string;
  /** Whose work it is; others may still follow a link to it. Everyone where absent. */
  roles?: readonly Role[];
  /** Of the whole province: nothing for an administrator of a county. */
  ofProvince?: true;
  load: () => Promise<ComponentType>;
}

const AUTHORITY = ['registering-authority'] as const;
const OVERSIGHT = ['supervisor', 'platform-administrator', 'auditor'] as const;
const ADMINISTRATOR = ['platform-administrator'] as const;

const caseList = (noun: string) => async () => {
  const { CaseListPage } = await import('../cases/list/case-list-page.tsx');
  return () => CaseListPage({ noun });
};

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
  { path: 'pushes', title: '登记信息推送', group: WORK, load: caseList('pushes') },
  { path: 'pool-entries', title: '公示认领', group: WORK, load: caseList('pool-entries') },
  {
    path: 'rollbacks',
    title: '回退确认',
    group: WORK,
    roles: [...AUTHORITY, ...OVERSIGHT],
    load: caseList('rollbacks'),
  },
  { path: 'publications', title: '信息归集公示', group: PUBLICITY, load: caseList('publications') },
  { path: 'corrections', title: '更正', group: PUBLICITY, load: caseList('corrections') },
  { path: 'complaints', title: '举报', group: PUBLICITY, load: caseList('complaints') },
  {
    path: 'listings',
    title: '失信名单',
    group: SANCTION,
    roles: [...AUTHORITY, ...OVERSIGHT],
    load: caseList('listings'),
  },
  { path: 'sanction-notices', title: '联合惩戒通知', group: SANCTION, load: caseList('sanction-notices') },
  { path: 'sanction-liftings', title: '解除联合惩戒', group: SANCTION, load: caseList('sanction-liftings') },
  { path: 'supervisions', title: '督查督办', group: OVERVIEW, load: caseList('supervisions') },
  {
    path: 'assessments',
    title: '月度考核',
    group: OVERVIEW,
    roles: [...DEPARTMENT, ...OVERSIGHT],
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
