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
