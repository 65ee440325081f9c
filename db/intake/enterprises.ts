import { asc, inArray, sql } from 'drizzle-orm';
import type { Registered as Known } from '../../domain/registration/whose.ts';
import type { RegistrationEvent } from '../../domain/registration/words.ts';
import type { Executor } from '../postgres/client.ts';
import { enterprises } from '../schema.ts';

type Enterprise = Pick<typeof enterprises.$inferInsert, 'uscc' | 'name' | 'kind' | 'regionCode'>;

/** An enterprise as a registration describes it. */
interface Registered extends Enterprise {
  registeredOn: string;
  event: RegistrationEvent;
}

/**
 * Keeps for each enterprise what the registration of the latest day says; of the same day, the one that arrived last. An
 * older registration that arrives later changes nothing. A cancellation stands until a registration of a later day.
 * Rows are sorted, so that two batches never wait for each other, and stay locked, so that the second of two batches
 * about an enterprise sees what the first wrote.
 * @param found in the order of events.
 * @param known by which their intake was judged. @throws OutdatedEnterprises if the record says otherwise meanwhile.
 */
export async function rememberEnterprises(
  tx: Executor,
  found: readonly Registered[],
  known: ReadonlyMap<string, Known>,
  updatedAt: Date,
): Promise<void> {
  // Locked in the order in which they are written.
  const usccs = found.map(({ uscc }) => uscc);
  const rowsBefore = await rowsOf(tx, usccs).orderBy(asc(enterprises.uscc)).for('update');
  const standing = new Map(rowsBefore.map((row) => [row.uscc, row]));
  if (rowsBefore.some((row) => hasChanged(row, known.get(row.uscc)))) throw new OutdatedEnterprises();
  const latest = new Map<string, typeof enterprises.$inferInsert>();
  for (const { event, ...fields } of found) {
    const { uscc, registeredOn } = fields;
    const before = latest.get(uscc);
    const ofSameDay = (day: string | null | undefined) => (day === registeredOn ? registeredOn : null);
    // 迁出 is registered in the place that the enterprise leaves; 迁入 says where it is.
    const place =
      event === 'moveOut'
        ? (before?.regionCode ?? standing.get(uscc)?.regionCode ?? fields.regionCode)
        : fields.regionCode;
    const cancelledOn = event === 'cancel' ? registeredOn : ofSameDay(before?.cancelledOn);
    const leaves = event === 'moveOut' ? registeredOn : ofSameDay(before?.movedOutOn);
    const movedOutOn = event === 'moveIn' ? null : leaves;
    latest.set(uscc, { ...fields, regionCode: place, cancelledOn, movedOutOn, updatedAt });
  }
  const rows = [...latest.values()].sort((a, b) => (a.uscc < b.uscc ? -1 : 1));
  if (rows.length === 0) return;
  const { registeredOn, cancelledOn, movedOutOn, regionCode } = enterprises;
  const written = await tx
    .insert(enterprises)
    .values(rows)
    .onConflictDoUpdate({
      target: enterprises.uscc,
      set: {
        name: sql`excluded.name`,
        kind: sql`excluded.kind`,
        regionCode: sql`excluded.region_code`,
        registeredOn: sql`excluded.registered_on`,
        cancelledOn: sql`coalesce(excluded.cancelled_on,
          case when ${cancelledOn} = excluded.registered_on then ${cancelledOn} end)`,
        // Whoever takes the enterprise in is of another region.
        movedOutOn: sql`case when ${regionCode} = excluded.region_code then coalesce(excluded.moved_out_on,
          case when ${movedOutOn} = excluded.registered_on then ${movedOutOn} end) end`,
        updatedAt: sql`excluded.updated_at`,
      },
      setWhere: sql`${registeredOn} is null or ${registeredOn} <= excluded.registered_on`,
    })
    .returning({ uscc: enterprises.uscc, isNew: sql<boolean>`xmax = 0` });
  // Another batch may have registered an enterprise for the first time while this one waited for its row.
  const isNewHere = new Set(written.flatMap(({ uscc, isNew }) => (isNew ? [uscc] : [])));
  if (rows.some(({ uscc }) => !standing.has(uscc) && !isNewHere.has(uscc))) throw new OutdatedEnterprises();
}

/** The record has changed since the rows of a batch were judged: they must be judged again. */
export class OutdatedEnterprises extends Error {}

const rowsOf = (tx: Executor, usccs: readonly string[]) => {
  const { uscc, regionCode, registeredOn, movedOutOn } = enterprises;
  const where = inArray(uscc, [...new Set(usccs)]);
  return tx.select({ uscc, regionCode, registeredOn, movedOutOn }).from(enterprises).where(where);
};

type Row = Awaited<ReturnType<typeof rowsOf>>[number];

/** An enterprise that only a list or a record named has been registered nowhere. */
const isRegistered = ({ registeredOn }: Row): boolean => registeredOn !== null;

const hasChanged = (row: Row, known: Known | undefined): boolean =>
  isRegistered(row) ? row.regionCode !== known?.regionCode || row.movedOutOn !== known.movedOutOn : known !== undefined;

/** Those that have been registered, by code. */
export async function registeredEnterprises(tx: Executor, usccs: readonly string[]): Promise<Map<string, Known>> {
  const rows = await rowsOf(tx, usccs);
  return new Map(rows.filter(isRegistered).map((row) => [row.uscc, row]));
}

/** Where enterprises are, by code: where they are registered, else where a list or a record named them. */
export async function placesOfEnterprises(
  tx: Executor,
  usccs: readonly string[],
): Promise<Map<string, { registeredIn: string } | { namedIn: string }>> {
  const rows = await rowsOf(tx, usccs);
  return new Map(
    rows.map((row) => [row.uscc, isRegistered(row) ? { registeredIn: row.regionCode } : { namedIn: row.regionCode }]),
  );
}

/** Stores enterprises that so far only a list names. What a registration says is kept. */
export async function introduceEnterprises(tx: Executor, found: Enterprise[], updatedAt: Date): Promise<void> {
  if (found.length === 0) return;
  const rows = [...found].sort((a, b) => (a.uscc < b.uscc ? -1 : 1)).map((row) => ({ ...row, updatedAt }));
  await tx.insert(enterprises).values(rows).onConflictDoNothing();
}
