/** Sends an organ's whole list. */
import { expect } from 'vitest';
import { sumOf } from '../../../db/intake/full-lists.ts';
import { today } from '../../support/day.ts';
import type { Product } from '../../support/product.ts';
import { LISTINGS, type AcceptedListing, type listingEntry } from './listings.ts';
import { jsonl, NDJSON } from './requests.ts';

export const FULL_LISTS = `${LISTINGS}/full-lists`;
export type Entry = Pick<ReturnType<typeof listingEntry>, 'documentNo' | 'uscc'>;

interface Answer {
  agrees: boolean;
  ours: { count: number; hash: string };
  compared?: {
    missing: number;
    unknown: number;
    missingEntries: { caseId: string; documentNo: string; question: string }[];
    unknownEntries: { documentNo: string; standing: string; message: string }[];
  };
}

export function comparing(product: Product) {
  const query = (stated: Record<string, string | number | undefined>) =>
    new URLSearchParams(
      Object.entries(stated).flatMap(([key, value]): [string, string][] =>
        value === undefined ? [] : [[key, String(value)]],
      ),
    ).toString();
  /** Sends a list as `as`: its sum, and its entries if `body` is given. */
  async function send(
    as: string,
    stated: Record<string, string | number | undefined>,
    body?: string,
    type: object = NDJSON,
  ) {
    const response = await fetch(`${product.url}${FULL_LISTS}?${query(stated)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await product.tokenOf(as)}`, ...(body !== undefined && type) },
      ...(body !== undefined && { body }),
    });
    return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) as Answer };
  }
  const stated = (authority: string | undefined, entries: readonly Entry[], more: object = {}) => {
    return { list: 'court-debtor', authority, asOf: today(), ...sumOf(entries), ...more };
  };
  const compare = (authority: string, entries: readonly Entry[], more: object = {}) =>
    send(
      'admin',
      stated(authority, entries, more),
      jsonl(entries.map(({ documentNo, uscc }) => ({ documentNo, uscc }))),
    );
  const accept = async (entry: ReturnType<typeof listingEntry>, as = 'admin') => {
    const { status, body } = await product.post<AcceptedListing>(as, LISTINGS, entry);
    expect(status).toBe(201);
    return body.caseId;
  };
  return { send, stated, compare, accept };
}
