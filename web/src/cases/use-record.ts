/** A record with all its versions. */
import { useQuery } from '@tanstack/react-query';
import type { RecordKind, ShownField } from '../../../domain/publicity/record-fields.ts';
import { get } from '../api/client.ts';

export interface RecordVersion {
  version: number;
  caseId: string;
  withdraws: boolean;
  shownFrom: string | null;
  shownUntil: string | null;
  fields: ShownField[];
}

export interface WholeRecord {
  kind: RecordKind;
  versions: RecordVersion[];
  attribution: { department: number; platform: number; total: number };
}

export function useRecord(recordId: string) {
  return useQuery({
    queryKey: ['record', recordId],
    // A correction must start from the version that is shown now.
    refetchOnMount: 'always',
    queryFn: ({ signal }) => get<WholeRecord>(`/records/${encodeURIComponent(recordId)}`, {}, signal),
  });
}
