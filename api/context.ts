/** What every route works with. */
import type { Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import type { ChangeFeed } from '../db/cases/change-feed.ts';
import type { Database } from '../db/postgres/client.ts';
import { currentCalendar } from '../db/queries/calendar.ts';
import type { Account } from '../db/queries/accounts.ts';
import type { Clock } from '../domain/clock/clock.ts';
import type { Senders } from '../outbox/senders.ts';
import type { FileStore } from '../storage/files.ts';
import type { CaseCommands } from './temporal.ts';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { WorkCalendar } from '../domain/clock/calendar.ts';
import type { Reference } from '../domain/reference.ts';
import type { Actor } from '../domain/organs/actor.ts';

export interface ApiContext {
  db: Database;
  reference: Reference;
  clock: Clock;
  commands: CaseCommands;
  files: FileStore;
  /** Checks and tries the addresses of subscriptions. */
  senders: Senders;
  /** Announces committed changes of cases and notices. */
  changes: ChangeFeed;
  /** Used by the readiness check only; commands go through `commands`. */
  temporal: Client;
  /** Decrypts payloads for the codec endpoint. Absent: nothing is encrypted. */
  payloadCodecs?: PayloadCodec[];
  temporalUiUrl: string;
  temporalNamespace: string;
}

export const legalNow = (api: ApiContext): Date => api.clock.legal(Date.now());

/** What views of cases need, as of now. @throws Refusal calendar.insufficient */
export async function viewContext(api: ApiContext, actor: Account): Promise<ViewContext> {
  return { actor, calendar: await currentCalendar(api.db), now: legalNow(api) };
}

export type App = FastifyInstance;

export interface AppOptions {
  api: ApiContext;
  logger: FastifyBaseLogger | false;
  cookieSecure: boolean;
  rateLimit: number;
  /** Sign-ins a minute from one client address. Absent: as many as a large office needs. */
  signInLimit?: number;
  /** Bytes of public uploads that no submission has taken up yet. */
  publicUploads?: number;
  /** Proxies whose X-Forwarded-For is believed. Absent: none. */
  trustProxy?: string[];
  /** Interval in ms at which open event streams are kept alive and their accounts checked. */
  heartbeat?: number;
  /** Working days for which a one-time password can be used. Absent: as the rules say. */
  oneTimePasswordDays?: number;
  /** Whether the demonstration accounts may be told to everyone. */
  demo?: boolean;
}

export type RouteOptions = Required<
  Pick<AppOptions, 'cookieSecure' | 'signInLimit' | 'publicUploads' | 'heartbeat' | 'demo' | 'oneTimePasswordDays'>
>;

export interface ViewContext {
  actor: Actor;
  calendar: WorkCalendar;
  /** Legal time. */
  now: Date;
}
