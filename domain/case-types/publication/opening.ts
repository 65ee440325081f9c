/** 信息归集公示: its workflow's input, and its row at the opening. */
import { publicationId } from '../../case/id.ts';
import type { LegalDate } from '../../clock/calendar.ts';
import type { NewCase } from '../../case/case.ts';
import type { PublicitySection } from '../../publicity/sections.ts';
import type { RecordEvent } from '../../publicity/record-events.ts';
import type { RecordKind } from '../../publicity/record-fields.ts';

export interface PublicationInput {
  recordId: string;
  kind: RecordKind;
  section: PublicitySection;
  documentNo: string;
  uscc: string;
  departmentCode: string;
  regionCode: string;
  /** The day from which both limits, submission and publication, count. */
  generatedOn: LegalDate;
  /** Engine time, epoch ms. */
  receivedAt: number;
  /** Received after the seven working days: accepted, and the breach is recorded. */
  late: boolean;
  /** The event of the record that is published, instead of the record itself. */
  event?: PublishedEvent;
  /**
   * Who entered it, where another person of the department must review it before it counts as handed over
   * (第十九条第一款).
   */
  reviewOf?: string;
}

/** An event of a record, by codes only: what it says stays in PostgreSQL. */
interface PublishedEvent {
  event: RecordEvent;
  /** Its part of the case's id (db/intake/record-events.ts). */
  eventId: string;
  /** The record's version that it brings. */
  version: number;
  /** 三日内撤回: the decision that was published must be withdrawn within three days (行政处罚法第四十八条第二款). */
  withdrawsDecision: boolean;
}

export interface PublicationFacts {
  /** The version that is to be published. */
  version: number;
  recordId?: string;
  event?: RecordEvent;
  internalReview?: boolean;
}

export function openedPublication(input: PublicationInput): NewCase {
  const { recordId, kind, section, generatedOn, late, event, reviewOf } = input;
  const isReviewed = reviewOf !== undefined;
  return {
    caseId: publicationId(recordId, event?.eventId),
    caseType: 'publication',
    caseNo: input.documentNo,
    uscc: input.uscc,
    round: 1,
    departmentCode: input.departmentCode,
    regionCode: input.regionCode,
    parentCaseId: null,
    stage: isReviewed ? 'internalReview' : 'received',
    openedAt: input.receivedAt,
    facts: {
      recordId,
      kind,
      section,
      generatedOn,
      late,
      version: event?.version ?? 1,
      ...(event && { event: event.event }),
      ...(isReviewed && { internalReview: true, appliedBy: reviewOf }),
    },
  };
}
