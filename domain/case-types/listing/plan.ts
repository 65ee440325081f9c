/** Plans what follows from an entry of a list (第九条): who holds it, and which departments it concerns. Writes nothing. */
import { listingCaseId } from '../../case/id.ts';
import { Refusal } from '../../errors.ts';
import type { Actor } from '../../organs/actor.ts';
import { isWithin } from '../../organs/region-code.ts';
import { concernedDepartments } from '../../organs/sanction-measures.ts';
import { DISHONESTY_LISTS } from '../../publicity/dishonesty-lists.ts';
import type { Reference } from '../../reference.ts';
import type { ListingEntry } from './entry.ts';
import type { ListingInput } from './opening.ts';

export interface PlannedListing {
  entry: ListingEntry;
  input: ListingInput;
  caseId: string;
}

/**
 * @param registeredIn the region of the enterprise's registration, where there is one.
 * @param now engine time, epoch ms.
 * @throws Refusal region.unknown, access.denied, department.unknown
 */
export function planListing(
  reference: Reference,
  actor: Actor,
  entry: ListingEntry,
  registeredIn: string | undefined,
  now: number,
): PlannedListing {
  const { list, documentNo, uscc } = entry;
  const code = entry.regionCode ?? registeredIn ?? uscc.slice(2, 8);
  const region = reference.regions.resolve(code);
  if (!region) {
    const message = `行政区划代码${code}不在湖南省行政区划（GB/T 2260）中，请填写企业登记地`;
    throw new Refusal('region.unknown', message);
  }
  if (!isWithin(region.code, actor.regionCode)) {
    throw new Refusal('access.denied', `${region.name}不在本登记机关的管辖区域内，请由有管辖权的登记机关提交`);
  }
  const authority = reference.router.registeringAuthority(region.code);
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
  };
  return { entry, input, caseId: listingCaseId(input) };
}
