/**
 * Workflow ids are a pure function of the business key, so that the same obligation can never be started twice.
 *
 * A *chain* follows one obligation through its rounds: it is named after the department that matching found, or `pool`
 * where none was found. Each rollback opens the chain's next round.
 */
import { DISHONESTY_LISTS } from '../publicity/dishonesty-lists.ts';
import { LIMITS } from '../clock/limits.ts';

const SEPARATOR = '~';

export type ChainCaseType = 'registrationPush' | 'rollback' | 'poolEntry';
type SanctionCaseType = 'sanctionNotice' | 'sanctionLifting';

/** By which an id says what case it is. */
const PREFIX = {
  registrationPush: 'push',
  rollback: 'rollback',
  poolEntry: 'pool',
  supervision: 'supervision',
  listing: 'listing',
  sanctionNotice: 'sanction',
  sanctionLifting: 'lifting',
  publication: 'publication',
  correction: 'correction',
  complaint: 'complaint',
  supportMeasure: 'support',
  creditRepair: 'repair',
} as const;

export type CaseType = keyof typeof PREFIX;

export interface ChainKey {
  registrationNo: string;
  chain: string;
  round: number;
}

/** `push~REG-1~430103-agriculture~1` */
export function chainCaseId(type: ChainCaseType, key: ChainKey): string {
  return [PREFIX[type], key.registrationNo, key.chain, key.round].join(SEPARATOR);
}

/**
 * One supervision case per neglected term of a case's limit: `supervision~registrationPush.feedback~push~…`. Once the limit
 * was extended or began again, the id names the term's ordinal: `supervision~registrationPush.feedback~2~push~…`
 * @param ladder the term's ordinal, counted from 1.
 */
export function supervisionId(originCaseId: string, limitId: string, ladder = 1): string {
  return [PREFIX.supervision, limitId, ...(ladder > 1 ? [ladder] : []), originCaseId].join(SEPARATOR);
}

/** Opened by a supervisor under a number of their own: `supervision~direct~430103~天督〔2026〕3号` */
export function directSupervisionId(organ: string, number: string): string {
  return [PREFIX.supervision, DIRECT, organ, number].join(SEPARATOR);
}

const ROUND = /^[1-9]\d*$/;
/** Stands in place of a limit's id in a supervisor's own order; no limit has this name. */
const DIRECT = 'direct';
/** A version (`v1`) or a receipt number. */
const OCCASION = /^(v[1-9]\d*|\d{8}[0-9A-Z]{13})$/;
const RECEIPT = /^\d{8}[0-9A-Z]{13}$/;
const RECORD_ID = /^[0-9a-f]{32}$/;
const EVENT_ID = /^[0-9a-f]{16}$/;

/** One correction per record and occasion, which is the shown version or a receipt number: `correction~0123…cdef~v1` */
export function correctionId({ recordId, occasion }: { recordId: string; occasion: string }): string {
  return [PREFIX.correction, recordId, occasion].join(SEPARATOR);
}

/** One case per receipt and round; each transfer opens the next round: `complaint~20261123ABCDEFGHJKMN0~1` */
export function complaintId({ receiptNo, round }: ComplaintKey): string {
  return [PREFIX.complaint, receiptNo, round].join(SEPARATOR);
}

interface ComplaintKey {
  receiptNo: string;
  round: number;
}

/**
 * One publication per record, and one for each event of it: `publication~0123456789abcdef0123456789abcdef`,
 * `publication~0123456789abcdef0123456789abcdef~0123456789abcdef`
 */
export function publicationId(recordId: string, eventId?: string): string {
  return [PREFIX.publication, recordId, ...(eventId === undefined ? [] : [eventId])].join(SEPARATOR);
}

/** An entry of a dishonesty list: the same document may list several enterprises. */
export interface ListingKey {
  list: string;
  documentNo: string;
  uscc: string;
}

/** What one department owes because of a listing. */
export interface SanctionKey extends ListingKey {
  departmentCode: string;
}

/** `listing~court-debtor~(2026)湘0103执1234号~91…` */
export function listingCaseId({ list, documentNo, uscc }: ListingKey): string {
  return [PREFIX.listing, list, documentNo, uscc].join(SEPARATOR);
}

/** `sanction~court-debtor~(2026)湘0103执1234号~91…~430103-agriculture` */
export function sanctionCaseId(type: SanctionCaseType, key: SanctionKey): string {
  return [PREFIX[type], key.list, key.documentNo, key.uscc, key.departmentCode].join(SEPARATOR);
}

/** A measure of a department for an enterprise: `support~430103-agriculture~长财企〔2026〕8号~91…` */
export function supportMeasureId({ departmentCode, documentNo, uscc }: SupportMeasureKey): string {
  return [PREFIX.supportMeasure, departmentCode, documentNo, uscc].join(SEPARATOR);
}

interface SupportMeasureKey {
  departmentCode: string;
  documentNo: string;
  uscc: string;
}

/** An application for an entry: `repair~serious-dishonest~列字〔2026〕1号~91…~修〔2026〕3号` */
export function creditRepairId({ list, documentNo, uscc, number }: CreditRepairKey): string {
  return [PREFIX.creditRepair, list, documentNo, uscc, number].join(SEPARATOR);
}

