/**
 * Delivers messages to their receivers at least once, each under a constant key. A receiver that checks the key (a mail's
 * Message-ID, a webhook's X-Xietong-Delivery) gets every message exactly once.
 */
import type { Logger } from 'pino';
import type { Database, DatabaseHandle } from '../db/postgres/client.ts';
import {
  claimDue,
  dropDelivery,
  markDead,
  markDelivered,
  markFailed,
  noticesOf,
  type DueDelivery,
} from '../db/queries/deliveries.ts';
import { liveSubscription } from '../db/queries/subscriptions.ts';
import { paceOf, type Clock } from '../domain/clock/clock.ts';
import { retryAt } from '../domain/notices/delivery-schedule.ts';
import { startLoops, type OutboxLoops } from './loops.ts';
import { DeliveryFailure } from './outgoing.ts';
import type { Senders } from './senders.ts';

export interface DeliveriesOptions {
  handle: DatabaseHandle;
  log: Logger;
  clock: Clock;
  senders: Senders;
  /** Interval in ms of the search for rows that have become due. In a demonstration hours are short, and so is this. */
  sweepEvery?: number;
  leaseSeconds?: number;
}

/** Sent at the same time, so that a slow receiver delays a batch by its timeout at most once. */
const BATCH = 16;
/** Longer than any attempt takes: resolving, connecting, greeting and answering each have their own limit. */
const LEASE_SECONDS = 120;

export function startDeliveries({
  handle,
  log,
  clock,
  senders,
  sweepEvery = clock.secondsPerWorkingDay === null ? 2000 : 250,
  leaseSeconds = LEASE_SECONDS,
}: DeliveriesOptions): OutboxLoops {
  const { db } = handle;
  const work = async () => {
    const due = await claimDue(db, BATCH, leaseSeconds);
    await Promise.all(
      due.map(async (delivery) => {
        try {
          await carry({ db, log, clock, senders }, delivery);
        } catch (error) {
          // The outcome could not be stored: after the lease, the same message goes out again under the same key.
          log.warn({ err: error, key: delivery.key }, 'delivery not recorded');
        }
      }),
    );
    return due.length > 0;
  };
  return startLoops({ handle, log, works: { deliveries: work }, sweepEvery });
}

interface Carrier {
  db: Database;
  log: Logger;
  clock: Clock;
  senders: Senders;
}

async function carry({ db, log, clock, senders }: Carrier, delivery: DueDelivery): Promise<void> {
  const { id, key, attempts, claimedAt } = delivery;
  const begun = performance.now();
  const subscription = await liveSubscription(db, delivery.subscriptionId);
  if (!subscription) return dropDelivery(db, id);
  const failure = await attempt(senders, subscription, { key, notices: await noticesOf(db, id) });
  const legalNow = clock.legal(Date.now());
  if (!failure) return markDelivered(db, id, legalNow);
  // PostgreSQL stores no NUL, and a receiver may have answered with one.
  const reason = failure.message.replaceAll('\0', '').slice(0, 500);
  const next = failure.permanent ? null : nextAttempt(delivery, claimedAt + performance.now() - begun, clock);
  const facts = { key, channel: subscription.channel, attempts, reason };
  if (next === null) log.error(facts, 'delivery given up, see dead letters');
  else log.warn({ ...facts, next }, 'delivery failed, will try again');
  await (next === null ? markDead(db, id, reason, legalNow) : markFailed(db, id, reason, new Date(next)));
}

/** All instants are by the database's clock, which decides what is due. */
function nextAttempt({ attempts, firstAttemptAt }: DueDelivery, failedAt: number, clock: Clock): number | null {
  const pace = paceOf(clock.secondsPerWorkingDay);
  return retryAt({ attempts, firstAttemptAt, failedAt, chance: Math.random(), pace });
}

async function attempt(senders: Senders, ...args: Parameters<Senders['send']>): Promise<DeliveryFailure | null> {
  try {
    await senders.send(...args);
    return null;
  } catch (error) {
    if (error instanceof DeliveryFailure) return error;
    throw error;
  }
}
