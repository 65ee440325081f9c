import type { Client } from '@temporalio/client';
import { CancelledFailure, defaultPayloadConverter } from '@temporalio/common';
import proto from '@temporalio/proto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, it } from 'vitest';
import { createCalendarRollout, type CalendarRolloutDeps } from '../../activities/calendar-rollout.ts';

const { BATCH_OPERATION_STATE_RUNNING: state } = proto.temporal.api.enums.v1.BatchOperationState;

it('waiting for a batch that does not end stops when it is cancelled', async () => {
  const environment = new MockActivityEnvironment();
  const workflowService = {
    startBatchOperation: async () => ({}),
    describeBatchOperation: async () => {
      environment.cancel('CANCELLED');
      return { state };
    },
  };
  const options = {
    namespace: 'default',
    loadedDataConverter: { payloadConverter: defaultPayloadConverter, payloadCodecs: [] },
  };
  const client = { options, workflowService } as unknown as Client;
  const activities = createCalendarRollout({ client, taskQueue: 'cases' } as CalendarRolloutDeps);
  await expect(environment.run((version: string) => activities.signalByBatch(version), 'v')).rejects.toThrow(
    CancelledFailure,
  );
});
