/** 失信名单条目: what its workflow is started with, and how its row looks at the opening. */
import { listingCaseId, type ListingKey } from '../../case/id.ts';
import type { NewCase } from '../../case/case.ts';
import type { DishonestyList } from '../../publicity/dishonesty-lists.ts';
import type { ConcernedDepartment } from '../../organs/sanction-measures.ts';

/** What the workflow is started with. Codes only: names and grounds stay in PostgreSQL (第十九条). */
export interface ListingInput extends ListingKey {
  list: DishonestyList;
  regionCode: string;
  /** 登记机关 of the region: it keeps the entry. */
  departmentCode: string;
  measuresVersion: string;
  departments: ConcernedDepartment[];
  /** Engine time, epoch ms. */
  listedAt: number;
}

/** Facts of a listing that its requirements and its cascade look at. */
export interface ListingFacts {
  appeal?: { state: 'pending' | 'rejected' | 'upheld' };
  /** Departments that confirmed that nothing is restricted any more. */
  confirmed?: string[];
}

export function openedListing(input: ListingInput): NewCase {
  const { list, measuresVersion, departments, departmentCode, regionCode } = input;
  return {
    ...namedByDocument(input),
    caseId: listingCaseId(input),
    caseType: 'listing',
    departmentCode,
    regionCode,
    parentCaseId: null,
    stage: 'listed',
    openedAt: input.listedAt,
    facts: { list, measuresVersion, departments: departments.map((one) => one.departmentCode) },
  };
}

/** An entry is listed once: a new decision has a new document number. */
export const namedByDocument = ({ documentNo, uscc }: ListingKey) => ({ caseNo: documentNo, uscc, round: 1 });