export interface CreditRepairKey extends ListingKey {
  /** The number under which the organ received it. */
  number: string;
}

interface ParsedCorrection {
  type: 'correction';
  recordId: string;
  occasion: string;
}

type ParsedCaseId =
  | ({ type: ChainCaseType } & ChainKey)
  | ({ type: 'listing' } & ListingKey)
  | ({ type: SanctionCaseType } & SanctionKey)
  | { type: 'publication'; recordId: string; eventId?: string }
  | ParsedCorrection
  | ({ type: 'complaint' } & ComplaintKey)
  | ({ type: 'supportMeasure' } & SupportMeasureKey)
  | ({ type: 'creditRepair' } & CreditRepairKey)
  | SupervisionKey;

/** The inverse of the functions above. @returns undefined for an id that this system never makes. */
export function parseCaseId(caseId: string): ParsedCaseId | undefined {
  const [prefix, ...rest] = caseId.split(SEPARATOR);
  if (prefix === PREFIX.supervision) {
    const [limitId, ...origin] = rest;
    return limitId === DIRECT ? parseDirect(origin) : parseOfLimit(limitId, origin);
  }
  if (prefix === PREFIX.creditRepair) {
    const number = rest.at(-1);
    const listing = parseListing(PREFIX.listing, rest.slice(0, -1));
    return number && listing?.type === 'listing' ? { ...listing, type: 'creditRepair', number } : undefined;
  }
  const ofListing = parseListing(prefix, rest);
  if (ofListing) return ofListing;
  if (prefix === PREFIX.correction) {
    const [recordId = '', occasion = '', ...more] = rest;
    const isOurs = more.length === 0 && RECORD_ID.test(recordId) && OCCASION.test(occasion);
    return isOurs ? { type: 'correction', recordId, occasion } : undefined;
  }
  if (prefix === PREFIX.complaint) {
    const [receiptNo = '', no = '', ...more] = rest;
    const isOurs = more.length === 0 && RECEIPT.test(receiptNo) && ROUND.test(no);
    return isOurs ? { type: 'complaint', receiptNo, round: Number(no) } : undefined;
  }
  if (prefix === PREFIX.publication) {
    const [recordId = '', eventId, ...more] = rest;
    if (more.length > 0 || !RECORD_ID.test(recordId)) return undefined;
    if (eventId === undefined) return { type: 'publication', recordId };
    return EVENT_ID.test(eventId) ? { type: 'publication', recordId, eventId } : undefined;
  }
  if (prefix === PREFIX.supportMeasure) {
    const [departmentCode, documentNo, uscc, ...more] = rest;
    const isOurs = departmentCode && documentNo && uscc && more.length === 0;
    return isOurs ? { type: 'supportMeasure', departmentCode, documentNo, uscc } : undefined;
  }
  const type = (['registrationPush', 'rollback', 'poolEntry'] as const).find((t) => PREFIX[t] === prefix);
  const [registrationNo, chain, round] = rest;
  if (!type || rest.length !== 3 || !registrationNo || !chain || !ROUND.test(round ?? '')) return undefined;
  return { type, registrationNo, chain, round: Number(round) };
}

function parseDirect([organ, number, ...more]: string[]): SupervisionKey | undefined {
  return organ && number && more.length === 0 ? { type: 'supervision', organ, number } : undefined;
}

/** A number behind the limit's id is the term's ordinal, since no case id begins with a number. The first term has none. */
function parseOfLimit(limitId: string | undefined, [term = '', ...more]: string[]): SupervisionKey | undefined {
  const isLater = ROUND.test(term) && term !== '1';
  const originCaseId = (isLater ? more : [term, ...more]).join(SEPARATOR);
  const origin = parseCaseId(originCaseId);
  const isOurs = limitId && Object.hasOwn(LIMITS, limitId) && origin && origin.type !== 'supervision';
  return isOurs ? { type: 'supervision', limitId, originCaseId, ladder: isLater ? Number(term) : 1 } : undefined;
}

function parseListing(prefix: string | undefined, rest: string[]): ParsedCaseId | undefined {
  const type = (['listing', 'sanctionNotice', 'sanctionLifting'] as const).find((t) => PREFIX[t] === prefix);
  const [list, documentNo, uscc, departmentCode] = rest;
  if (!type || !list || !Object.hasOwn(DISHONESTY_LISTS, list) || !documentNo || !uscc) return undefined;
  if (type === 'listing') return rest.length === 3 ? { type, list, documentNo, uscc } : undefined;
  return rest.length === 4 && departmentCode ? { type, list, documentNo, uscc, departmentCode } : undefined;
}

export type SupervisionKey = { type: 'supervision' } & (
  | { limitId: string; originCaseId: string; ladder: number }
  | { organ: string; number: string }
);

/** Whether a case, or the case that a supervision is about, comes from a registration, so that its number is a 登记编号. */
export function isOfRegistration(caseId: string): boolean {
  const parsed = parseCaseId(caseId);
  if (parsed?.type === 'supervision') return 'originCaseId' in parsed && isOfRegistration(parsed.originCaseId);
  return parsed !== undefined && 'registrationNo' in parsed;
}
