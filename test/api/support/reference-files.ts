/** Files of reference data in tests: sent, proposed, decided on. */
import { desc } from 'drizzle-orm';
import { expect } from 'vitest';
import { referenceChanges } from '../../../db/schema.ts';
import type { Product } from '../../support/product.ts';

export interface Report {
  rows: number;
  rejected: number;
  faults: { line: number; message: string }[];
  importId: string | null;
  counts: { added: number; changed: number; retired: number };
  difference: {
    entries: { of: string; kind: string; key: string; fields: { field: string; before: string; after: string }[] }[];
    leftOff: number;
  };
  effect: {
    compared: number;
    changed: number;
    departments: { code: string; more: number; fewer: number }[];
    examples: unknown[];
    isComplete: boolean;
  } | null;
  proposalId: number | null;
}

type File = string | Uint8Array<ArrayBuffer>;

export const PROPOSED = { reason: '湘市监函〔2026〕17号' };

/** @param product once it is started. */
export function referenceFiles(product: () => Product) {
  /** Also of problems: the path says import, by which `Product.request` takes answers for lines. */
  async function send(as: string, noun: string, file: File, query: Record<string, string> = {}) {
    const search = new URLSearchParams({ filename: `${noun}.csv`, ...query }).toString();
    const response = await fetch(`${product().url}/api/v1/admin/${noun}/import?${search}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await product().tokenOf(as)}`, 'content-type': 'text/csv' },
      body: file,
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Report };
  }

  const dry = (noun: string, file: File, query = {}) => send('admin', noun, file, { dryRun: 'true', ...query });
  async function proposed(noun: string, file: string, query = {}): Promise<number> {
    const { status, body } = await send('admin', noun, file, { ...PROPOSED, ...query });
    expect([status, body.faults]).toEqual([201, []]);
    return body.proposalId!;
  }
  const decide = (as: string, id: number, decision = 'approve', reason = '已核对') =>
    product().post<{ state: string }>(as, `/api/v1/admin/proposals/${id}/decision`, { decision, reason });
  const exported = async (noun: string) => {
    const { status, body } = await product().get<string>('shenji', `/api/v1/admin/${noun}/export`);
    expect(status).toBe(200);
    return body;
  };
  const lastChange = async () =>
    (await product().handle.db.select().from(referenceChanges).orderBy(desc(referenceChanges.id)).limit(1))[0]!;

  return { send, dry, proposed, decide, exported, lastChange };
}
