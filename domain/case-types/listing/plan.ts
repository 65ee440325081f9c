/** Plans what follows from an entry of a list (第九条): who holds it, and which departments it concerns. Writes nothing. */
import { listingCaseId } from '../../case/id.ts';
import { Refusal } from '../../errors.ts';
import type { Actor } from '../../organs/actor.ts';
import { isWithin } from '../../organs/region-code.ts';
import { endOfDay, legalDateOf } from '../../clock/calendar.ts';
import { spreadOf, type Clock } from '../../clock/clock.ts';
import { groundIn } from '../../rule-sets/listing-rules.ts';
import { regionOfCode } from '../../registration/registration.ts';
import type { Region } from '../../organs/regions.ts';
import { concernedDepartments } from '../../organs/sanction-measures.ts';
import { DISHONESTY_LISTS } from '../../publicity/dishonesty-lists.ts';
import type { Reference } from '../../reference.ts';
import type { ListingEntry } from './entry.ts';
import { completedDates, type ListingDates } from './dates.ts';
import { isOfCourt, type ListingInput } from './opening.ts';

export interface PlannedListing {
  entry: ListingEntry;
  input: ListingInput;
  caseId: string;
  dates: ListingDates;
  /** Its code, given or told by the words; null where they are none of the list's. */
  ground: string | null;
}

/**
 * @param known where the enterprise is registered, which nothing that the entry states overrides; else where a list or a record named it.
 * @param now engine time, epoch ms.
 * @throws Refusal region.unknown, access.denied, department.unknown, input.invalid
 */
export function planListing(
  reference: Reference,
  actor: Actor,
  entry: ListingEntry,
  known: EnterprisePlace = {},
  { now, clock }: { now: number; clock: Clock },
): PlannedListing {
  const { list, documentNo, uscc } = entry;
  const region = regionOfListing(reference, actor, entry, known);
  const authority = decidingOrgan(reference, entry, region.code);
  const { dates, term } = termOf(entry, now, clock);
  const { version, measures } = reference.measures;
  const departments = concernedDepartments(measures, reference.router, list, region.code);
  if (!authority || departments.length === 0) {
    // Without departments nobody would be told, and nobody could lift the entry.
    const message = `惩戒措施目录（${version}）中没有针对${DISHONESTY_LISTS[list]}的措施，请平台管理员补充目录后重新提交`;
    throw new Refusal('department.unknown', message);
  }
  const input: ListingInput = {
    list,
    documentNo,
    uscc,
    regionCode: region.code,
    departmentCode: authority.code,
    measuresVersion: version,
    departments,
    listedAt: now,
    ...(term && { term }),
  };
  const ground = entry.ground ?? groundIn(entry.grounds, list, entry.listedOn) ?? null;
  return { entry, input, caseId: listingCaseId(input), dates, ground };
}

/** Where the record says that an enterprise is: registered, or named by a list or a record. */
export interface EnterprisePlace {
  registeredIn?: string;
  namedIn?: string;
}

/** The enterprise's region: nothing that the entry states overrides the record's. @throws Refusal region.unknown, access.denied */
export function regionOfListing(
  reference: Reference,
  actor: Actor,
  { regionCode, uscc }: Pick<ListingEntry, 'regionCode' | 'uscc'>,
  { registeredIn, namedIn }: EnterprisePlace,
): Region {
  const code = registeredIn ?? regionCode ?? namedIn ?? regionOfCode(uscc);
  const region = reference.regions.resolve(code);
  if (!region) {
    const message = `行政区划代码${code}不在${reference.province.name}行政区划（GB/T 2260）中，请填写企业登记地`;
    throw new Refusal('region.unknown', message);
  }
  if (!isWithin(region.code, actor.regionCode)) {
    throw new Refusal('access.denied', `${region.name}不在本登记机关的管辖区域内，请由有管辖权的登记机关提交`);
  }
  return region;
}

/**
 * The organ that decided the entry, which alone ends it. Where none is named, the registering authority, which keeps both lists of
 * the market regulators (企业信息公示暂行条例第十七条). A court is no department; the authority only holds what it lists.
 */
export function decidingOrgan(
  { departments, router }: Reference,
  { list, authorityCode }: ListingEntry,
  regionCode: string,
): { code: string } | undefined {
  if (authorityCode === undefined) return router.registeringAuthority(regionCode);
  if (isOfCourt(list)) {
    throw new Refusal('input.invalid', `${DISHONESTY_LISTS[list]}由人民法院列入，法院没有部门代码`, {
      remedy: '请删除列入机关的部门代码，只填写执行法院的名称',
    });
  }
  const department = departments.get(authorityCode);
  if (department && !department.retiredAt && isWithin(regionCode, department.regionCode)) return department;
  throw new Refusal('department.unknown', `列入机关的部门代码${authorityCode}不是对企业登记地有管辖权的在用部门`, {
    remedy: '请核对部门代码；已撤销的部门，填写承接其职责的部门',
  });
}

/** The timer of a court's entry does not end it, but asks whether it stands; it may be over already. */
function termOf(
  entry: ListingEntry,
  now: number,
  clock: Clock,
): { dates: ListingDates; term?: NonNullable<ListingInput['term']> } {
  const today = legalDateOf(clock.toLegal(now));
  const { dates, fault } = completedDates(entry, entry.severity, today);
  if (fault) throw new Refusal('input.invalid', fault, { remedy: '请核对失信严重程度和各日期' });
  const { listedUntil } = dates;
  if (!listedUntil) return { dates };
  if (listedUntil < today && !isOfCourt(entry.list)) {
    throw new Refusal('input.invalid', `列入期限已于${listedUntil}届满，不再列入`, { remedy: '请核对列入期限' });
  }
  const expiresAt = clock.toEngine(endOfDay(listedUntil));
  return { dates, term: { listedUntil, expiresAt, spread: spreadOf(clock) } };
}
