/** The steps that the workflow knows to be in the record: after a backup was put back, they tell which of the two is older. */
import { setHandler } from '@temporalio/workflow';
import type { RecordedStep } from '../../domain/case/recorded-step.ts';
import { STEPS_CARRIED, type CaseSnapshot } from '../../domain/case/snapshot.ts';
import { recordedSteps } from '../messages.ts';

export class Trail {
  private readonly steps: RecordedStep[];

  /** @param continued what the run goes on from; undefined for a case that begins. */
  constructor(continued: Pick<CaseSnapshot, 'steps'> | undefined) {
    this.steps = [...(continued?.steps ?? [])];
    const isWhole = continued === undefined || continued.steps !== undefined;
    setHandler(recordedSteps, () => ({ steps: this.steps, isWhole }));
  }

  /** What a step that is about to be written says of the one before it. */
  get before(): { follows?: string } {
    const last = this.steps.at(-1);
    return last ? { follows: last.token } : {};
  }

  /** The record has confirmed a step. */
  add({ token, action, actor, at }: RecordedStep): void {
    this.steps.push({ token, action, actor, at });
  }

  snapshot(): RecordedStep[] {
    return this.steps.slice(-STEPS_CARRIED);
  }
}
