/** Rows of a file, judged by the schemas that judge an import, and planned: what is staged, and what is refused. */
import { RAW_LIMIT } from '../../../api/import/rejected-rows.ts';
import { validated, type Row, type RowFormat } from '../../../api/import/row-file.ts';
import type { FileRecord } from '../../../api/import/rows/records.ts';
import type { Database } from '../../../db/postgres/client.ts';
import { copyLine, type CopyValue } from '../../../db/postgres/copy.ts';
import { ENTERPRISES } from '../../../db/first-load/enterprises.ts';
import { LISTINGS } from '../../../db/first-load/listings.ts';
import type { RefusedRow } from '../../../db/first-load/load.ts';
import { RECORDS } from '../../../db/first-load/records.ts';
import type { StagedKind } from '../../../db/first-load/staged.ts';
import { placesOfEnterprises } from '../../../db/intake/enterprises.ts';
import { refuseRegistration } from '../../../domain/case-types/registration-push/plan.ts';
import type { EnterprisePlace } from '../../../domain/case-types/listing/plan.ts';
import type { LegalDate } from '../../../domain/clock/calendar.ts';
import { Refusal } from '../../../domain/errors.ts';
import { FIRST_LOADER, type FirstLoadKind } from '../../../domain/first-load/kinds.ts';
import { planLoadedListing, type LoadedListing } from '../../../domain/first-load/listing.ts';
import { planLoadedRecord, type LoadedRecord } from '../../../domain/first-load/record.ts';
import type { LoadedEnterprise } from '../../../domain/first-load/enterprise.ts';
import type { Actor } from '../../../domain/organs/actor.ts';
import type { Reference } from '../../../domain/reference.ts';
import { ENTERPRISE_FILE, LOADED_LISTING_FILE, LOADED_RECORD_FILE } from './files.ts';

export interface JudgeContext {
  db: Database;
  reference: Reference;
  today: LegalDate;
  /** Whose records they are, where the file does not say. */
  department: string | undefined;
}

export interface Judged {
  lines: string[];
  refused: RefusedRow[];
}

interface Kind<T> {
  format: RowFormat<T>;
  staged: StagedKind<never>;
  /** @returns what is staged of a row. @throws Refusal */
  planner: (context: JudgeContext & { actor: Actor }, rows: readonly T[]) => Promise<(row: T) => readonly CopyValue[]>;
}

const enterprises: Kind<LoadedEnterprise> = {
  format: ENTERPRISE_FILE,
  staged: ENTERPRISES,
  planner:
    async ({ reference, actor, today }) =>
    (input) => {
      refuseRegistration(reference, actor, input, today);
      return ENTERPRISES.values({ input, regionCode: reference.regions.resolve(input.regionCode)!.code });
    },
};

const records: Kind<LoadedRecord> = {
  format: LOADED_RECORD_FILE,
  staged: RECORDS,
  planner:
    async ({ reference, actor, today, department }) =>
    (row) => {
      const { departmentCode = department } = row.record;
      const record = departmentCode === undefined ? row.record : { ...row.record, departmentCode };
      return RECORDS.values(planLoadedRecord(reference, actor, { ...row, record }, today));
    },
};

const listings: Kind<LoadedListing> = {
  format: LOADED_LISTING_FILE,
  staged: LISTINGS,
  async planner({ db, reference, actor, today }, rows) {
    const usccs = rows.map(({ entry }) => entry.uscc);
    const places: Map<string, EnterprisePlace> = await placesOfEnterprises(db, usccs);
    return (row) => {
      const known = places.get(row.entry.uscc);
      return LISTINGS.values(planLoadedListing(reference, actor, row, { ...(known && { known }), today }));
    };
  },
};

const KINDS = { enterprises, records, listings } as const;

export const formatOf = (kind: FirstLoadKind): RowFormat<unknown> => KINDS[kind].format;
export const stagedOf = (kind: FirstLoadKind): StagedKind<never> => KINDS[kind].staged;

/** The text of a row as it is kept when it is refused: without citizens' numbers, and what PostgreSQL cannot hold. */
export function keptText(kind: FirstLoadKind, raw: string): string {
  const { redact = (text: string) => text } = formatOf(kind);
  return redact(raw).slice(0, RAW_LIMIT).replaceAll('\0', '\uFFFD');
}

export function judge(kind: FirstLoadKind, context: JudgeContext, found: readonly FileRecord[]): Promise<Judged> {
  return judgeAs(KINDS[kind] as Kind<unknown>, context, found);
}

async function judgeAs<T>(
  { format, planner }: Kind<T>,
  context: JudgeContext,
  found: readonly FileRecord[],
): Promise<Judged> {
  const rows = found.map((record) => validated(record, format));
  // The whole province's: what a row says of department and region is judged by the record.
  const actor: Actor = {
    username: FIRST_LOADER,
    role: 'platform-administrator',
    regionCode: context.reference.province.code,
    departmentCode: null,
  };
  const values = rows.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const plan = await planner({ ...context, actor }, values);
  const judged: Judged = { lines: [], refused: [] };
  for (const row of rows) {
    const planned = row.value === undefined ? undefined : tried(() => plan(row.value!));
    if (planned === undefined || planned instanceof Refusal) judged.refused.push(refusedRow(row, planned));
    else judged.lines.push(copyLine([row.line, ...planned]));
  }
  return judged;
}

function tried<P>(work: () => P): P | Refusal {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function refusedRow({ line, raw: text, issues = [] }: Row<unknown>, refusal: Refusal | undefined): RefusedRow {
  const raw = text.slice(0, RAW_LIMIT).replaceAll('\0', '\uFFFD');
  if (refusal) {
    const { code, message, remedy } = refusal;
    return { line, raw, problem: { code, message, ...(remedy !== undefined && { remedy }) } };
  }
  const errors = issues.map(({ path, message }) => ({ path, message }));
  const message = errors.map((one) => one.message).join('；');
  return { line, raw, problem: { code: issues[0]?.code ?? 'input.invalid', message, errors } };
}
