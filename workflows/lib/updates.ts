/** Commands are Updates, because an official waits for the answer and the workflow's validator may refuse. */
import { defineUpdate } from '@temporalio/workflow';
import type { UpdateDefinition } from '@temporalio/common';
import type { Bodies, BodyOf } from '../../domain/case/bodies.ts';
import type { Command, CommandResult } from '../../domain/case/case.ts';

export type CommandUpdate<Body> = UpdateDefinition<CommandResult, [Command<Body>]>;

/**
 * The Update that carries a command and has its name. Used by the workflow that handles it and by the client that sends it.
 * @param _bodies the table of bodies, from which the Update's type is inferred.
 */
export const updateOf = <B extends Bodies, C extends keyof B & string>(
  _bodies: B,
  command: C,
): CommandUpdate<BodyOf<B, C>> => defineUpdate<CommandResult, [Command<BodyOf<B, C>>]>(command);
