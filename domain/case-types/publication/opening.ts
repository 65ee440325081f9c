/** 信息归集公示: its workflow's input, and its row at the opening. */
import { publicationId } from '../../case/id.ts';
import type { LegalDate } from '../../clock/calendar.ts';
import type { NewCase } from '../../case/case.ts';
import type { PublicitySection } from '../../publicity/sections.ts';
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
}

export interface PublicationFacts {
  /** The version that is to be published. */
  version: number;
}

export function openedPublication(input: PublicationInput): NewCase {
  const { recordId, kind, section, generatedOn, late } = input;
  return {
    caseId: publicationId(recordId),
    caseType: 'publication',
    caseNo: input.documentNo,
    uscc: input.uscc,
    round: 1,
    departmentCode: input.departmentCode,
    regionCode: input.regionCode,
    parentCaseId: null,
    stage: 'received',
    openedAt: input.receivedAt,
    facts: { recordId, kind, section, generatedOn, late, version: 1 },
  };
}
