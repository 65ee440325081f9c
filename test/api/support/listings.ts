import { withCheckDigit } from '../../../domain/uscc.ts';

export const LISTINGS = '/api/v1/listings';
let serial = 0;

export function listingEntry(more: Record<string, unknown> = {}) {
  serial += 1;
  return {
    list: 'serious-dishonest',
    documentNo: `列字〔2026〕${process.pid}-${Date.now()}-${serial}号`,
    uscc: withCheckDigit(`91430103MA5${String(100_000 + serial)}`),
    name: `天心区失信企业${serial}`,
    regionCode: '430103',
    authority: '天心区市场监督管理局',
    grounds: '列入经营异常名录届满仍未履行义务',
    listedOn: '2026-01-05',
    ...more,
  };
}

export interface AcceptedListing {
  result: string;
  documentNo: string;
  uscc: string;
  caseId: string;
  departments: string[];
}
