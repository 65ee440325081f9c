/** A record's content as one digest: two hand-overs of the same content are told by it. */
import { createHash } from 'node:crypto';
import { canonicalRecord } from '../../domain/publicity/record.ts';

export const contentHash = (content: Record<string, unknown>): string => digest(canonicalRecord(content));

export const digest = (text: string) => createHash('sha256').update(text).digest('hex');
