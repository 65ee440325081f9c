/** Rows below a table that explain it: files of official forms end with them (表格说明：1.……). */

/** How the first of them begins. What follows it in one cell belongs to it. */
const FIRST = /^(?:表格说明|填表说明|填报说明|填写说明|说明|备注|注)(?:\d*[:：]|$)/;

/** Tells rows of notes, one call a row in the file's order. A row with a second cell is a row of the table again. */
export function createNotes(): (cells: readonly string[]) => boolean {
  let areNotes = false;
  return (cells) => {
    const filled = cells.filter((cell) => cell.trim() !== '');
    const [only = ''] = filled;
    areNotes = filled.length === 1 && (areNotes || FIRST.test(only.trim()));
    return areNotes;
  };
}
