/** A digest of a record's content, by which a repeated hand-over is recognised. */
import { createHash } from 'node:crypto';
import { canonicalText } from '../../domain/fields.ts';

export const contentHash = (content: Record<string, unknown>): string => digest(canonicalText(content));

export const digest = (text: string) => createHash('sha256').update(text).digest('hex');
