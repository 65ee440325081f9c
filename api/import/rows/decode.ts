/**
 * Bytes to text. Systems send UTF-8 and spreadsheets GB18030, and files do not say which. Both read alike up to the first
 * byte outside ASCII, so the decision waits for that byte and for enough bytes after it to be certain.
 */
import iconv from 'iconv-lite';
import { Refusal } from '../../../domain/errors.ts';
import { isCompound, isZip, withHead } from './head.ts';

/** Bytes, from the first one outside ASCII, that decide the encoding. */
const EVIDENCE = 16 * 1024;
const REMEDY =
  '请在表格软件中选择“文件—另存为”，保存类型选“Excel 工作簿（.xlsx）”、“CSV UTF-8（逗号分隔）”或 GB18030 编码的 CSV，再重新上传';

type Encoding = 'utf-8' | 'gb18030';

/** What both decoders of a file in pieces offer: each keeps a character that is cut between two pieces. */
interface Decoder {
  write(bytes: Buffer): string;
  end(): string;
}

/** @throws Refusal (at the first pull) for workbooks, UTF-16 and other files that are not text. */
export async function* decodeText(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: Decoder | undefined;
  let evidence: Buffer | undefined;
  let isFirst = true;
  const { head, all } = await withHead(stream);
  for await (const bytes of all) {
    if (isFirst) refuseBinary(head);
    isFirst = false;
    if (decoder) {
      yield decoder.write(bytes);
      continue;
    }
    let gathered = evidence ? Buffer.concat([evidence, bytes]) : bytes;
    if (!evidence) {
      const start = gathered.findIndex((byte) => byte >= 0x80);
      yield gathered.toString('latin1', 0, start < 0 ? gathered.length : start);
      if (start < 0) continue;
      gathered = gathered.subarray(start);
    }
    evidence = gathered;
    if (evidence.length < EVIDENCE) continue;
    decoder = decoderFor(encodingOf(evidence, false));
    yield decoder.write(evidence);
  }
  if (!decoder && evidence) {
    decoder = decoderFor(encodingOf(evidence, true));
    yield decoder.write(evidence);
  }
  if (decoder) yield decoder.end();
}

function refuseBinary(head: Buffer): void {
  const startsWith = (...prefix: number[]) => prefix.every((byte, index) => head[index] === byte);
  const refuse = (message: string, remedy = REMEDY) => {
    throw new Refusal('input.unsupported-encoding', message, { remedy });
  };
  if (startsWith(0xff, 0xfe) || startsWith(0xfe, 0xff)) refuse('文件编码为 UTF-16（Unicode 文本），无法导入');
  if (isCompound(head)) {
    refuse(
      '文件是旧版 Excel 工作簿（.xls）或设有打开密码的工作簿，无法读取',
      '请在表格软件中打开，取消打开密码，另存为“Excel 工作簿（.xlsx）”或 CSV 后重新上传',
    );
  }
  // Where workbooks are read, they do not come here.
  if (isZip(head)) refuse('文件是 Excel 工作簿或压缩包，不是 CSV 或 JSONL 文本');
  if (head.includes(0)) refuse('文件不是文本文件，无法导入');
}

function encodingOf(evidence: Buffer, isWholeFile: boolean): Encoding {
  if (evidence[0] === 0xef && evidence[1] === 0xbb && evidence[2] === 0xbf) return 'utf-8';
  try {
    // `stream` allows a character that is cut at the end of the window, and no other error.
    new TextDecoder('utf-8', { fatal: true }).decode(evidence, { stream: !isWholeFile });
    return 'utf-8';
  } catch {
    return isDamagedUtf8(evidence) ? 'utf-8' : 'gb18030';
  }
}

/**
 * Tells damaged UTF-8 from GB18030: read as GB18030, one bad byte would turn every name of a UTF-8 file into other valid
 * characters. GB18030 text hardly ever forms the three-byte sequences of Chinese in UTF-8; damaged UTF-8 has more of them
 * than errors.
 */
function isDamagedUtf8(evidence: Buffer): boolean {
  const text = new TextDecoder('utf-8').decode(evidence);
  const errors = text.match(/\uFFFD/g)?.length ?? 0;
  const wide = text.match(/[\u0800-\uFFFC]/g)?.length ?? 0;
  return wide > 2 * errors;
}

function decoderFor(encoding: Encoding): Decoder {
  if (encoding === 'utf-8') {
    const decoder = new TextDecoder('utf-8');
    return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
  }
  const decoder = iconv.getDecoder('gb18030');
  return { write: (bytes) => asOf2022(decoder.write(bytes)), end: () => asOf2022(decoder.end() ?? '') };
}

/** The characters for private use that GB 18030-2005 had, and those that GB 18030-2022 has in their place. */
const PRIVATE =
  '\uE78D\uE78E\uE78F\uE790\uE791\uE792\uE793\uE794\uE795\uE796\uE81E\uE826\uE82B\uE82C\uE832\uE843\uE854\uE864';
const OF_2022 =
  '\uFE10\uFE12\uFE11\uFE13\uFE14\uFE15\uFE16\uFE17\uFE18\uFE19\u9FB4\u9FB5\u9FB6\u9FB7\u9FB8\u9FB9\u9FBA\u9FBB';
const ANY_PRIVATE = new RegExp(`[${PRIVATE}]`, 'g');

/** The decoder knows the edition of 2005: names would hold characters that no other system can show. */
const asOf2022 = (text: string): string =>
  text.replaceAll(ANY_PRIVATE, (character) => OF_2022.charAt(PRIVATE.indexOf(character)));
