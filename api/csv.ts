/** CSV as Chinese Excel reads it: a byte order mark, quotes where needed, and no cell that runs as a formula. */
export const UTF8_BOM = '\uFEFF';

/** A cell that begins like a formula is disarmed (OWASP: CSV injection); names come from outside. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** A download's name: Chinese for people, beside one in ASCII for what cannot read it (RFC 6266). */
export const asFile = (ascii: string, name: string): string =>
  `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name)}`;

export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: string): string {
  const text = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
