/**
 * Compares an open case's record with its workflow: each names its steps by their tokens, and what one of them lacks it
 * has lost with a backup that was put back.
 */
import { WorkflowNotFoundError, type Client, type WorkflowExecutionDescription } from '@temporalio/client';
import { isStartPending } from '../db/cases/opened.ts';
import { lastCause, tokensMissing } from '../db/cases/steps.ts';
import type { Database } from '../db/postgres/client.ts';
import { statusOf } from '../db/queries/cases.ts';
import type { RecordedStep, RecordedSteps } from '../domain/case/recorded-step.ts';
import { recordedSteps } from '../workflows/messages.ts';

export interface Comparing {
  db: Database;
  client: Client;
  /** How long a workflow may take to answer, in ms. */
  patience?: number;
}

export type Comparison =
  /** The workflow runs and agrees with the record, or the case was closed meanwhile. */
  | { finding: 'agreed' }
  /** No workflow runs, since `endedAt` where Temporal still knows of one. */
  | { finding: 'gone'; endedAt: Date | undefined }
  /** The workflow, running or ended, has recorded steps that the record lacks. */
  | { finding: 'record-behind'; lost: RecordedStep[] }
  /** The record holds a step that the running workflow does not know. */
  | { finding: 'workflow-behind' }
  /** The same, but the workflow may be about to learn of it. */
  | { finding: 'busy' }
  /** The workflow cannot go on: its history leads to other commands than those that it holds. */
  | { finding: 'stuck' }
  /** The workflow runs and does not say which steps it has recorded: no worker of this version runs. */
  | { finding: 'unanswered' };

const PATIENCE = 10_000;
/** After so many workflows without an answer, one after another, none is asked any more. */
const MOST_UNANSWERED = 50;
/** How long, in ms and in tries, a workflow may take to learn of a step that was just committed. */
const RECHECK = { every: 1000, tries: 5 };

export class Comparer {
  private unanswered = 0;
  private readonly deps: Comparing;

  constructor(deps: Comparing) {
    this.deps = deps;
  }

  /** A step that is being written is no difference: whatever may be one is looked at again. */
  async compare(caseId: string): Promise<Comparison> {
    let seen = await this.look(caseId);
    for (let tries = 1; seen.finding === 'busy' && tries < RECHECK.tries; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, RECHECK.every));
      seen = await this.look(caseId);
    }
    return seen;
  }

  /**
   * The order of the questions makes the answers certain. A step is committed before its workflow learns of it: what the
   * workflow knows must be in the record that is read afterwards. And what the record held before must be known to a
   * workflow that had nothing under way after that.
   */
  private async look(caseId: string): Promise<Comparison> {
    const { db, client } = this.deps;
    const last = await lastCause(db, caseId);
    const run = await describe(client, caseId);
    const asked = run && (await this.ask(caseId));
    const answer = asked === 'stuck' ? undefined : asked;
    const missing = await tokensMissing(db, caseId, answer?.steps.map(({ token }) => token) ?? []);
    // Not begun yet: the dispatcher is about to start it.
    if (!run && (await isStartPending(db, caseId))) return { finding: 'agreed' };
    const isEnded = run?.status.name !== 'RUNNING';
    // A closing step is committed before its workflow ends.
    if (isEnded && (await statusOf(db, caseId)) !== 'open') return { finding: 'agreed' };
    if (answer && missing.size > 0) {
      return { finding: 'record-behind', lost: answer.steps.filter(({ token }) => missing.has(token)) };
    }
    if (isEnded) return { finding: 'gone', endedAt: run?.closeTime };
    if (!answer) return { finding: asked === 'stuck' || isFailing(run) ? 'stuck' : 'unanswered' };
    if (!answer.isWhole || last === undefined || answer.steps.some(({ token }) => token === last)) {
      return { finding: 'agreed' };
    }
    return { finding: isBusy(run) ? 'busy' : 'workflow-behind' };
  }

  private async ask(caseId: string): Promise<RecordedSteps | 'stuck' | undefined> {
    if (this.unanswered >= MOST_UNANSWERED) return undefined;
    const { client, patience = PATIENCE } = this.deps;
    try {
      const handle = client.workflow.getHandle(caseId);
      const answer = await client.withDeadline(Date.now() + patience, () => handle.query(recordedSteps));
      this.unanswered = 0;
      return answer;
    } catch (error) {
      if (String(error).includes(NONDETERMINISM)) return 'stuck';
      // No worker, or one of an earlier version: it cannot be compared.
      this.unanswered += 1;
      return undefined;
    }
  }
}

async function describe(client: Client, caseId: string): Promise<WorkflowExecutionDescription | undefined> {
  try {
    return await client.workflow.getHandle(caseId).describe();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

/** The SDK's code for a history that does not lead to the commands that it holds. */
const NONDETERMINISM = 'TMPRL1100';
/** So many failures of one task are no worker's restart. */
const FAILING = 5;

const isFailing = ({ raw: { pendingWorkflowTask } }: WorkflowExecutionDescription): boolean =>
  (pendingWorkflowTask?.attempt ?? 0) >= FAILING;

const isBusy = ({ raw: { pendingActivities, pendingWorkflowTask } }: WorkflowExecutionDescription): boolean =>
  (pendingActivities?.length ?? 0) > 0 || Boolean(pendingWorkflowTask);
