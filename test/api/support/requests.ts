/** Requests of the API's tests, and what every refusal must contain. */
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Problem } from '../../../api/plugins/problems.ts';
import type { ImportSummary, RowResult } from '../../../api/import/row-import.ts';
import { openSession } from '../../../db/queries/accounts.ts';
import { users } from '../../../db/schema.ts';
import { ERROR_CODES, type ErrorCode } from '../../../domain/errors.ts';
import type { Role } from '../../../domain/organs/roles.ts';
import { withCheckDigit } from '../../../domain/uscc.ts';
import type { CaseDetail } from '../../../api/cases/detail.ts';
import { eventually, type Product } from '../../support/product.ts';

/** Nobody listens there: Temporal is down. */
export const NOWHERE = '127.0.0.1:1';
export const REGISTRATIONS = '/api/v1/registrations';
export const IMPORT = `${REGISTRATIONS}/import`;

let serial = 0;

export function registration(more: Record<string, unknown> = {}) {
  serial += 1;
  const registrationNo = `API-${process.pid}-${Date.now()}-${serial}`;
  const uscc = withCheckDigit(`91430103MA4${String(100_000 + serial)}`);
  return {
    registrationNo,
    uscc,
    name: `天心区试验企业${serial}`,
    regionCode: '430103',
    scope: '许可项目：农药零售。',
    ...more,
  };
}

export interface Accepted {
  result: string;
  registrationNo: string;
  caseIds: string[];
  items: string[];
  published: boolean;
  late?: boolean;
}

export async function accept(product: Product, more: Record<string, unknown> = {}) {
  const input = registration(more);
  const { status, body } = await product.post<Accepted>('shengju', REGISTRATIONS, input);
  expect(status).toBe(201);
  return { input, ...body };
}

export const casePath = (noun: string, caseId: string, verb = '') =>
  `/api/v1/${noun}/${encodeURIComponent(caseId)}${verb ? `/${verb}` : ''}`;

/** The case, once its first step is written and its workflow runs. */
export async function begunCase(product: Product, as: string, noun: string, caseId: string) {
  const seen = await eventually(
    () => product.get<CaseDetail>(as, casePath(noun, caseId)),
    ({ status, body }) => status === 200 && body.deadlines.length > 0,
  );
  await started(product, [caseId]);
  return seen;
}

/** Waits until Temporal knows the cases: their first steps are written before. */
export async function started(product: Product, caseIds: readonly string[]): Promise<void> {
  for (const caseId of caseIds) {
    await eventually(
      () =>
        product.temporal.workflow
          .getHandle(caseId)
          .describe()
          .then(Boolean, () => false),
      Boolean,
    );
  }
}

interface Answered {
  status: number;
  headers: Headers;
  body: unknown;
}

/** Checks that a refusal is complete RFC 9457 in Chinese. */
export function expectProblem({ status, headers, body }: Answered, code: ErrorCode): Problem {
  const problem = (typeof body === 'string' ? JSON.parse(body) : body) as Problem;
  expect(problem).toMatchObject({ ...ERROR_CODES[code], code, type: `/problems/${code}` });
  expect(status).toBe(problem.status);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(problem.detail).toMatch(/\p{Script=Han}/u);
  expect(problem.instance).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.stringify(problem)).not.toMatch(/\bat .+:\d+:\d+|node_modules|drizzle|select |insert |postgres/i);
  return problem;
}

interface Newcomer {
  role: Role;
  regionCode: string;
  departmentCode?: string;
}

/** Creates an account without a password and opens its session in the database. @returns a bearer token. */
export async function newcomer(product: Product, username: string, { role, regionCode, departmentCode }: Newcomer) {
  const { db } = product.handle;
  const [known] = await db.select().from(users).where(eq(users.username, username));
  if (!known) {
    const row = { username, passwordHash: '-', displayName: username, role, regionCode };
    await db.insert(users).values({ ...row, departmentCode: departmentCode ?? null });
  }
  return (await openSession(db, username)).token;
}

export async function withToken<T>(product: Product, token: string, method: string, path: string, body?: unknown) {
  return product.request<T>(null, method, path, body, { authorization: `Bearer ${token}` });
}

export const NDJSON = { 'content-type': 'application/x-ndjson' };
export const CSV = { 'content-type': 'text/csv' };

interface Imported {
  status: number;
  rows: RowResult[];
  summary: ImportSummary;
}

export function readImport(status: number, text: string): Imported {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RowResult & { summary: ImportSummary });
  return { status, rows: lines.slice(0, -1), summary: lines.at(-1)!.summary };
}

/** Sends a whole file as the request's body. */
export async function importFile(
  product: Product,
  content: string | Buffer,
  headers: Record<string, string> = NDJSON,
  as = 'shengju',
): Promise<Imported> {
  const response = await fetch(product.url + IMPORT, {
    method: 'POST',
    headers: { authorization: `Bearer ${await product.tokenOf(as)}`, ...headers },
    body: typeof content === 'string' ? content : new Uint8Array(content),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status} ${text}`);
  return readImport(response.status, text);
}

export const jsonl = (rows: unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
