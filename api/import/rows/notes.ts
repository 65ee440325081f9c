/** Rows that explain a table and are none of its rows. */

/** How the first of those below a table begins (表格说明：1.……). What follows it in one cell belongs to it. */
const FIRST = /^(?:表格说明|填表说明|填报说明|填写说明|说明|备注|注)(?:\d*[:：]|$)/;
/** What a template says below the name of a column. */
const OF_COLUMN = /^[（(【[]?(?:必填|选填)/;
/** Stands in the name of a template's example rows: one that nobody deleted must not become a registration. */
export const EXAMPLE_MARK = '（示例，请删除本行）';

/** Tells rows of notes, one call a row in the file's order. Below a first one, a row with a second cell is of the table again. */
export function createNotes(): (cells: readonly string[]) => boolean {
  let areNotes = false;
  return (cells) => {
    const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
    const [only = ''] = filled;
    areNotes = filled.length === 1 && (areNotes || FIRST.test(only));
    const areOfColumns = filled.length > 0 && filled.every((cell) => OF_COLUMN.test(cell));
    return areNotes || areOfColumns || filled.some((cell) => cell.includes(EXAMPLE_MARK));
  };
}
