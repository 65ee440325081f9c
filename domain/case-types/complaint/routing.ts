/** Which sector a complaint belongs to: by the approval item of the trade that is described, else by its category. */
import { COMPLAINT_CATEGORIES, type ComplaintCategory } from './rules.ts';

interface Described {
  category: ComplaintCategory;
  /** Texts about the trade, the most telling first: what the reporter says of it, the registered scope. */
  trades: readonly (string | undefined)[];
}

/**
 * The first text in which items of exactly one sector are found decides; a text that names several sectors decides nothing.
 * @param sectorsIn the sectors of the catalogue's items in a text.
 */
export function sectorOf({ category, trades }: Described, sectorsIn: (text: string) => readonly string[]): string {
  const { sector, byItem }: { sector: string; byItem?: true } = COMPLAINT_CATEGORIES[category];
  if (!byItem) return sector;
  for (const text of trades) {
    const found = new Set(text ? sectorsIn(text) : []);
    const [only] = found;
    if (found.size === 1 && only !== undefined) return only;
  }
  return sector;
}
