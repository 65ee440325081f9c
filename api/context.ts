/** What every route works with. */
import type { Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import type { ChangeFeed } from '../db/cases/change-feed.ts';
import type { Database } from '../db/postgres/client.ts';
import { currentCalendar } from '../db/queries/calendar.ts';
import type { Account } from '../db/queries/accounts.ts';
import type { Reference } from '../db/reference/reference.ts';
import type { Clock } from '../domain/clock/clock.ts';
import type { Senders } from '../outbox/senders.ts';
import type { FileStore } from '../storage/files.ts';
import type { ViewContext } from './cases/view.ts';
import type { CaseCommands } from './temporal.ts';

export interface ApiContext {
  db: Database;
  reference: Reference;
  clock: Clock;
  commands: CaseCommands;
  files: FileStore;
  /** Checks and tries the addresses of subscriptions. */
  senders: Senders;
  /** What commits tell of cases and notices. */
  changes: ChangeFeed;
  /** For readiness only; commands go through `commands`. */
  temporal: Client;
  /** What the codec endpoint decrypts with; nothing is encrypted where absent. */
  payloadCodecs?: PayloadCodec[];
  temporalUiUrl: string;
  temporalNamespace: string;
}

export const legalNow = (api: ApiContext): Date => new Date(api.clock.toLegal(Date.now()));

export async function viewContext(api: ApiContext, actor: Account): Promise<ViewContext> {
  return { actor, calendar: await currentCalendar(api.db), now: legalNow(api) };
}
