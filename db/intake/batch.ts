/**
 * Accepts a batch of rows of any kind: registrations, records, entries of lists. Accepted means stored in PostgreSQL with
 * the cases that follow and their outbox rows, in one transaction, even while Temporal is down. A row that was accepted
 * before changes nothing.
 */
import type { Clock } from '../../domain/clock/clock.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import type { Reference } from '../../domain/reference.ts';
import type { Database, Executor } from '../postgres/client.ts';

export interface IntakeDeps {
  db: Database;
  reference: Reference;
  clock: Clock;
}

/** Who hands in a batch, with which import (if any), and when (engine time, epoch ms). */
export interface Handover {
  actor: Actor;
  importId: string | null;
  now: number;
}

/**
 * A row that can be accepted. Rows with the same key are about the same thing; rows with the same hash have the same
 * content.
 */
interface Plan {
  key: string;
  hash: string;
}

/** What the database holds under a key. */
interface Held {
  /** Hashes of the contents that count as the same row: one, or one for each version of a record. */
  hashes: readonly string[];
}

interface Intake<Input, P extends Plan, H extends Held, Result> {
  /** @throws Refusal if the row cannot be accepted; the other rows of the batch are not affected. */
  plan: (input: Input, position: number) => P;
  /** Inserts the rows, skipping those that exist. @returns the keys of the inserted ones. */
  insert: (tx: Executor, plans: P[]) => Promise<{ key: string }[]>;
  /** Writes what follows from the inserted rows. @returns what the database now holds, by key. */
  follow: (tx: Executor, inserted: P[]) => Promise<Map<string, H>>;
  /** What the database held of rows that existed before, by key. */
  held: (tx: Executor, keys: string[]) => Promise<Map<string, H>>;
  accepted: (plan: P, held: H) => Result;
  duplicate: (plan: P, held: H) => Result;
  /** Used for the same key with other content. */
  conflict: (plan: P) => Refusal;
  rejected: (input: Input, refusal: Refusal) => Result;
}

/**
 * Inserts the first row of each key, in the order of keys: two imports of the same rows in different order would
 * otherwise wait for each other. What is held of the other rows is read afterwards, when any other batch that inserted
 * the same key has ended.
 * @returns one result for each input, in order.
 */
export async function acceptBatch<Input, P extends Plan, H extends Held, Result>(
  db: Database,
  inputs: readonly Input[],
  intake: Intake<Input, P, H, Result>,
): Promise<Result[]> {
  const plans = inputs.map((input, position) => planned(() => intake.plan(input, position)));
  const first = firstOfEach(plans.flatMap((plan) => (plan instanceof Refusal ? [] : [plan])));
  const rows = [...first.values()];
  const { inserted, held } = await db.transaction(async (tx) => {
    const keys = new Set(rows.length > 0 ? (await intake.insert(tx, rows)).map(({ key }) => key) : []);
    const fresh = rows.filter(({ key }) => keys.has(key));
    const others = rows.flatMap(({ key }) => (keys.has(key) ? [] : [key]));
    const followed = fresh.length > 0 ? await intake.follow(tx, fresh) : [];
    const before = others.length > 0 ? await intake.held(tx, others) : [];
    return { inserted: keys, held: new Map([...followed, ...before]) };
  });
  return inputs.map((input, position) => {
    const plan = plans[position]!;
    if (plan instanceof Refusal) return intake.rejected(input, plan);
    const known = held.get(plan.key);
    // The first of several equal rows in a batch is accepted; the others are its duplicates.
    if (known && inserted.has(plan.key) && first.get(plan.key) === plan) return intake.accepted(plan, known);
    if (known?.hashes.includes(plan.hash)) return intake.duplicate(plan, known);
    return intake.rejected(input, intake.conflict(plan));
  });
}

function planned<P>(plan: () => P): P | Refusal {
  try {
    return plan();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** The first row of each key, in the order of keys. */
function firstOfEach<P extends Plan>(plans: readonly P[]): Map<string, P> {
  const first = new Map<string, P>();
  for (const plan of plans) if (!first.has(plan.key)) first.set(plan.key, plan);
  return new Map([...first].sort(([a], [b]) => (a < b ? -1 : 1)));
}
