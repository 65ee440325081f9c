/** Commands as Updates: an official waits for the answer, and the workflow's validator may refuse. */
import { defineUpdate } from '@temporalio/workflow';
import type { UpdateDefinition } from '@temporalio/common';
import type { Bodies, BodyOf } from '../../domain/case/bodies.ts';
import type { Command, CommandResult } from '../../domain/case/case.ts';

export type CommandUpdate<Body> = UpdateDefinition<CommandResult, [Command<Body>]>;

/**
 * The Update that carries a command, for the workflow that handles it and the client that sends it: it is named as the
 * command.
 * @param _bodies the table that says what the command carries.
 */
export const updateOf = <B extends Bodies, C extends keyof B & string>(
  _bodies: B,
  command: C,
): CommandUpdate<BodyOf<B, C>> => defineUpdate<CommandResult, [Command<BodyOf<B, C>>]>(command);
