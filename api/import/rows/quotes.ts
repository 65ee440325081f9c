/** Where quoted cells begin and end in a line of CSV. */

/**
 * The state after a line: `closed`, `open` (the cell goes on in the next line), or `bad`.
 * Marks inside an unquoted cell (经营"好"字号) are taken literally, but only in a row of one line. In longer rows every mark
 * opens, closes or doubles; a line that opens a cell therefore never also continues one, and no file makes the reader go
 * over its lines again and again.
 * @param isOpen whether the line begins inside a quoted cell.
 */
export function quotesAfter(line: string, isOpen: boolean): 'closed' | 'open' | 'bad' {
  if (!line.includes('"')) return isOpen ? 'open' : 'closed';
  let state: 'start' | 'plain' | 'quoted' | 'ended' = isOpen ? 'quoted' : 'start';
  let hasStray = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    const isMark = character === '"';
    if (state === 'quoted') {
      if (isMark && line.charAt(at + 1) === '"') at += 1;
      else if (isMark) state = 'ended';
    } else if (character === ',') state = 'start';
    else if (/\s/.test(character)) continue;
    else if (state === 'ended') return 'bad';
    else if (state === 'start') state = isMark ? 'quoted' : 'plain';
    else if (isMark) hasStray = true;
  }
  if (hasStray && (isOpen || state === 'quoted')) return 'bad';
  return state === 'quoted' ? 'open' : 'closed';
}
