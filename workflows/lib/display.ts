/** What a supervisor reads on a case in the Temporal UI: a small Markdown table, kept current. */
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { NewCase } from '../../domain/case/case.ts';
import type { CaseSnapshot, DutySnapshot } from '../../domain/case/snapshot.ts';
import { LIMITS, type Limit } from '../../domain/clock/limits.ts';
import { NATURES, natureOf } from '../../domain/clock/nature.ts';
import { CASE_TYPES, STAGES } from '../../domain/case-types/case-types.ts';
import type { DutyClock } from './duty-clock.ts';
import { endsIn } from './rules.ts';
import { nextDue, standingAttributes } from './starting.ts';

/** Current details and search attributes: the case as it now stands. */
export class Display {
  private readonly opened: NewCase;
  /** The search attributes that are shown; undefined in runs of earlier commits, which set them with every step. */
  private shown: string | undefined;

  /** @param begun what the run began from; its search attributes were given with the start. */
  constructor(opened: NewCase, begun: CaseSnapshot | undefined) {
    this.opened = opened;
    if (begun?.shown) this.shown = JSON.stringify(standingOf(opened, begun.stage, begun.clocks));
  }

  /** A run goes on from a snapshot. @param isSteady writes the details alone, which are no command. */
  begin(stage: string, clocks: readonly DutyClock[], isSteady: boolean): void {
    if (isSteady) this.describe(stage, clocks);
    else this.show(stage, clocks);
  }

  show(stage: string, clocks: readonly DutyClock[]): void {
    this.describe(stage, clocks);
    const standing = standingOf(this.opened, stage, clocks);
    // A change of attributes is an event of history and a write to visibility.
    const text = JSON.stringify(standing);
    if (text === this.shown) return;
    if (this.shown !== undefined) this.shown = text;
    upsertSearchAttributes(standing);
  }

  private describe(stage: string, clocks: readonly DutyClock[]): void {
    setCurrentDetails(renderDetails(this.opened, stage, clocks, Date.now()));
  }
}

const standingOf = (
  { caseType }: NewCase,
  stage: string,
  clocks: readonly Pick<DutySnapshot, 'settled' | 'suspended' | 'plan'>[],
) => standingAttributes(stage, endsIn(caseType, stage), nextDue(clocks));

function renderDetails(opened: NewCase, stage: string, clocks: readonly DutyClock[], at: number): string {
  const rows = clocks.map((clock) => {
    const limit: Limit = LIMITS[clock.limitId];
    const state = stateOf(clock, at);
    const due = `${clock.plan.dueDate} 24:00${clock.plan.provisional ? '（暂定）' : ''}`;
    return `| ${limit.title} | ${NATURES[natureOf(limit)].term} | ${due} | ${state} | ${clock.plan.calendarVersion} |`;
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
