/** 失信名单条目: its workflow's input, and its row at the opening. */
import { listingCaseId, type ListingKey } from '../../case/id.ts';
import type { NewCase } from '../../case/case.ts';
import type { LegalDate } from '../../clock/calendar.ts';
import type { DishonestyList } from '../../publicity/dishonesty-lists.ts';
import type { ListingQuestion } from './question.ts';
import type { ConcernedDepartment } from '../../organs/sanction-measures.ts';

/** The workflow's input. Codes only: names and grounds stay in PostgreSQL (第十九条). */
export interface ListingInput extends ListingKey {
  list: DishonestyList;
  regionCode: string;
  /** Who holds the entry: the organ that decided it; of a court's, the region's 登记机关, which may not end it. */
  departmentCode: string;
  measuresVersion: string;
  departments: ConcernedDepartment[];
  /** Engine time, epoch ms. */
  listedAt: number;
  /** When the entry ends by itself, or a court is asked. Absent: when it is removed. Entries of earlier commits have none. */
  term?: ListingTerm;
}

/** 列入期限 */
export interface ListingTerm {
  listedUntil: LegalDate;
  /** The end of that day, engine time, epoch ms. */
  expiresAt: number;
  /** How long after it the timer may run, in ms of engine time (domain/clock/spread.ts). */
  spread: number;
}

/** Facts of a listing that requirements, the API and the workflow look at. */
export interface ListingFacts {
  list?: DishonestyList;
  /** 列入期限: the last day, after which the entry ends by itself; a court's goes on until the court ends it. */
  listedUntil?: LegalDate;
  /** The department that decides in place of the one that was retired. */
  succeededBy?: string;
  /** The departments that were told. */
  departments?: string[];
  appeal?: { state: 'pending' | 'rejected' | 'upheld' };
  /** 名单核实 */
  question?: ListingQuestion;
  /** A court's entry: its term is over, and the question has been put. */
  termQuestioned?: true;
  /** The departments that confirmed their lifting. */
  confirmed?: string[];
  /** When restrictions end, by the case id of the notice that decided them. */
  restrictionTerms?: Record<string, RestrictionTerm>;
}

/** 限制期: until when a department restricts because of the listing. */
export interface RestrictionTerm {
  validUntil: LegalDate;
  /** The end of that day, engine time, epoch ms. */
  expiresAt: number;
  /** How long after it the timer may run, in ms of engine time (domain/clock/spread.ts). */
  spread: number;
  /** It has ended. Stays, so that a repeated message begins no second one. */
  expired?: true;
}

/** A court decides on its own list alone (法释〔2013〕17号): it has no accounts here, only its feed. */
export const isOfCourt = (list: DishonestyList | undefined): boolean => list === 'court-debtor';

export function openedListing(input: ListingInput): NewCase {
  const { list, measuresVersion, departments, departmentCode, regionCode, term } = input;
  return {
    ...namedByDocument(input),
    caseId: listingCaseId(input),
    caseType: 'listing',
    departmentCode,
    regionCode,
    parentCaseId: null,
    stage: 'listed',
    openedAt: input.listedAt,
    facts: {
      list,
      measuresVersion,
      departments: departments.map((one) => one.departmentCode),
      ...(term && { listedUntil: term.listedUntil }),
    },
  };
}

/** Case number, enterprise and round of a case under a listing. The round is always 1: a new decision has a new number. */
export const namedByDocument = ({ documentNo, uscc }: ListingKey) => ({ caseNo: documentNo, uscc, round: 1 });
