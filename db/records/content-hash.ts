/** A digest of a record's content, by which a repeated hand-over is recognised. */
import { createHash } from 'node:crypto';
import { canonicalText } from '../../domain/fields.ts';

export const contentHash = (content: Record<string, unknown>): string => digest(canonicalText(content));

/** Whether a case keeps this content already: compared as PostgreSQL keeps it, for JSON has no place for what was left out. */
export const isSameContent = (kept: unknown, content: object): boolean =>
  contentHash(Object(kept)) === contentHash(JSON.parse(JSON.stringify(content)) as Record<string, unknown>);

export const digest = (text: string) => createHash('sha256').update(text).digest('hex');
