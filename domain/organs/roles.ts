/**
 * The roles of accounts. An account belongs to a region and, for department roles, to a department (第四条: accounts by
 * application through the same-level authority).
 */
export const ROLES = {
  'registering-authority': '登记机关',
  'department-officer': '部门经办人',
  'department-lead': '部门负责人',
  supervisor: '督查人员',
  government: '人民政府',
  'platform-administrator': '平台管理员',
  auditor: '审计人员',
} as const;

export type Role = keyof typeof ROLES;

/**
 * 经办人 and 负责人 act for a department and see only its cases. Every other role is an organ's and oversees a region; a
 * registering authority's account has a department as well.
 */
export const DEPARTMENT = ['department-officer', 'department-lead'] as const satisfies readonly Role[];

/**
 * Roles that act, and are told, at their own level only (第十六条: 同级人民政府). Other organs also act for the regions inside
 * theirs.
 */
const OF_OWN_LEVEL: readonly Role[] = ['government'];

export const isOfOwnLevel = ({ role }: { role: Role }): boolean => OF_OWN_LEVEL.includes(role);

export const isOfDepartment = ({ role }: { role: Role }): boolean => DEPARTMENT.some((one) => one === role);

/** The platform's administration takes in what organs exchange with it; whoever else sends must be the organ itself. */
export const isFeed = ({ role }: { role: Role }): boolean => role === 'platform-administrator';

/** 监督: who reads the audit log and what is logged of queries (第十七条、第十九条). */
export const OVERSIGHT = ['supervisor', 'platform-administrator', 'auditor'] as const satisfies readonly Role[];

export const isOversight = (role: Role): boolean => OVERSIGHT.some((one) => one === role);
