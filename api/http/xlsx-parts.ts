/** The parts of a workbook besides its rows (ECMA-376). */

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const FORMATS = 'http://schemas.openxmlformats.org';
const MAIN = `xmlns="${FORMATS}/spreadsheetml/2006/main"`;
const RELATIONS = `${FORMATS}/officeDocument/2006/relationships`;
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Places in `cellXfs` of the styles. */
export const DATE_STYLE = 1;
export const HEADER_STYLE = 2;
export const TEXT_STYLE = 3;

/** Every part is a sheet unless it is named: how many there will be is not known yet. */
export const CONTENT_TYPES = `${XML}<Types xmlns="${FORMATS}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`;

const relations = (rows: readonly string[]) =>
  `${XML}<Relationships xmlns="${FORMATS}/package/2006/relationships">${rows.join('')}</Relationships>`;
const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;

export const ROOT_RELATIONS = relations([relation('rId1', 'officeDocument', 'xl/workbook.xml')]);

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

export const workbookRelations = (sheets: number): string =>
  relations([
    ...numbers(sheets).map((n) => relation(`sheet${n}`, 'worksheet', `worksheets/sheet${n}.xml`)),
    relation('styles', 'styles', 'styles.xml'),
  ]);

export const workbook = (sheets: number): string =>
  `${XML}<workbook ${MAIN} xmlns:r="${RELATIONS}"><sheets>${numbers(sheets)
    .map((n) => `<sheet name="${n === 1 ? '表' : `表${n}`}" sheetId="${n}" r:id="sheet${n}"/>`)
    .join('')}</sheets></workbook>`;

/** Format 49 is text: what people type into a column of codes stays as they type it. */
export const STYLES = `${XML}<styleSheet ${MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/** In characters of the header's width; a Chinese one takes two. */
const widthOf = (title: string) => Math.min(40, Math.max(12, 2 * title.length + 4));

/** Down to the rows: the header stays in sight, and columns are wide enough for it. */
export function sheetHead(header: readonly string[]): string {
  const columns = header.map(
    (title, at) =>
      `<col min="${at + 1}" max="${at + 1}" width="${widthOf(title)}" style="${TEXT_STYLE}" customWidth="1"/>`,
  );
  const cols = columns.length > 0 ? `<cols>${columns.join('')}</cols>` : '';
  return `${XML}<worksheet ${MAIN}><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${cols}<sheetData>`;
}

export const SHEET_TAIL = '</sheetData></worksheet>';
