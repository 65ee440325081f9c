/**
 * 首次装载 of records that were published before the platform: shown since their own day of publication, and until the day that
 * the rules in force now give from it. Writes nothing.
 */
import { z } from 'zod';
import type { LegalDate } from '../clock/calendar.ts';
import { refuseBarred, submittingDepartment } from '../case-types/publication/plan.ts';
import { Refusal } from '../errors.ts';
import { day, optional } from '../fields.ts';
import type { Actor } from '../organs/actor.ts';
import { publicityEnd } from '../publicity/publicity-end.ts';
import { contentOf, sectionOf, type RecordInput } from '../publicity/record.ts';
import { kindOfUscc, regionOfCode } from '../registration/registration.ts';
import type { Reference } from '../reference.ts';
import type { PublicityEnd } from '../rule-sets/penalty-publicity.ts';

const publishedOn = optional(day('公示日期')).describe('首次公示的日期；缺省为信息产生日期');

export interface LoadedRecord {
  record: RecordInput;
  publishedOn: LegalDate;
}

/** @param ofRecord the schema of a file's record. The day of publication is a column beside its columns. */
export const loadedRecordSchema = (ofRecord: z.ZodType<RecordInput>) =>
  z.unknown().transform((row, context): LoadedRecord => {
    const record = ofRecord.safeParse(row);
    const published = publishedOn.safeParse(Object(row)['publishedOn']);
    for (const { issues } of [record.error ?? { issues: [] }]) passOn(issues, [], context);
    for (const { issues } of [published.error ?? { issues: [] }]) passOn(issues, ['publishedOn'], context);
    if (!record.success || !published.success) return z.NEVER;
    return { record: record.data, publishedOn: published.data ?? record.data.generatedOn };
  });

/** Issues of a part as those of the whole, with their codes. */
export function passOn(issues: readonly z.core.$ZodIssue[], path: string[], context: z.RefinementCtx): void {
  for (const issue of issues) {
    const params = issue.code === 'custom' ? issue.params : undefined;
    context.addIssue({
      code: 'custom',
      message: issue.message,
      path: [...path, ...issue.path],
      ...(params && { params }),
    });
  }
}

export interface PlannedRecord extends LoadedRecord {
  departmentCode: string;
  regionCode: string;
  section: ReturnType<typeof sectionOf>;
  content: Record<string, unknown>;
  /** Undefined: no rule ends its publicity. */
  end: PublicityEnd | undefined;
  /** What a list or record tells of an enterprise that is not registered here. */
  named: { name: string; kind: ReturnType<typeof kindOfUscc>; regionCode: string };
}

/**
 * Terms run from the record's own publication (自公示之日起); which of them holds is judged as if it were shown today, because
 * the platform shows it from today on (domain/rule-sets/penalty-publicity.ts).
 * @throws Refusal department.unknown, record.not-publishable, input.invalid
 */
export function planLoadedRecord(
  reference: Reference,
  actor: Actor,
  { record, publishedOn: published }: LoadedRecord,
  today: LegalDate,
): PlannedRecord {
  const { generatedOn, uscc, name, kind } = record;
  if (generatedOn > today) throw invalid(`信息产生日期${generatedOn}尚未到来`, '请更正信息产生日期');
  if (published > today) throw invalid(`公示日期${published}尚未到来`, '尚未公示的，由部门按归集的办法提交');
  if (published < generatedOn) throw invalid(`公示日期${published}早于信息产生日期${generatedOn}`, '请更正公示日期');
  const department = submittingDepartment(reference, actor, record);
  refuseBarred(department, record, today);
  const content = contentOf(record);
  const { code: departmentCode, regionCode, sector } = department;
  const end = publicityEnd({
    kind,
    sector,
    content,
    event: undefined,
    publishedOn: published,
    on: today,
    before: undefined,
  });
  const named = {
    name,
    kind: kindOfUscc(uscc),
    regionCode: reference.regions.resolve(regionOfCode(uscc))?.code ?? regionCode,
  };
  return {
    record,
    publishedOn: published,
    departmentCode,
    regionCode,
    section: sectionOf(record),
    content,
    end,
    named,
  };
}

const invalid = (message: string, remedy: string) => new Refusal('input.invalid', message, { remedy });
