/** Registrations for organs: the list, and their number by region. */
import { and, desc, eq, getTableColumns, gte, inArray, lt, sql, type SQL } from 'drizzle-orm';
import { endOfDay, startOfDay, type LegalDate } from '../../domain/clock/calendar.ts';
import { EVENTS, STANDING_EVENTS } from '../../domain/registration/events.ts';
import type { EnterpriseStanding, RegistrationEvent, RegistrationKind } from '../../domain/registration/words.ts';
import type { PgSelect } from 'drizzle-orm/pg-core';
import type { Executor } from '../postgres/client.ts';
import { registrations } from '../schema.ts';
import { hasPart, search, type Searched } from './text-search.ts';
import { inRegion } from './in-region.ts';
import { tallied } from './tallied.ts';

export interface RegistrationFilter {
  /** The account's own region. Like `region`, it includes the regions below. */
  within: string;
  region?: string;
  /** A region without those below it. */
  onlyRegion?: string;
  acceptedFrom?: LegalDate;
  acceptedTo?: LegalDate;
  uscc?: string;
  event?: RegistrationEvent;
  kind?: RegistrationKind;
}

const under = (code: string) => inRegion(registrations.regionCode, code);

export function matching(filter: RegistrationFilter): (SQL | undefined)[] {
  const { within, region, onlyRegion, acceptedFrom, acceptedTo, uscc, event, kind } = filter;
  return [
    under(within),
    region ? under(region) : undefined,
    onlyRegion ? sql`${registrations.regionCode} = ${onlyRegion}` : undefined,
    acceptedFrom ? gte(registrations.acceptedAt, new Date(startOfDay(acceptedFrom))) : undefined,
    acceptedTo ? lt(registrations.acceptedAt, new Date(endOfDay(acceptedTo))) : undefined,
    uscc ? eq(registrations.uscc, uscc) : undefined,
    event ? eq(registrations.event, event) : undefined,
    kind ? eq(registrations.kind, kind) : undefined,
  ];
}

/** Whether the enterprise was ever registered in the region or below. */
export async function wasRegisteredIn(db: Executor, uscc: string, regionCode: string): Promise<boolean> {
  const where = and(eq(registrations.uscc, uscc), under(regionCode));
  const found = await db
    .select({ one: sql`1` })
    .from(registrations)
    .where(where)
    .limit(1);
  return found.length > 0;
}

const NAMES: Searched = { table: registrations, key: registrations.registrationNo, text: registrations.name };

/** Also a name that the enterprise has given up since. */
export async function named(db: Executor, name: string): Promise<SQL> {
  const { keys, isCommon } = await search(db, NAMES, name);
  return isCommon
    ? hasPart(registrations.name, name)
    : sql`${registrations.registrationNo} = any(${sql.param(keys)}::text[])`;
}

/** Which part of a list is read: what follows a registration's number, up to so many. */
export interface ListPart {
  /** The last number of the previous page. */
  before: string | undefined;
  limit: number;
}

/** The order of all lists of registrations, the latest first. @returns one row more if another page follows. */
export function latestFirst<Query extends PgSelect>(query: Query, where: SQL | undefined, { before, limit }: ListPart) {
  const { registrationNo, acceptedAt } = registrations;
  const last = sql`(select accepted_at, registration_no from registrations where registration_no = ${before})`;
  return query
    .where(and(where, before ? sql`(${acceptedAt}, ${registrationNo}) < ${last}` : undefined))
    .orderBy(desc(acceptedAt), desc(registrationNo))
    .limit(limit + 1);
}

/** The latest first. @param filter `name` is a part of the name. @returns one row more if another page follows. */
export async function listRegistrations(
  db: Executor,
  { name, ...filter }: RegistrationFilter & { name?: string },
  part: ListPart,
) {
  // A scope may have 20,000 characters, and no list shows it; nor contacts, which are personal.
  const { scope: _, details: __, contact: ___, ...columns } = getTableColumns(registrations);
  const where = and(...matching(filter), name ? await named(db, name) : undefined);
  return latestFirst(db.select(columns).from(registrations).$dynamic(), where, part);
}

/** Whether the account sees this registration, so that a page may begin after it. */
export async function isListed(db: Executor, within: string, registrationNo: string): Promise<boolean> {
  const isIt = eq(registrations.registrationNo, registrationNo);
  const found = await db
    .select({ at: registrations.acceptedAt })
    .from(registrations)
    .where(and(under(within), isIt));
  return found.length > 0;
}

/** Contacts are personal and never public. */
const { contact: _contact, ...PUBLIC } = getTableColumns(registrations);

/**
 * The last registration of an enterprise that the platform knew at the end of a day.
 * @returns with `cancelled`: a cancellation stands until a registration of a later day.
 */
export async function latestRegistration(db: Executor, uscc: string, day: LegalDate) {
  const { event, registeredOn } = registrations;
  const cancelled = sql<boolean>`bool_or(${event} = 'cancel') over (partition by ${registeredOn})`;
  const [row] = await db
    .select({ ...PUBLIC, cancelled })
    .from(registrations)
    .where(and(eq(registrations.uscc, uscc), lt(registrations.acceptedAt, new Date(endOfDay(day)))))
    .orderBy(...LATEST)
    .limit(1);
  return row;
}

export type LatestRegistration = NonNullable<Awaited<ReturnType<typeof latestRegistration>>>;

/** 迁出 is registered in the place that the enterprise leaves: of one day, 迁入 says where it is. */
const LATEST = [
  desc(registrations.registeredOn),
  sql`${registrations.event} = 'moveOut'`,
  desc(registrations.acceptedAt),
];

/**
 * What an enterprise was at the end of a day, by the registrations that the platform knew then. 注销 ends it; 吊销, 撤销登记
 * and 歇业 last until another event says otherwise, whatever is changed meanwhile (domain/registration/events.ts).
 * @param latest of that enterprise and day.
 */
export async function standingOf(
  db: Executor,
  latest: LatestRegistration | undefined,
  day: LegalDate,
): Promise<EnterpriseStanding> {
  if (!latest) return 'active';
  if (latest.cancelled) return 'cancelled';
  const { event } = registrations;
  // A cancellation that a registration of a later day followed stands no longer.
  const telling = STANDING_EVENTS.filter((one) => one !== 'cancel');
  const [row] = await db
    .select({ event })
    .from(registrations)
    .where(
      and(
        eq(registrations.uscc, latest.uscc),
        inArray(event, telling),
        lt(registrations.acceptedAt, new Date(endOfDay(day))),
      ),
    )
    .orderBy(...LATEST)
    .limit(1);
  return (row && EVENTS[row.event].standing) ?? 'active';
}

/** Registrations of a period by region, from the rollup: as many as the filter lists. */
export async function countRegistrations(
  db: Executor,
  {
    within,
    region,
    acceptedFrom: from,
    acceptedTo: to,
  }: Required<Pick<RegistrationFilter, 'acceptedFrom' | 'acceptedTo'>> & Pick<RegistrationFilter, 'within' | 'region'>,
): Promise<Map<string, number>> {
  const here = [within, ...(region ? [region] : [])].map((code) => inRegion(sql`region_code`, code));
  const { rows } = await db.execute<{ region: string; count: number }>(sql`
    select region_code as region, sum(count)::int as count
    from (${tallied({ figure: 'registered', period: { from, to }, by: 'region' }, and(...here))}) as rows
    group by 1 having sum(count) > 0`);
  return new Map(rows.map((row) => [row.region, row.count]));
}
