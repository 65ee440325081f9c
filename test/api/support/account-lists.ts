/** Lists of accounts (账号名册) over HTTP, and the file of passwords as a person opens it. */
import { Readable } from 'node:stream';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { AccountIntakeView, AccountListView } from '../../../api/views/account-list.ts';
import type { AccountView } from '../../../api/views/account.ts';
import { parseRowFile, type RowFormat } from '../../../api/import/row-file.ts';
import { makeSomePasswords } from '../../../db/accounts/list-making.ts';
import { openSomeAccounts } from '../../../db/accounts/list-opening.ts';
import { accountLists, referenceChanges } from '../../../db/schema.ts';
import { realClock } from '../../../domain/clock/clock.ts';
import type { Product } from '../../support/product.ts';
import { newcomer } from './requests.ts';

export const ACCOUNT_IMPORT = '/api/v1/admin/accounts/import';
export const LISTS = '/api/v1/admin/account-lists';
export const PASSPHRASE = '农业农村局-十二月-名册口令';
const HEADER = '姓名,账号,角色,部门,联系电话';

let serial = 0;
export const fresh = (prefix = 'mingce') => `${prefix}-${(serial += 1)}`;
export const fileOf = (...lines: string[]) => [HEADER, ...lines].join('\n');
export const officer = (username: string, more = ',') => `${username}的姓名,${username},部门经办人,${more}`;

const SHEET: RowFormat<{ username: string; password: string }> = {
  noun: '密码',
  schema: z.object({ username: z.string(), password: z.string() }),
  readHeader: (names) => ({
    names,
    positions: [
      ['username', 2],
      ['password', 4],
    ],
    unread: [],
  }),
  templates: {},
};

/** What a person finds in the file with the passphrase. */
export async function passwordsIn(bytes: Buffer, passphrase = PASSPHRASE) {
  const zip = new ZipReader(new Uint8ArrayReader(bytes), { password: passphrase, useWebWorkers: false });
  const found = new Map<string, string>();
  for (const entry of await zip.getEntries()) {
    if (entry.directory) continue;
    const workbook = Buffer.from(await entry.getData(new Uint8ArrayWriter()));
    const rows = parseRowFile(Readable.from([workbook]), SHEET, { filename: entry.filename });
    for await (const { value } of rows) if (value) found.set(value.username, value.password);
  }
  return found;
}

/** Answers of `collect`, as a refusal is read. */
export const problemIn = ({ status, headers, bytes }: { status: number; headers: Headers; bytes: Buffer }) => ({
  status,
  headers,
  body: bytes.toString('utf8'),
});

/** People who work with lists. Each is a token, or the name of a demonstration account. */
export class ListWorld {
  readonly product: Product;
  readonly lead: string;

  private constructor(product: Product, lead: string) {
    this.product = product;
    this.lead = lead;
  }

  /** @returns with a lead, `fuze-nongye`, of 天心区's agriculture. */
  static async of(product: Product): Promise<ListWorld> {
    const place = { regionCode: '430103', departmentCode: '430103-agriculture' };
    return new ListWorld(product, await newcomer(product, 'fuze-nongye', { role: 'department-lead', ...place }));
  }

  get deps() {
    return { db: this.product.handle.db, clock: realClock };
  }

  private async fetch(as: string, path: string, body: string | Buffer, type: string): Promise<Response> {
    const token = as.length > 40 ? as : await this.product.tokenOf(as);
    const headers = { authorization: `Bearer ${token}`, 'content-type': type };
    return fetch(`${this.product.url}${path}`, { method: 'POST', headers, body });
  }

  async send(as: string, content: string | Buffer, query = '', type = 'text/csv') {
    const response = await this.fetch(as, `${ACCOUNT_IMPORT}${query}`, content, type);
    return { status: response.status, headers: response.headers, body: (await response.json()) as AccountIntakeView };
  }

  async act(as: string, path: string, body: unknown = {}) {
    const response = await this.fetch(as, `${LISTS}/${path}`, JSON.stringify(body), 'application/json');
    return { status: response.status, headers: response.headers, body: (await response.json()) as AccountListView };
  }

  async collect(as: string, nos: string[], passphrase = PASSPHRASE) {
    const body = JSON.stringify({ nos, passphrase });
    const response = await this.fetch(as, `${LISTS}/collect`, body, 'application/json');
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, bytes };
  }

  async openAll() {
    while (await openSomeAccounts(this.deps));
  }

  async makeAll() {
    while (await makeSomePasswords(this.deps, 2));
  }

  /** Hands in a list of new officers and opens it. @returns its number. */
  async openedList(names: string[]): Promise<string> {
    const { body } = await this.send(this.lead, fileOf(...names.map((name) => officer(name))));
    const { no } = body.lists[0]!;
    for (const [who, verb] of [
      ['dengji', 'endorse'],
      ['admin', 'open'],
    ] as const) {
      const { status } = await this.act(who, `${no}/${verb}`);
      if (status !== 200) throw new Error(`${verb} of ${no}: ${status}`);
    }
    await this.openAll();
    return no;
  }

  async issued(no: string, passphrase = PASSPHRASE) {
    await this.act(this.lead, `${no}/issue`, { passphrase });
    await this.makeAll();
  }

  signIn(username: string, password: string) {
    return this.product.post<{ token: string; account: AccountView }>(null, '/api/v1/session', { username, password });
  }

  async listOf(no: string) {
    return (await this.deps.db.select().from(accountLists).where(eq(accountLists.no, no)))[0]!;
  }

  changesOf(key: string) {
    const { key: column, id } = referenceChanges;
    return this.deps.db.select().from(referenceChanges).where(eq(column, key)).orderBy(id);
  }
}
