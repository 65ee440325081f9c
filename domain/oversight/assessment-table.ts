/** The columns of an assessment, the same in the CSV file and on the command line. */
import type { DepartmentAssessment, Share } from './assessment.ts';

export const ASSESSMENT_COLUMNS = [
  '部门代码',
  '部门',
  '得分',
  '法定期限按时',
  '办理时限按时',
  '督办事项按时',
  '回退理由成立',
  '逾期',
  '平均用时/期限（工作日）',
  '被督办',
  '被通报批评',
  '更正',
];

const share = ({ good, total }: Share) => (total === 0 ? '—' : `${good}/${total}`);

export function assessmentRow(row: DepartmentAssessment & { departmentName: string }): (string | number)[] {
  const { shares, usedDays, allowedDays } = row;
  const timely = shares.statutory.good + shares.norm.good + shares.supervision.good;
  const mean = (days: number) => (days / timely).toFixed(1);
  return [
    row.departmentCode,
    row.departmentName,
    row.score === null ? '—' : row.score.toFixed(1),
    share(shares.statutory),
    share(shares.norm),
    share(shares.supervision),
    share(shares.returns),
    row.breaches,
    timely === 0 ? '—' : `${mean(usedDays)}/${mean(allowedDays)}`,
    row.supervised,
    row.criticised,
    row.corrected,
  ];
}
