/** Carries a published calendar to every running case: first by Temporal's batch operation, then to each case it missed. */
import { heartbeat, sleep } from '@temporalio/activity';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { eq } from 'drizzle-orm';
import type { Database } from '../db/postgres/client.ts';
import { affectedDuties } from '../db/queries/affected-duties.ts';
import { currentCalendar } from '../db/queries/calendar.ts';
import { calendarRollouts } from '../db/schema.ts';
import { runningCases } from '../domain/case/search-attributes.ts';
import { legalDateOf, type LegalDate } from '../domain/clock/calendar.ts';
import type { Clock } from '../domain/clock/clock.ts';
import { forgiveSettled } from './forgiving.ts';
import { calendarChanged } from '../workflows/messages.ts';

const { BatchOperationState } = proto.temporal.api.enums.v1;

export interface CalendarRolloutDeps {
  db: Database;
  clock: Clock;
  client: Client;
  taskQueue: string;
}

export interface CalendarRolloutActivities {
  /** Signals every running case by one batch operation and waits for its end. `from`: see workflows/messages.ts. */
  signalByBatch(version: string, from?: LegalDate): Promise<void>;
  /** Signals the cases that still have dates by the old calendar. @returns how many there are. */
  signalLaggards(version: string): Promise<number>;
  /** Forgives settled limits that were met in time by the calendar in force. @returns how many breaches were taken back. */
  forgiveSettledLimits(from?: LegalDate): Promise<number>;
  finishRollout(version: string, remaining: number): Promise<void>;
}

/** gRPC ALREADY_EXISTS */
const ALREADY_EXISTS = 6;
const LOOK_EVERY_MS = 500;

/** Starts the batch operation that signals every running case, once. */
async function startBatch(
  { client, taskQueue }: Pick<CalendarRolloutDeps, 'client' | 'taskQueue'>,
  jobId: string,
  version: string,
  from?: LegalDate,
): Promise<void> {
  const { namespace } = client.options;
  const { payloadConverter, payloadCodecs } = client.options.loadedDataConverter;
  let payloads = [version, ...(from ? [from] : [])].map((value) => payloadConverter.toPayload(value));
  // Encode here: the raw service call bypasses the client's codecs.
  for (const codec of payloadCodecs) payloads = await codec.encode(payloads);
  try {
    await client.workflowService.startBatchOperation({
      namespace,
      jobId,
      reason: `calendar ${version}`,
      visibilityQuery: runningCases(taskQueue),
      signalOperation: { signal: calendarChanged.name, input: { payloads }, identity: 'calendar-rollout' },
    });
  } catch (error) {
    // An earlier attempt of this activity has started the operation.
    if ((error as { code?: unknown }).code !== ALREADY_EXISTS) throw error;
  }
}

export function createCalendarRollout(deps: CalendarRolloutDeps): CalendarRolloutActivities {
  const { db, clock, client, taskQueue } = deps;
  const { namespace } = client.options;
  const service = client.workflowService;

  return {
    async signalByBatch(version, from) {
      const jobId = `calendar-${taskQueue}-${version}`;
      await startBatch(deps, jobId, version, from);
      for (;;) {
        const { state } = await service.describeBatchOperation({ namespace, jobId });
        if (state !== BatchOperationState.BATCH_OPERATION_STATE_RUNNING) return;
        heartbeat();
        await sleep(LOOK_EVERY_MS);
      }
    },
    async signalLaggards(version) {
      const calendar = await currentCalendar(db);
      const today = legalDateOf(clock.toLegal(Date.now()));
      const left = new Set<string>();
      for await (const { caseId } of affectedDuties(db, calendar, calendar.coveredFrom, today)) left.add(caseId);
      for (const caseId of left) {
        heartbeat();
        try {
          await client.workflow.getHandle(caseId).signal(calendarChanged, version);
        } catch (error) {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        }
      }
      return left.size;
    },
    async forgiveSettledLimits(from) {
      const { coveredFrom } = await currentCalendar(db);
      return forgiveSettled({ db, clock }, from ?? coveredFrom, clock.legal(Date.now()), heartbeat);
    },
    async finishRollout(version, remaining) {
      await db
        .update(calendarRollouts)
        .set({ finishedAt: clock.legal(Date.now()), remaining })
        .where(eq(calendarRollouts.version, version));
    },
  };
}
