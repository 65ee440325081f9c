/** What an effect of a step is applied with. */
import type { Executor } from '../db/postgres/client.ts';
import type { cases } from '../db/schema.ts';

export interface EffectContext {
  tx: Executor;
  /** The case as it stands after the step. */
  row: typeof cases.$inferSelect;
  /** Legal time of the deed. */
  at: Date;
}
