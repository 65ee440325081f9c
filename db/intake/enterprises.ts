import { inArray, sql } from 'drizzle-orm';
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
 */
export async function rememberEnterprises(tx: Executor, found: readonly Registered[], updatedAt: Date): Promise<void> {
  const standing = await standingPlaces(tx, found);
  const latest = new Map<string, typeof enterprises.$inferInsert>();
  for (const { event, ...fields } of found) {
    const { uscc, registeredOn } = fields;
    const before = latest.get(uscc);
    const cancelled = before?.cancelledOn === registeredOn ? registeredOn : null;
    // 迁出 is registered in the place that the enterprise leaves; 迁入 says where it is.
    const place =
      event === 'moveOut' ? (before?.regionCode ?? standing.get(uscc) ?? fields.regionCode) : fields.regionCode;
    const cancelledOn = event === 'cancel' ? registeredOn : cancelled;
    latest.set(uscc, { ...fields, regionCode: place, cancelledOn, updatedAt });
  }
  const rows = [...latest.values()].sort((a, b) => (a.uscc < b.uscc ? -1 : 1));
  if (rows.length === 0) return;
  const { registeredOn, cancelledOn } = enterprises;
  await tx
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
        updatedAt: sql`excluded.updated_at`,
      },
      setWhere: sql`${registeredOn} is null or ${registeredOn} <= excluded.registered_on`,
    });
}

/** Where the enterprises that move out are by what is known. */
const standingPlaces = (tx: Executor, found: readonly Registered[]): Promise<Map<string, string>> =>
  regionsOfEnterprises(
    tx,
    found.filter(({ event }) => event === 'moveOut').map(({ uscc }) => uscc),
  );

/** Stores enterprises that so far only a list names. What a registration says is kept. */
export async function introduceEnterprises(tx: Executor, found: Enterprise[], updatedAt: Date): Promise<void> {
  if (found.length === 0) return;
  const rows = [...found].sort((a, b) => (a.uscc < b.uscc ? -1 : 1)).map((row) => ({ ...row, updatedAt }));
  await tx.insert(enterprises).values(rows).onConflictDoNothing();
}

/** Region codes by credit code, without unknown enterprises. */
export async function regionsOfEnterprises(tx: Executor, usccs: string[]): Promise<Map<string, string>> {
  if (usccs.length === 0) return new Map();
  const rows = await tx
    .select({ uscc: enterprises.uscc, regionCode: enterprises.regionCode })
    .from(enterprises)
    .where(inArray(enterprises.uscc, usccs));
  return new Map(rows.map((row) => [row.uscc, row.regionCode]));
}
