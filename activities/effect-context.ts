/** What an effect of a step is applied with. */
import type { Executor } from '../db/postgres/client.ts';
import type { cases } from '../db/schema.ts';
import type { Clock } from '../domain/clock/clock.ts';
import type { Actor, SYSTEM } from '../domain/organs/actor.ts';

export interface EffectContext {
  tx: Executor;
  /** The case as it stands after the step. */
  row: typeof cases.$inferSelect;
  /** Legal time at which the step is taken. */
  at: Date;
  /** Engine time at which the deed counts as done, epoch ms. */
  doneAt: number;
  actor: Actor | typeof SYSTEM;
  clock: Clock;
}
