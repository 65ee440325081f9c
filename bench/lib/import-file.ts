/** Sends a file of registrations and reads the answer while it arrives, line by line. */
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { PROVINCE } from '../contestants/product.ts';
import type { Office } from './office.ts';

export interface Imported {
  /** Of the whole file, from its first byte to the last line of the answer. */
  seconds: number;
  accepted: number;
  rejected: number;
}

/**
 * @param onCases called for each row that opened cases.
 * @throws Error where the file is refused or breaks off
 */
export async function importFile(
  { api, office, rows }: { api: string; office: Office; rows: readonly object[] },
  onCases: (registrationNo: string, caseIds: string[]) => void = () => undefined,
): Promise<Imported> {
  const began = performance.now();
  const headers = { ...office.authorization(PROVINCE), 'content-type': 'application/x-ndjson' };
  const sent = request(`${api}/api/v1/registrations/import`, { method: 'POST', headers });
  const answered = new Promise<Imported>((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (response) => {
      const lines = createInterface({ input: response });
      let last = '';
      lines.on('line', (line) => {
        last = line;
        const { registrationNo, caseIds } = JSON.parse(line) as { registrationNo?: string; caseIds?: string[] };
        if (registrationNo && caseIds) onCases(registrationNo, caseIds);
      });
      lines.on('close', () => {
        const { summary } = JSON.parse(last || '{}') as {
          summary?: { accepted: number; rejected: number; failure?: string };
        };
        const seconds = (performance.now() - began) / 1000;
        if (summary && !summary.failure) resolve({ seconds, accepted: summary.accepted, rejected: summary.rejected });
        else reject(new Error(`导入没有完成：${response.statusCode} ${last.slice(0, 300)}`));
      });
    });
  });
  await finished(Readable.from(linesOf(rows)).pipe(sent));
  return answered;
}

function* linesOf(rows: readonly object[]): Generator<string> {
  for (const row of rows) yield `${JSON.stringify(row)}\n`;
}
