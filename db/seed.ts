/** Seeds a database: what it needs before the first case and, for a first look, a demonstration. Each is idempotent. */
import { readFileSync } from 'node:fs';
import { eq, inArray } from 'drizzle-orm';
import { DEFAULT_PROVINCE, divisionsOf, provinceOf } from '../data/provinces.ts';
import { readReferenceFiles } from '../data/reference-files.ts';
import { addDays, legalDateOf } from '../domain/clock/calendar.ts';
import { listingEntrySchema } from '../domain/case-types/listing/entry.ts';
import { recordInputSchema } from '../domain/publicity/record.ts';
import { registrationInputSchema } from '../domain/registration/registration.ts';
import type { Province } from '../domain/organs/province.ts';
import type { Role } from '../domain/organs/roles.ts';
import { seedCalendar } from './reference/calendar-seed.ts';
import { chunksOf } from './postgres/chunks.ts';
import { connectDatabase, type Database } from './postgres/client.ts';
import { loadClock } from './reference/clock-setting.ts';
import type { IntakeDeps } from './intake/batch.ts';
import { acceptRegistrations } from './intake/registrations.ts';
import { acceptListings } from './intake/listings.ts';
import { hashPassword } from './accounts/passwords.ts';
import { acceptRecords } from './intake/records.ts';
import { loadReference } from './reference/reference.ts';
import {
  catalogues,
  departments,
  formerRegionCodes,
  referenceChanges,
  regions,
  sanctionMeasures,
  sectors,
  users,
} from './schema.ts';
import { registeringAuthorityOf } from '../domain/organs/registering-authority.ts';
import type { Actor } from '../domain/organs/actor.ts';

const read = (path: string) => readFileSync(new URL(`../data/${path}`, import.meta.url), 'utf8');

async function withDatabase<T>(databaseUrl: string, work: (db: Database) => Promise<T>): Promise<T> {
  const { db, close } = connectDatabase(databaseUrl, 2);
  try {
    return await work(db);
  } finally {
    await close();
  }
}

/**
 * Loads regions, sectors, departments, calendar and catalogues from `data/`. A version that is already there is kept.
 * @returns why a newer calendar was not loaded; null as a rule.
 */
export async function seedReference(databaseUrl: string, province = DEFAULT_PROVINCE): Promise<string | null> {
  const files = readReferenceFiles(province);
  return withDatabase(databaseUrl, async (db) => {
    await db.insert(regions).values(files.regions).onConflictDoNothing();
    const former = Object.entries(files.formerCodes).map(([code, currentCode]) => ({ code, currentCode }));
    await db.insert(formerRegionCodes).values(former).onConflictDoNothing();
    // Departments that an administrator has renamed or retired stay so.
    for (const some of chunksOf(files.departments)) await db.insert(departments).values(some).onConflictDoNothing();
    await db.insert(sectors).values(files.sectors).onConflictDoNothing();
    await seedEditions(db, files);
    return seedCalendar(db, files.calendar);
  });
}

/** A newer edition of the files never replaces one that the province published itself. */
async function seedEditions(
  db: Database,
  { catalogue, measures }: Pick<ReturnType<typeof readReferenceFiles>, 'catalogue' | 'measures'>,
): Promise<void> {
  const published = await db
    .selectDistinct({ subject: referenceChanges.subject })
    .from(referenceChanges)
    .where(inArray(referenceChanges.subject, ['catalogue', 'measures']));
  const own = new Set(published.map(({ subject }) => subject));
  const { version } = measures;
  if (!own.has('catalogue'))
    await db.insert(catalogues).values({ version: catalogue.version, content: catalogue }).onConflictDoNothing();
  if (!own.has('measures'))
    await db.insert(sanctionMeasures).values({ version, content: measures }).onConflictDoNothing();
}

interface DemoAccount {
  username: string;
  password: string;
  /** Shown in the table that npm start prints at the end. */
  title: string;
}

export const DEMO_PASSWORD = 'xietong-demo';

interface Person {
  username: string;
  displayName: string;
  role: Role;
  regionCode: string;
  departmentCode: string | null;
}

