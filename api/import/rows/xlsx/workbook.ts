/** What a workbook says of itself: its sheets, and where its parts are. */
import { posix } from 'node:path';
import { Refusal } from '../../../../domain/errors.ts';
import { MAX_SMALL_PART, type Archive } from './archive.ts';
import { damaged } from './refusals.ts';
import { readAll, type Attributes } from './xml.ts';

interface Relation {
  /** The last segment of its type, which transitional and strict files share: `worksheet`, `styles`. */
  type: string;
  part: string;
}

export interface Workbook {
  /** The sheet that is read. */
  sheet: { name: string; part: string };
  sharedStrings?: string;
  styles?: string;
  isFrom1904: boolean;
}

interface Sheet {
  name: string;
  isVisible: boolean;
  part: string;
}

/** Sheets that a refusal names. */
const NAMED = 20;

/** The relations of a part, whose targets are relative to it. */
async function relationsOf(archive: Archive, part: string): Promise<Map<string, Relation>> {
  const folder = posix.dirname(part);
  const relations = new Map<string, Relation>();
  await readAll(archive.read(posix.join(folder, '_rels', `${posix.basename(part)}.rels`), MAX_SMALL_PART), {
    open: (name, { Id, Type = '', Target = '', TargetMode }) => {
      if (name !== 'Relationship' || Id === undefined || TargetMode === 'External') return;
      const path = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
      relations.set(Id, { type: posix.basename(Type), part: path });
    },
  });
  return relations;
}

/** @param sheet the name of the sheet to read; the first visible one where absent. */
export async function readWorkbook(archive: Archive, sheet: string | undefined): Promise<Workbook> {
  if (!archive.has('_rels/.rels')) {
    throw new Refusal('input.unsupported-encoding', '文件是压缩包，不是 Excel 工作簿', {
      remedy: '请解压后上传其中的 .xlsx、CSV 或 JSONL 文件',
    });
  }
  const root = [...(await relationsOf(archive, ''))].find(([, { type }]) => type === 'officeDocument')?.[1].part;
  if (root === undefined || !/\.xml$/i.test(root)) throw damaged('如为 .xlsb、.ods 等其他格式，请另存');
  const relations = await relationsOf(archive, root);
  const sheets: Sheet[] = [];
  let isFrom1904 = false;
  await readAll(archive.read(root, MAX_SMALL_PART), {
    open: (name, attributes) => {
      if (name === 'workbookPr') isFrom1904 = /^(1|true|on)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const relation = relations.get(relationIdOf(attributes));
      // Charts and macros have sheets of their own.
      if (relation?.type !== 'worksheet') return;
      const isVisible = (attributes['state'] ?? 'visible') === 'visible';
      sheets.push({ name: attributes['name'] ?? '', isVisible, part: relation.part });
    },
  });
  const partOf = (wanted: string) => [...relations.values()].find(({ type }) => type === wanted)?.part;
  const sharedStrings = partOf('sharedStrings');
  const styles = partOf('styles');
  return {
    sheet: chosen(sheets, sheet),
    isFrom1904,
    ...(sharedStrings !== undefined && { sharedStrings }),
    ...(styles !== undefined && { styles }),
  };
}

/** `r:id`, whatever the prefix is. */
const relationIdOf = (attributes: Attributes): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';

function chosen(sheets: readonly Sheet[], name: string | undefined): Sheet {
  const wanted = name?.trim();
  const found = sheets.find((sheet) => (wanted === undefined ? sheet.isVisible : sheet.name.trim() === wanted));
  if (found) return found;
  if (wanted === undefined) throw damaged('没有可见的工作表');
  const names = sheets.slice(0, NAMED).map((sheet) => `“${sheet.name}”`);
  throw new Refusal('input.invalid', `工作簿中没有名为“${wanted}”的工作表`, {
    remedy: `请改为其中之一：${names.join('、')}；不指定的，读取第一个可见的工作表`,
  });
}
