/** 发布公示: registrations published without a case, as departments search and download them (第七条第二、三款). */
import { and, eq, isNotNull, like, or, sql, type SQL } from 'drizzle-orm';
import type { PublishedStanding } from '../../domain/registration/published.ts';
import { normaliseUscc } from '../../domain/uscc.ts';
import type { Executor } from '../postgres/client.ts';
import { registrations } from '../schema.ts';
import { latestFirst, matching, named, type ListPart, type RegistrationFilter } from './registrations.ts';
import { hasPart, literal, search, type Searched } from './text-search.ts';

export interface PublishedFilter extends RegistrationFilter {
  /** Absent: claimed and unclaimed. */
  standing?: PublishedStanding;
  /** The beginning of the number, the credit code, or a part of name or scope. */
  q?: string;
}

const isPublished = isNotNull(registrations.published);

const SCOPES: Searched = {
  table: registrations,
  key: registrations.registrationNo,
  text: registrations.scope,
  // As in the index: PostgreSQL uses it only where the condition says the same.
  only: sql`published is not null`,
};

async function mentions(db: Executor, q: string): Promise<SQL | undefined> {
  const [scopes, names] = await Promise.all([search(db, SCOPES, q), named(db, q)]);
  return or(
    like(registrations.registrationNo, `${literal(q)}%`),
    eq(registrations.uscc, normaliseUscc(q)),
    names,
    scopes.isCommon
      ? hasPart(registrations.scope, q)
      : sql`${registrations.registrationNo} = any(${sql.param(scopes.keys)}::text[])`,
  );
}

const columns = {
  registrationNo: registrations.registrationNo,
  uscc: registrations.uscc,
  name: registrations.name,
  kind: registrations.kind,
  origin: registrations.origin,
  event: registrations.event,
  regionCode: registrations.regionCode,
  registeredOn: registrations.registeredOn,
  acceptedAt: registrations.acceptedAt,
  scope: registrations.scope,
  details: registrations.details,
  published: sql<PublishedStanding>`${registrations.published}`,
};

/** The latest first. @returns one row more if another page follows. */
export async function listPublished(db: Executor, { q, standing, ...filter }: PublishedFilter, part: ListPart) {
  const where = and(
    isPublished,
    standing && eq(registrations.published, standing),
    ...matching(filter),
    q ? await mentions(db, q) : undefined,
  );
  return latestFirst(db.select(columns).from(registrations).$dynamic(), where, part);
}

export type PublishedRow = Awaited<ReturnType<typeof listPublished>>[number];

/** Rows that a file reads at a time. */
const PAGE = 1000;

/** All that the filter finds, page by page. Between the pages nothing is held, however slowly the file is fetched. */
export async function* pagesOfPublished(db: Executor, filter: PublishedFilter): AsyncGenerator<PublishedRow[]> {
  let before: string | undefined;
  do {
    const found = await listPublished(db, filter, { before, limit: PAGE });
    const page = found.slice(0, PAGE);
    if (page.length > 0) yield page;
    before = found.length > PAGE ? page.at(-1)!.registrationNo : undefined;
  } while (before !== undefined);
}