/** One county with all roles, and the province above it. */
function peopleOf({ code: province, demoCounty }: Province, county: string): Person[] {
  return [
    person('dengji', `${county}登记机关`, 'registering-authority', demoCounty, registeringAuthorityOf(demoCounty)),
    person('dengji-lead', `${county}登记机关负责人`, 'department-lead', demoCounty, registeringAuthorityOf(demoCounty)),
    person('shengju', '省登记机关', 'registering-authority', province, registeringAuthorityOf(province)),
    person('shichang', `${county}市场监管经办人`, 'department-officer', demoCounty, `${demoCounty}-market-regulation`),
    person(
      'shichang-lead',
      `${county}市场监管负责人`,
      'department-lead',
      demoCounty,
      `${demoCounty}-market-regulation`,
    ),
    person('nongye', `${county}农业农村经办人`, 'department-officer', demoCounty, `${demoCounty}-agriculture`),
    person('nongye-lead', `${county}农业农村负责人`, 'department-lead', demoCounty, `${demoCounty}-agriculture`),
    // The applicant cannot review a correction, so a department whose lead applies needs a second lead.
    person('nongye-deputy', `${county}农业农村分管负责人`, 'department-lead', demoCounty, `${demoCounty}-agriculture`),
    person('weijian', `${county}卫生健康经办人`, 'department-officer', demoCounty, `${demoCounty}-health`),
    person('ducha', `${county}督查人员`, 'supervisor', demoCounty, null),
    person('zhengfu', `${county}人民政府`, 'government', demoCounty, null),
    person('admin', '平台管理员', 'platform-administrator', province, null),
    // What one administrator proposes of the reference data another one decides on.
    person('fuhe', '平台管理员（复核）', 'platform-administrator', province, null),
    person('shenji', '审计人员', 'auditor', province, null),
  ];
}

function person(
  username: string,
  displayName: string,
  role: Role,
  regionCode: string,
  departmentCode: string | null,
): Person {
  return { username, displayName, role, regionCode, departmentCode };
}

/** @param county the name of the county that they are in. */
export const demoAccountsOf = (province: Province, county: string): DemoAccount[] =>
  accountsOf(peopleOf(province, county));

const accountsOf = (people: readonly Person[]): DemoAccount[] =>
  people.map(({ username, displayName: title }) => ({ username, password: DEMO_PASSWORD, title }));

/**
 * Accounts with a published password and invented enterprises. Never for a database that serves the public.
 * @returns the accounts.
 */
export async function seedDemo(
  databaseUrl: string,
  { samples = true, province = DEFAULT_PROVINCE } = {},
): Promise<DemoAccount[]> {
  const profile = provinceOf(province);
  const county = divisionsOf(province).regions.find(({ code }) => code === profile.demoCounty)!;
  const people = peopleOf(profile, county.name);
  await withDatabase(databaseUrl, async (db) => {
    const passwordHash = await hashPassword(DEMO_PASSWORD);
    await db
      .insert(users)
      .values(people.map((entry) => ({ ...entry, passwordHash })))
      .onConflictDoNothing();
    if (!samples || !profile.samples) return;
    const deps = { db, reference: await loadReference(db), clock: await loadClock(db) };
    const authority: Actor = people.find((entry) => entry.username === 'shengju')!;
    const lines = read('samples/registrations.jsonl').trim().split('\n');
    await acceptRegistrations(
      deps,
      authority,
      lines.map((line) => registrationInputSchema.parse(JSON.parse(line))),
    );
    const listed = read('samples/listings.jsonl').trim().split('\n');
    await acceptListings(
      deps,
      authority,
      listed.map((line) => listingEntrySchema.parse(JSON.parse(line))),
    );
    await seedRecords(
      deps,
      people.find((entry) => entry.username === 'admin')!,
    );
  });
  return accountsOf(people);
}

/** Days before today: a record of a future day is refused, and one of years ago would only be late. */
async function seedRecords(deps: IntakeDeps, administrator: Actor): Promise<void> {
  const today = legalDateOf(deps.clock.toLegal(Date.now()));
  const lines = read('samples/records.jsonl').trim().split('\n');
  const samples = lines.map((line) => {
    const { daysAgo, ...sample } = JSON.parse(line) as { daysAgo: number };
    return recordInputSchema.parse({ ...sample, generatedOn: addDays(today, -daysAgo) });
  });
  await acceptRecords(deps, administrator, samples);
}

/** Opens the first administrator's account of a production database. An existing account keeps its password. */
export async function seedAdministrator(
  databaseUrl: string,
  username: string,
  password: string,
  province = DEFAULT_PROVINCE,
): Promise<void> {
  await withDatabase(databaseUrl, async (db) => {
    const administrator = person(username, '平台管理员', 'platform-administrator', province, null);
    await db
      .insert(users)
      .values({ ...administrator, passwordHash: await hashPassword(password) })
      .onConflictDoNothing();
  });
}

/** The province that a database was seeded for; undefined before. */
export async function seededProvince(databaseUrl: string): Promise<string | undefined> {
  return withDatabase(databaseUrl, async (db) => {
    const [row] = await db.select().from(regions).where(eq(regions.level, 'province'));
    return row?.code;
  });
}

export async function hasAccounts(databaseUrl: string): Promise<boolean> {
  return withDatabase(databaseUrl, async (db) => (await db.select().from(users).limit(1)).length > 0);
}
