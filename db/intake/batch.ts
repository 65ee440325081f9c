/**
 * How a batch of rows is accepted, whatever they tell: registrations, records, entries of lists. Accepted means in
 * PostgreSQL with the cases that follow and their outbox rows, in one transaction, even while Temporal is down. A row that
 * was accepted before changes nothing.
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

/** Who hands in a batch, by which import if by any, and when: engine time, epoch ms. */
export interface Handover {
  actor: Actor;
  importId: string | null;
  now: number;
}

/** A row that can be accepted. Rows with the same key are about the same thing, those with the same hash say the same. */
interface Plan {
  key: string;
  hash: string;
}

/** What the record holds under a key. */
interface Held {
  /** Hashes of the contents that count as the same row: one, or one for each version of a record. */
  hashes: readonly string[];
}

interface Intake<Input, P extends Plan, H extends Held, Result> {
  /** @throws Refusal where the row cannot be accepted, which is its own fault and not the batch's. */
  plan: (input: Input, position: number) => P;
  /** Inserts the rows themselves, leaving those that are there. @returns the keys of those that were not. */
  insert: (tx: Executor, plans: P[]) => Promise<{ key: string }[]>;
  /** Writes what follows from the rows that were inserted. @returns what is held of each from now on, by key. */
  follow: (tx: Executor, inserted: P[]) => Promise<Map<string, H>>;
  /** What is held of rows that were there before, by key. */
  held: (tx: Executor, keys: string[]) => Promise<Map<string, H>>;
  accepted: (plan: P, held: H) => Result;
  duplicate: (plan: P, held: H) => Result;
  /** The same key with other content. */
  conflict: (plan: P) => Refusal;
  rejected: (input: Input, refusal: Refusal) => Result;
}

/**
 * The first row of each key is inserted, in the order of keys: two imports of the same rows, turned round, would otherwise
 * wait for each other. What is held of the others is read only afterwards: by then another batch that inserted the same
 * key has ended.
 * @returns one result per input, in order.
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
    // The first of several equal rows in one batch is the accepted one, the others its duplicates.
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

/** The first of each key, in the order of keys. */
function firstOfEach<P extends Plan>(plans: readonly P[]): Map<string, P> {
  const first = new Map<string, P>();
  for (const plan of plans) if (!first.has(plan.key)) first.set(plan.key, plan);
  return new Map([...first].sort(([a], [b]) => (a < b ? -1 : 1)));
}
