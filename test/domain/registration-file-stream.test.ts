import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { REGISTRATION_FILE } from '../../api/import/registration-file.ts';
import { parseRowFile } from '../../api/import/row-file.ts';
import { Refusal } from '../../domain/errors.ts';
import {
  CHINESE_HEADER,
  csvRow,
  cutAt,
  cutEvery,
  HEADER,
  lines,
  read,
  refusalOf,
  streamOf,
} from '../support/registration-files.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

/** Bytes still referenced: uncollected garbage must not count. */
function liveHeap(): number {
  if (typeof collectGarbage === 'function') collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe('a file as a stream', () => {
  const rows = lines(CHINESE_HEADER, csvRow('A', '龘𠮷"模"'), csvRow('B', '甲', '"一\r\n二"'), 'x,"', csvRow('C'), '');
  test.each([
    ['UTF-8', Buffer.from(`\uFEFF${rows.replaceAll(/\r?\n/g, '\r\n')}`)],
    ['GB18030', iconv.encode(rows, 'gb18030')],
    ['CR', Buffer.from(rows.replaceAll(/\r?\n/g, '\r'))],
  ])('gives the same rows however its bytes are cut (%s)', async (_, bytes) => {
    const whole = await read(bytes);
    expect(whole).toHaveLength(4);
    for (let size = 1; size < 40; size += 1) expect(await read(cutEvery(bytes, size))).toEqual(whole);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(30)), async (sizes) => {
        expect(await read(cutAt(bytes, sizes))).toEqual(whole);
      }),
    );
  });

  test('of arbitrary bytes gives rows or a refusal, never another error', async () => {
    const bytes = fc.array(fc.constantFrom(...Buffer.from('",\r\n\t {}:ab'), 0x81, 0xd6, 0xe4, 0xb8, 0xad, 0xff, 0));
    await fc.assert(
      fc.asyncProperty(bytes, fc.boolean(), async (content, withHeader) => {
        const file = Buffer.concat([Buffer.from(withHeader ? `${HEADER}\n` : ''), Buffer.from(content)]);
        const outcome: unknown = await read(file).catch((error: unknown) => error);
        expect(Array.isArray(outcome) || outcome instanceof Refusal).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('white space of any kind around quotes costs at most its own row', async () => {
    const row = fc.string({ unit: fc.constantFrom('"', '"', ',', 'a', '\v', '\f', '\u00A0', '\u3000', '\uFEFF') });
    await fc.assert(
      fc.asyncProperty(row, async (odd) => {
        const result = await read(lines(HEADER, odd, csvRow('A'), csvRow('B', '"甲"')));
        expect(result.slice(-2).map(({ line, value }) => `${line} ${value?.name}`)).toEqual(['3 甲', '4 甲']);
      }),
      { numRuns: 2000 },
    );
  });

  test('a row above the limit ends the reading with a refusal; those before it were given', async () => {
    const given: unknown[] = [];
    const reading = (async () => {
      const file = streamOf(lines(HEADER, csvRow('A'), csvRow('B'), csvRow('C')));
      for await (const row of parseRowFile(file, REGISTRATION_FILE, { maxRows: 2 })) given.push(row);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'input.too-large', message: '文件超过2行，第4行起未读取' });
    expect(given).toHaveLength(2);
  });

  test('with too many bytes ends where they are too many, blank lines included', async () => {
    const within = Buffer.from(lines(HEADER, csvRow('A'), csvRow('B'), ''));
    const maxBytes = within.length + 10;
    expect(await read(cutEvery(Buffer.concat([within, Buffer.alloc(10, '\n')]), 20), { maxBytes })).toHaveLength(2);
    const { code } = await refusalOf(cutEvery(Buffer.concat([within, Buffer.alloc(11, '\n')]), 20), { maxBytes });
    expect(code).toBe('input.too-large');
  });

  test('a consumer that stops reading closes the stream', async () => {
    const stream = streamOf(cutEvery(Buffer.from(lines(HEADER, csvRow('A'), csvRow('B'))), 10));
    for await (const row of parseRowFile(stream, REGISTRATION_FILE)) {
      expect(row.line).toBe(2);
      break;
    }
    expect(stream.destroyed).toBe(true);
  });

  test('100,000 rows are read with bounded memory, and no faster than they are taken', async () => {
    let produced = 0;
    function* chunks() {
      yield Buffer.from(`${HEADER}\n`);
      for (; produced < 100_000; produced += 100) {
        const block = Array.from({ length: 100 }, (_, i) => csvRow(`N${produced + i}`, '甲', '餐饮服务'.repeat(20)));
        yield iconv.encode(`${block.join('\n')}\n`, 'gb18030');
      }
    }
    const before = liveHeap();
    let count = 0;
    for await (const row of parseRowFile(Readable.from(chunks(), { highWaterMark: 1 }), REGISTRATION_FILE)) {
      count += 1;
      expect(row.value?.registrationNo).toBe(`N${count - 1}`);
      if (count % 20_000 !== 0) continue;
      expect(produced - count).toBeLessThan(1000);
      expect(liveHeap() - before).toBeLessThan(10 * 1024 * 1024);
    }
    expect(count).toBe(100_000);
  });
});
