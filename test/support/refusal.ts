import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';

/** The workflow's refusal of a command. Fails if it was not refused. */
export async function refusalOf(command: Promise<unknown>) {
  try {
    await command;
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
      const { type: code, message, details } = error.cause;
      return { code, message, ...(details?.[0] as { remedy?: string; article?: string }) };
    }
    throw error;
  }
  throw new Error('the command was accepted');
}
