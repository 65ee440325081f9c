/** A table as a file to download: CSV or a workbook, from the same rows. */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { keysOf } from '../../domain/keys.ts';
import { csvFile } from './csv.ts';
import { streamedText } from './streaming.ts';
import type { TableRows } from './table.ts';
import { xlsxFile } from './xlsx.ts';

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const FORMATS = {
  csv: { type: 'text/csv; charset=utf-8', write: csvFile },
  xlsx: { type: XLSX_TYPE, write: xlsxFile },
} as const;

export type TableFormat = keyof typeof FORMATS;

/** The field of a query that asks for one of them. */
export const tableQuery = { format: z.enum(keysOf(FORMATS)).default('csv').describe('文件格式：CSV 或 Excel 工作簿') };

/** The schema of such an answer in a route's description. */
export const tableAnswer = {
  description: '表格文件',
  content: { 'text/csv': { schema: streamedText }, [XLSX_TYPE]: { schema: streamedText } },
};

interface TableFile {
  /** For clients that cannot read the Chinese name (RFC 6266). */
  ascii: string;
  name: string;
  rows: TableRows;
}

export function sendTable(reply: FastifyReply, format: TableFormat, { ascii, name, rows }: TableFile): FastifyReply {
  const { type, write } = FORMATS[format];
  const encoded = encodeURIComponent(`${name}.${format}`);
  return reply
    .header('content-type', type)
    .header('content-disposition', `attachment; filename="${ascii}.${format}"; filename*=UTF-8''${encoded}`)
    .send(write(rows));
}
