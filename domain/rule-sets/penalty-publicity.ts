/**
 * Rule set: which penalties are published, and for how long. These rules are later than the measures of 2016, so each names
 * its source and the day from which it holds; a later edition is added as another row. The date that follows from them is
 * stored with the version when it is shown, so an edition changes nothing that was shown before.
 */
import type { LegalDate } from '../clock/calendar.ts';
import { monthsAfter } from '../clock/months.ts';

/** 失信信息的严重程度 (国办发〔2025〕22号): each field's competent department sorts them. */
export const SEVERITIES = { minor: '轻微', general: '一般', serious: '严重' } as const;

export type Severity = keyof typeof SEVERITIES;

interface Edition {
  /** What people call it, with its number. */
  source: string;
  /** The first day on which it holds. */
  from: LegalDate;
}

interface MarketPenalties extends Edition {
  /** The sectors of the departments that it binds (data/departments). */
  sectors: readonly string[];
  /** 仅受到警告: not published. */
  bareWarning: string;
  /** 仅受到通报批评或者较低数额罚款. */
  lenient: { months: number; article: string };
  other: { months: number; article: string };
  /** 被限制开展生产经营活动、限制从业超过三年: as long as the restriction. */
  restricted: string;
  /**
   * 较低数额罚款, in 万元, up to and including. (confirm) The rule leaves it to the province; these are our own figures.
   */
  lowFine: { organisation: number; individual: number; confirm: true };
}

export const MARKET_PENALTIES: readonly MarketPenalties[] = [
  {
    source: '市场监督管理行政处罚信息公示规定（国家市场监督管理总局令第45号）',
    from: '2021-09-01',
    sectors: ['market-regulation', 'registration'],
    bareWarning: '第二条第二款',
    lenient: { months: 3, article: '第十四条第一款' },
    other: { months: 36, article: '第十四条第一款' },
    restricted: '第十四条第三款',
    lowFine: { organisation: 5, individual: 0.5, confirm: true },
  },
];

interface DishonestyInformation extends Edition {
  article: string;
  /** 公示期, in months. What is minor need not be published at all. */
  terms: Record<Severity, { least: number; most: number }>;
}

export const DISHONESTY_INFORMATION: readonly DishonestyInformation[] = [
  {
    source: '关于进一步完善信用修复制度的实施方案（国办发〔2025〕22号）',
    from: '2025-06-22',
    article: '第二部分',
    terms: { minor: { least: 0, most: 3 }, general: { least: 3, most: 12 }, serious: { least: 12, most: 36 } },
  },
];

/** The edition in force on a day; undefined before the first. */
const inForceOn = <T extends Edition>(editions: readonly T[], day: LegalDate): T | undefined =>
  editions.findLast(({ from }) => from <= day);

/** The fields of a penalty that the rules look at, as they are stored. */
export interface PenaltyContent {
  severity?: unknown;
  counterparty?: unknown;
  category?: unknown;
  content?: unknown;
  fine?: unknown;
  confiscated?: unknown;
  revoked?: unknown;
  validUntil?: unknown;
}

const WARNING = '警告';
const CRITICISM = '通报批评';
const FINE = /^罚款/;
const RESTRICTION = /限制/;

/** 处罚类别 as files carry it, several in one field; where it was left out, the penalty's own words. */
function categoriesOf({ category, content }: PenaltyContent): string[] {
  const words = typeof category === 'string' && category.trim() ? category : content;
  if (typeof words !== 'string') return [];
  return words
    .split(/[、，,；;\s]+/)
    .map((word) => word.replace(/^(?:给予|予以|处以|处)/, '').replace(/(?:的?行政处罚|[。.])+$/, ''))
    .filter(Boolean);
}

const amountOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

const takesNothing = ({ confiscated, revoked }: PenaltyContent): boolean => amountOf(confiscated) === 0 && !revoked;

