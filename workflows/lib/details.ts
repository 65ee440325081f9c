/** What a supervisor reads on a case in the Temporal UI: a small Markdown table, kept current. */
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { NewCase } from '../../domain/case/case.ts';
import { LIMITS } from '../../domain/clock/limits.ts';
import { CASE_TYPES, STAGES } from '../../domain/case-types/case-types.ts';
import type { DutyClock } from './duty-clock.ts';
import { endsIn } from './rules.ts';
import { standingAttributes } from './starting.ts';

/** Current details and search attributes: the case as it now stands. */
export function showCase(opened: NewCase, stage: string, clocks: readonly DutyClock[]): void {
  setCurrentDetails(renderDetails(opened, stage, clocks, Date.now()));
  const due = clocks.filter((clock) => !clock.settled && !clock.suspended).map((clock) => clock.plan.dueAt);
  upsertSearchAttributes(standingAttributes(stage, endsIn(opened.caseType, stage), due));
}

function renderDetails(opened: NewCase, stage: string, clocks: readonly DutyClock[], at: number): string {
  const rows = clocks.map((clock) => {
    const { title, kind } = LIMITS[clock.limitId];
    const state = stateOf(clock, at);
    const due = `${clock.plan.dueDate} 24:00${clock.plan.provisional ? '（暂定）' : ''}`;
    const label = kind === 'statutory' ? '法定期限' : '办理时限';
    return `| ${title} | ${label} | ${due} | ${state} | ${clock.plan.calendarVersion} |`;
  });
  // Repeat the case number: only a case's first run keeps the static summary, and a case may continue as new.
  return [
    `**${CASE_TYPES[opened.caseType]}**（${opened.caseNo}）· 环节：**${STAGES[opened.caseType][stage]}**`,
    '',
    '| 事项 | 性质 | 届满 | 状态 | 日历版本 |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function stateOf(clock: DutyClock, at: number): string {
  if (clock.settled) return '已办结';
  if (clock.suspended) return '中止';
  return clock.isLate(at) ? '**逾期**' : '进行中';
}
