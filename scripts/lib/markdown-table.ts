/** Tables of generated documents. */

/** Chinese characters and their punctuation are two columns wide. */
const widthOf = (text: string) => text.length + (text.match(/[\u2E80-\uFFEF]/g)?.length ?? 0);

/** Aligned as oxfmt would align it, so that formatting leaves the file as it is. */
export function table(head: string[], rows: string[][]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => widthOf(cells[column] ?? ''))));
  const pad = (text: string, column: number) => text + ' '.repeat((widths[column] ?? 0) - widthOf(text));
  const line = (cells: string[]) => `| ${cells.map(pad).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
