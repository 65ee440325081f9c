/** Checks a submitted record: which department submits it, and whether in time (第五条第一款). Writes nothing. */
import { endOfDay, legalDateOf, type LegalDate, type WorkCalendar } from '../../clock/calendar.ts';
import { dueFrom } from '../../clock/declared-day.ts';
import { Refusal } from '../../errors.ts';
import { isFeed } from '../../organs/roles.ts';
import type { Actor } from '../../organs/actor.ts';
import type { Department } from '../../organs/departments.ts';
import type { RecordInput } from '../../publicity/record.ts';
import { barredFromPublicity, type PenaltyContent } from '../../rule-sets/penalty-publicity.ts';
import type { Reference } from '../../reference.ts';

/** @throws Refusal access.denied, department.unknown */
export function submittingDepartment(
  { departments }: Reference,
  actor: Actor,
  record: Pick<RecordInput, 'departmentCode'>,
): Department {
  const code = record.departmentCode ?? actor.departmentCode;
  if (code !== actor.departmentCode && !isFeed(actor)) {
    throw new Refusal('access.denied', '只能以本部门的名义归集信息', { remedy: '请由产生该信息的部门提交' });
  }
  const department = code === null ? undefined : departments.get(code);
  if (!department) {
    throw new Refusal('department.unknown', '归集部门不存在', {
      remedy: '请填写归集部门的代码（见 GET /api/v1/departments）',
    });
  }
  return department;
}

/**
 * What a rule set keeps from publicity may not be submitted either: nothing would become of it.
 * @param day on which it is judged. @throws Refusal record.not-publishable
 */
export function refuseBarred(
  { sector }: Pick<Department, 'sector'>,
  content: PenaltyContent & { kind: unknown },
  day: LegalDate,
): void {
  const barred = content.kind === 'penalty' ? barredFromPublicity(sector, content, day) : undefined;
  if (!barred) return;
  throw new Refusal('record.not-publishable', '市场监督管理部门仅给予警告的行政处罚不予公示', {
    remedy: '请不要归集；另有罚款、没收等处罚的，请如实填写处罚类别和金额',
    article: `${barred.source}${barred.article}`,
  });
}

/**
 * @param received legal time, epoch ms.
 * @returns the last of the seven working days, and whether it had passed.
 * @throws Refusal input.invalid for a day to come, calendar.insufficient for a day before the calendar begins.
 */
export function submissionTerm(
  calendar: WorkCalendar,
  generatedOn: LegalDate,
  received: number,
): { submissionDue: LegalDate; late: boolean } {
  const generated = { title: '信息产生日期', day: generatedOn };
  const submissionDue = dueFrom(calendar, legalDateOf(received), generated, 'publication.submission');
  return { submissionDue, late: received >= endOfDay(submissionDue) };
}