/** 仅受到警告: nothing else was imposed. */
function isBareWarning(penalty: PenaltyContent): boolean {
  const categories = categoriesOf(penalty);
  const isAlone = categories.length > 0 && categories.every((one) => one === WARNING);
  return isAlone && amountOf(penalty.fine) === 0 && takesNothing(penalty);
}

/** 仅受到通报批评或者较低数额罚款: a fine whose amount is not stated is not known to be low. */
function isLenient(penalty: PenaltyContent, { lowFine }: MarketPenalties): boolean {
  const categories = categoriesOf(penalty);
  const isFined = categories.some((one) => FINE.test(one));
  const most = penalty.counterparty === 'individual' ? lowFine.individual : lowFine.organisation;
  const isKnown = categories.every((one) => one === WARNING || one === CRITICISM || FINE.test(one));
  const isLow = isFined ? amountOf(penalty.fine) > 0 : amountOf(penalty.fine) === 0;
  return categories.length > 0 && isKnown && isLow && amountOf(penalty.fine) <= most && takesNothing(penalty);
}

const ofSector = (sector: string, day: LegalDate): MarketPenalties | undefined => {
  const edition = inForceOn(MARKET_PENALTIES, day);
  return edition?.sectors.includes(sector) ? edition : undefined;
};

/**
 * Why a penalty may not be published.
 * @param sector that of the department which imposed it. @param day on which it is judged.
 * @returns the rule, or undefined where it may be published.
 */
export function barredFromPublicity(
  sector: string,
  penalty: PenaltyContent,
  day: LegalDate,
): { source: string; article: string } | undefined {
  const edition = ofSector(sector, day);
  if (!edition || !isBareWarning(penalty)) return undefined;
  return { source: edition.source, article: edition.bareWarning };
}

/** The last day on which something is shown, and why. */
export interface PublicityEnd {
  until: LegalDate;
  /** Source and article, or the field that states it. */
  basis: string;
}

const isSeverity = (value: unknown): value is Severity => typeof value === 'string' && Object.hasOwn(SEVERITIES, value);

/**
 * When a penalty's publicity ends. The severity that its department states decides, by the later rule; without one, the rule
 * for market regulators.
 * @param publishedOn the day of its first publication, from which the term runs (自公示之日起). @param day on which it is judged.
 * @returns undefined where no rule sets a term.
 */
export function penaltyTerm(
  sector: string,
  penalty: PenaltyContent,
  publishedOn: LegalDate,
  day: LegalDate,
): PublicityEnd | undefined {
  const { severity, validUntil } = penalty;
  const information = inForceOn(DISHONESTY_INFORMATION, day);
  if (information && isSeverity(severity)) {
    const { source, article, terms } = information;
    return { until: monthsAfter(publishedOn, terms[severity].most), basis: `${source}${article}` };
  }
  const edition = ofSector(sector, day);
  if (!edition) return undefined;
  const { source, lenient, other, restricted } = edition;
  const { months, article } = isLenient(penalty, edition) ? lenient : other;
  const until = monthsAfter(publishedOn, months);
  const isLonger = typeof validUntil === 'string' && validUntil > until;
  if (isLonger && categoriesOf(penalty).some((one) => RESTRICTION.test(one))) {
    return { until: validUntil, basis: `${source}${restricted}` };
  }
  return { until, basis: `${source}${article}` };
}

/** The first day on which publicity may be ended by repair (最短公示期满后); undefined where the rule sets no least term. */
export function repairableFrom({ severity }: PenaltyContent, publishedOn: LegalDate, day: LegalDate) {
  const edition = inForceOn(DISHONESTY_INFORMATION, day);
  if (!edition || !isSeverity(severity)) return undefined;
  const { source, article, terms } = edition;
  const { least } = terms[severity];
  return least > 0
    ? { after: monthsAfter(publishedOn, least), months: least, basis: `${source}${article}` }
    : undefined;
}
