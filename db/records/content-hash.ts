/** A digest of a record's content, by which a repeated hand-over is recognised. */
import { createHash } from 'node:crypto';
import { canonicalRecord } from '../../domain/publicity/record.ts';

export const contentHash = (content: Record<string, unknown>): string => digest(canonicalRecord(content));

export const digest = (text: string) => createHash('sha256').update(text).digest('hex');
