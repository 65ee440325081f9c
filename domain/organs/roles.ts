/**
 * Who may do what. Accounts belong to a region and, for department roles, to a department (第四条: accounts by
 * application through the same-level authority).
 */
export const ROLES = {
  'registering-authority': '登记机关',
  'department-officer': '部门经办人',
  'department-lead': '部门负责人',
  supervisor: '督查人员',
  'platform-administrator': '平台管理员',
  auditor: '审计人员',
} as const;

export type Role = keyof typeof ROLES;

/**
 * 经办人 and 负责人: whoever acts for a department, and sees only what is its own. Every other role is an organ's: a registering
 * authority has a department, too, and oversees a region.
 */
export const DEPARTMENT = ['department-officer', 'department-lead'] as const satisfies readonly Role[];

export const isOfDepartment = ({ role }: { role: Role }): boolean => DEPARTMENT.some((one) => one === role);
