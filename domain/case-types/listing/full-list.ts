/** 全量名单 (第九条第一款): an organ's whole list of a day, compared with what the platform shows of it. */
import { z } from 'zod';
import { documentNumber } from '../../publicity/document-no.ts';
import { listingEntrySchema } from './entry.ts';

// Enough to know the entry by. A person's row is refused as everywhere.
const { shape } = listingEntrySchema;
export const fullListRowSchema = z
  .object({ partyType: shape.partyType, documentNo: shape.documentNo, uscc: shape.uscc })
  .describe('全量名单的条目');

/** What tells two entries of one list apart. */
export type FullListKey = Pick<z.output<typeof fullListRowSchema>, 'documentNo' | 'uscc'>;

/** What the list has and the platform does not show for this organ. */
export const UNKNOWN_STANDINGS = {
  absent: '平台没有该条目，请以列入行报送',
  removed: '平台上已移出，请核对；再次列入的，以新的决定文书号报送',
  elsewhere: '平台上由其他机关列入，或不在本账号管辖区域，请核对',
} as const;
export type UnknownStanding = keyof typeof UNKNOWN_STANDINGS;

/** One line for each entry, by which lists are compared and summed. Of earlier commits' entries the number is spelled as today's. */
export const lineOf = ({ documentNo, uscc }: FullListKey): string => `${documentNumber(documentNo)},${uscc}`;

/**
 * @returns `missing`: what the platform shows and the list lacks. `unknown`: what the list has and the platform does not.
 *   `common`: the platform's entries that stand in the list.
 */
export function compareLists<Ours extends FullListKey>(
  ours: readonly Ours[],
  theirs: readonly FullListKey[],
): { missing: Ours[]; unknown: FullListKey[]; common: Ours[] } {
  const unknown = new Map(theirs.map((key) => [lineOf(key), key]));
  const missing: Ours[] = [];
  const common: Ours[] = [];
  for (const entry of ours) (unknown.delete(lineOf(entry)) ? common : missing).push(entry);
  return { missing, unknown: [...unknown.values()], common };
}

/** More missing entries than this are no daily change: the list itself is doubtful, and its sender is asked first. */
export const mostMissing = (count: number): number => Math.max(100, Math.ceil(count / 10));
