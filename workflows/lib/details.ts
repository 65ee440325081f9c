/** What a supervisor reads on a case in the Temporal UI: a small Markdown table, kept current. */
import type { NewCase } from '../../domain/cases.ts';
import { LIMITS } from '../../domain/limits.ts';
import { CASE_TYPES, STAGES } from '../../domain/transitions.ts';
import type { DutyClock } from './duty-clock.ts';

export function renderDetails(opened: NewCase, stage: string, clocks: readonly DutyClock[], at: number): string {
  const rows = clocks.map((clock) => {
    const { title, kind, workingDays } = LIMITS[clock.limitId];
    const state = clock.settled ? '已办结' : clock.isLate(at) ? '**逾期**' : '进行中';
    const due = `${clock.plan.dueDate} 24:00${clock.plan.provisional ? '（暂定）' : ''}`;
    const label = `${kind === 'statutory' ? '法定' : '时限'} ${workingDays} 个工作日`;
    return `| ${title} | ${label} | ${due} | ${state} | ${clock.plan.calendarVersion} |`;
  });
  return [
    `**${CASE_TYPES[opened.caseType]}** · 环节：**${STAGES[opened.caseType][stage]}**`,
    '',
    '| 事项 | 期限 | 届满 | 状态 | 日历版本 |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
