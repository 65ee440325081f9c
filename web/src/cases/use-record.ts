/** A record with all its versions. */
import { useQuery } from '@tanstack/react-query';
import type { RecordKind, ShownField } from '../../../domain/publicity/record-fields.ts';
import type { RecordEventView } from '../../../api/views/record.ts';
import { get } from '../api/client.ts';

export interface RecordVersion {
  version: number;
  caseId: string;
  withdraws: boolean;
  shownFrom: string | null;
  shownUntil: string | null;
  fields: ShownField[];
  event: RecordEventView | null;
  publicUntil: string | null;
  publicBasis: string | null;
}

export interface WholeRecord {
  kind: RecordKind;
  kindTitle: string;
  documentNo: string;
  uscc: string;
  departmentCode: string;
  versions: RecordVersion[];
  attribution: { department: number; platform: number; total: number };
}

/** The version that is shown now; undefined before publication and after withdrawal. */
export const shownOf = ({ versions }: WholeRecord): RecordVersion | undefined =>
  versions.find(({ shownFrom, shownUntil }) => shownFrom !== null && shownUntil === null);

export function useRecord(recordId: string) {
  return useQuery({
    queryKey: ['record', recordId],
    // A correction must start from the version that is shown now.
    refetchOnMount: 'always',
    queryFn: ({ signal }) => get<WholeRecord>(`/records/${encodeURIComponent(recordId)}`, {}, signal),
  });
}
