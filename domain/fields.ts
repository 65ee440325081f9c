/** Fields that submitted registrations, records and listings share, as people and spreadsheets write them. */
import { z } from 'zod';
import { foldedName, isBlank } from './folding.ts';
import { keysOf } from './keys.ts';
import { withoutCitizenId } from './publicity/citizen-id.ts';
import { orForEver, writtenDay } from './clock/written-day.ts';
import { checkUscc, normaliseUscc } from './uscc.ts';

/** A code or its Chinese label: systems send codes, files carry labels. @param former labels that were replaced. */
export function labelled<K extends string>(
  labels: Record<K, string>,
  field: string,
  remedy = '请更正或留空',
  former: Readonly<Record<string, K>> = {},
) {
  const keys = keysOf(labels);
  const byLabel = new Map<unknown, K>([
    ...Object.entries(former),
    ...keys.map((key): [string, K] => [labels[key], key]),
  ]);
  const allowed = keys.map((key) => `${labels[key]}（${key}）`).join('、');
  return z.preprocess(
    (value) => (typeof value === 'string' ? (byLabel.get(value.trim()) ?? value.trim()) : value),
    z.enum(keys, `${field}应为${allowed}，${remedy}`).meta({ 'x-labels': labels }),
  );
}

// Exported files have an empty cell or null for an absent value. What shows nothing is absent, too: a table has no other place for it.
const blankAsAbsent = (value: unknown) =>
  value === null || (typeof value === 'string' && isBlank(value)) ? undefined : value;
export const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsAbsent, schema.optional());

/** 9.14301E+17: what a spreadsheet makes of a long number. Its last digits are lost. */
const CUT_BY_SPREADSHEET = /^\d(?:\.\d+)?E\+\d+$/i;
const CUT_REMEDY = '是表格软件改写的数字，末几位已经丢失，请将该列的格式设为“文本”，重新填写';

// Refused: NUL, which PostgreSQL cannot store; half surrogate pairs, which UTF-8 cannot carry; others, which break exports.
// oxlint-disable-next-line no-control-regex -- matching them is the point
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]|\p{Surrogate}/u;
const LINE_BREAK = /[\t\r\n]/;

/** For numbers and codes, which may look like a citizen's number. */
export const plainText = (field: string, missing = `缺少${field}，请填写`) =>
  z
    .string({ error: (issue) => (issue.input == null ? missing : `${field}应为文字，请更正`) })
    .refine((value) => !CONTROL.test(value), `${field}含有控制字符，请删除后重新提交`)
    .refine((value) => !CUT_BY_SPREADSHEET.test(value.trim()), `${field}${CUT_REMEDY}`)
    // What shows nothing says nothing.
    .overwrite((value) => (isBlank(value) ? '' : value.trim()));

/** No citizen's number may stand in any text. @param because what is not done with one: 不得公示. */
export const text = (field: string, missing?: string, because?: string) =>
  plainText(field, missing).refine(...withoutCitizenId(field, because));

/** What a person must write in a form. An absent and a blank text get the same message. */
export const requiredText = (field: string, max: number, because?: string) =>
  text(field, `请填写${field}`, because).min(1, `请填写${field}`).max(max, `${field}不得超过${max}字`).describe(field);

/** What a person may write in a form. */
export const optionalText = (field: string, max: number) =>
  text(field, `${field}应为文字，请更正`).max(max, `${field}不得超过${max}字`).optional().describe(field);

/** A real day as YYYY-MM-DD, from what spreadsheets, databases and courts make of it (domain/clock/written-day.ts). */
export const day = (field: string) =>
  z
    .string(`${field}应为文字，格式为 YYYY-MM-DD`)
    .transform(writtenDay)
    .pipe(z.iso.date({ error: `${field}应为真实存在的日期，格式为 YYYY-MM-DD，请更正`, abort: true }))
    // Not a rule of law: it catches 0026 for 2026 before the database does.
    .refine((value) => value >= '1900-01-01', `${field}的年份有误，请更正`);

/** A last day, which may be 长期. */
export const lastDay = (field: string) => z.preprocess(orForEver, day(field));

/** 行政区划代码 (GB/T 2260), of a province, prefecture or county. */
export const regionCodeField = (missing?: string) =>
  text('行政区划代码', missing).regex(/^\d{6}$/, '行政区划代码为6位数字（GB/T 2260），请更正');

/** An issue whose `params.code` is `uscc.invalid` is about the credit code. @param isOther what may stand in its place. */
export const usccField = (isOther: (code: string) => boolean = () => false) =>
  plainText('统一社会信用代码')
    .max(100, '统一社会信用代码应为18位，请核对')
    .transform(normaliseUscc)
    .superRefine((value, context) => {
      const check = checkUscc(value);
      if (check.ok || isOther(value)) return;
      context.addIssue({ code: 'custom', message: check.message, params: { code: 'uscc.invalid' } });
    })
    .describe('统一社会信用代码（GB 32100-2015）：校验前两位和末位；全角、小写、空格和不可见字符自动规范');

export const nameField = () =>
  text('名称')
    .min(1, '缺少名称，请填写')
    .max(200, '名称不得超过200字，请更正')
    .refine((value) => !LINE_BREAK.test(value), '名称不得含有换行或制表符，请删除')
    .refine((value) => value === '' || foldedName(value) !== '', '名称没有可见的文字，请填写')
    .describe('经营主体（市场主体）名称');

/** Attachments by their ids. @param missing what is said where the field is left out. */
export const attachmentIdsField = (missing?: string) =>
  z.array(z.uuid('附件编号有误'), missing).max(10, '附件不得超过10个');

/** A content as text, by which a repeated one is told from a conflicting one, in whatever order its fields stand. */
export const canonicalText = (content: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(
    Object.keys(content)
      .filter((field) => content[field] !== undefined)
      .sort()
      .map((field) => [field, content[field]]),
  );

/** One of a closed list; forms and the API's document show the labels beside the codes. */
export function choice<K extends string>(field: string, labels: Record<K, string>) {
  const keys = keysOf(labels);
  return z.enum(keys, `请选择${field}`).meta({ description: field, 'x-labels': labels });
}
