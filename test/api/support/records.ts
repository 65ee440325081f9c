/** Records of 信息归集公示 for tests through HTTP. */
import { expect } from 'vitest';
import { auditLog, cases, records, recordVersions } from '../../../db/schema.ts';
import { addDays } from '../../../domain/clock/calendar.ts';
import { withCheckDigit } from '../../../domain/uscc.ts';
import { today } from '../../support/day.ts';
import type { Product } from '../../support/product.ts';
import { casePath } from './requests.ts';

export const PUBLICATIONS = '/api/v1/publications';
/** Invented, with a correct check character. */
export const CITIZEN = '110101199003070054';
let serial = 0;

export function record(more: Record<string, unknown> = {}) {
  serial += 1;
  return {
    kind: 'permit',
    name: `天心区归集企业${process.pid}-${serial}`,
    uscc: withCheckDigit(`91430103MA5${String(100_000 + serial)}`),
    documentNo: `湘许〔${process.pid}〕${Date.now()}-${serial}号`,
    generatedOn: addDays(today(), -1),
    content: '农药零售',
    authority: '天心区农业农村主管部门',
    ...more,
  };
}

export interface Accepted {
  result: string;
  recordId: string;
  caseId: string;
  late?: boolean;
}

export interface Field {
  field: string;
  code?: string;
  label: string;
  value: unknown;
}

interface ShownRecord {
  recordId: string;
  version: number;
  departmentName: string;
  fields: Field[];
}

interface Page {
  name: string;
  asOf: string;
  sections: { section: string; title: string; records: ShownRecord[]; listings: Record<string, string>[] }[];
}

export async function submit(product: Product, input: ReturnType<typeof record>, as = 'nongye') {
  const answer = await product.post<Accepted>(as, PUBLICATIONS, input);
  expect(answer.status).toBe(201);
  return answer.body;
}

export const command = (product: Product, as: string, { caseId }: Accepted, verb: string, body: object = {}) =>
  product.post<{ stage: string; late: boolean }>(as, casePath('publications', caseId, verb), body);

export const page = (product: Product, uscc: string, asOf = '') =>
  product.get<Page>(null, `/api/v1/public/enterprises/${uscc}${asOf && `?asOf=${asOf}`}`);

export const shownIn = ({ body }: { body: Page }) => body.sections.flatMap(({ records: shown }) => shown);

/** Rows of every table that an intake writes. */
export async function written(product: Product) {
  const tables = [records, recordVersions, cases, auditLog];
  return Promise.all(tables.map(async (table) => (await product.handle.db.select().from(table)).length));
}
