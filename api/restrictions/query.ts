/** Answers a query about the restrictions of many enterprises, and logs who asked (第九条第一款、第十九条第二款). */
import { z } from 'zod';
import { logRestrictionQuery } from '../../db/intake/restriction-queries.ts';
import type { Account } from '../../db/queries/accounts.ts';
import { enterpriseNames } from '../../db/queries/enterprise-names.ts';
import { restrictionsInForce } from '../../db/queries/restrictions.ts';
import { readCodes, wordWrong } from '../../domain/case-types/sanction-notice/restriction-query.ts';
import type { RestrictionQuery } from '../../domain/case-types/sanction-notice/restriction-query-body.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { Refusal } from '../../domain/errors.ts';
import { legalNow, type ApiContext } from '../context.ts';
import { restrictionSchema, viewRestrictions, type RestrictionView } from '../views/restriction.ts';

export const answerSchema = z
  .object({
    asOf: z.iso.date().describe('答复的是哪一日'),
    items: z.array(
      z.object({
        uscc: z.string(),
        name: z.string().nullable().describe('null：平台上没有该企业的信息'),
        restricted: z.boolean(),
        restrictions: z.array(restrictionSchema),
      }),
    ),
  })
  .meta({ id: 'RestrictionAnswer' });

export type RestrictionAnswer = z.infer<typeof answerSchema>;

/**
 * @returns an answer for each code, in the order asked, each code once.
 * @throws Refusal uscc.invalid naming the codes that are none: then nothing is answered, and nothing is logged.
 */
export async function answerQuery(
  api: ApiContext,
  account: Account,
  { codes: given, asOf, personAsking }: RestrictionQuery,
  downloaded: boolean,
): Promise<RestrictionAnswer> {
  const { codes, wrong } = readCodes(given);
  if (wrong.length > 0) {
    throw new Refusal('uscc.invalid', wordWrong(wrong), { remedy: '请更正或删除后重新查询', details: wrong });
  }
  const now = legalNow(api);
  const day = asOf ?? legalDateOf(now.getTime());
  const rows = await restrictionsInForce(api.db, codes, asOf ? { day: asOf } : { now });
  const names = await enterpriseNames(api.db, codes);
  const found = new Map<string, RestrictionView[]>();
  for (const { uscc, ...view } of await viewRestrictions(api, rows))
    found.set(uscc, [...(found.get(uscc) ?? []), view]);
  await logRestrictionQuery(api.db, account, {
    at: now,
    personAsking: personAsking || account.displayName,
    asOf: day,
    codes,
    restricted: found.size,
    downloaded,
  });
  const items = codes.map((uscc) => {
    const restrictions = found.get(uscc) ?? [];
    return { uscc, name: names.get(uscc) ?? null, restricted: restrictions.length > 0, restrictions };
  });
  return { asOf: day, items };
}

const COLUMNS: readonly [string, (restriction: RestrictionView) => string | null][] = [
  ['限制措施', ({ measure, measureId }) => measure ?? measureId],
  ['领域', ({ domain }) => domain],
  ['作出部门', ({ departmentName, departmentCode }) => departmentName ?? departmentCode],
  ['决定日期', ({ decidedOn }) => decidedOn],
  ['决定文号', ({ decisionNo }) => decisionNo],
  ['依据', ({ decisionBasis, basis }) => decisionBasis ?? basis],
  ['限制自', ({ validFrom }) => validFrom],
  ['限制至', ({ validUntil }) => validUntil ?? '至解除之日'],
  ['提请人', ({ personAsking }) => personAsking],
  ['名单', ({ listTitle }) => listTitle],
  ['列入文号', ({ documentNo }) => documentNo],
  ['列入机关', ({ authority }) => authority],
];

/** @returns the header and a row for each restriction; an enterprise without any has one row that says so. */
export function* rowsOf({ asOf, items }: RestrictionAnswer): Generator<string[]> {
  yield ['查询日期', '统一社会信用代码', '名称', '是否受限', ...COLUMNS.map(([title]) => title)];
  for (const { uscc, name, restrictions } of items) {
    const about = [asOf, uscc, name ?? '（平台上没有该企业的信息）'];
    if (restrictions.length === 0) yield [...about, '否', ...COLUMNS.map(() => '')];
    for (const restriction of restrictions) yield [...about, '是', ...COLUMNS.map(([, of]) => of(restriction) ?? '')];
  }
}
