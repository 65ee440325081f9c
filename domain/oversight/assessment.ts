/** 考核 (第十六条): a score that anyone can recompute, from a published formula. docs/assessment.md explains it. */
import type { AssessedFact } from './assessment-facts.ts';

/** The parts of a score: each is the share that was done as it should be. */
const COMPONENTS = ['statutory', 'norm', 'supervision', 'returns'] as const;
const DEDUCTIONS = ['supervised', 'criticised'] as const;

type ComponentId = (typeof COMPONENTS)[number];
type DeductionId = (typeof DEDUCTIONS)[number];

export interface Formula {
  version: string;
  /** The first month that is assessed by this formula, `YYYY-MM`. */
  from: string;
  components: Record<ComponentId, { title: string; weight: number; article: string }>;
  /** Limits that count as norms although the log of their time calls them statutory. */
  norms: readonly string[];
  /** The points lost for each, and the most that can be lost. */
  deductions: Record<DeductionId, { title: string; points: number; most: number; article: string }>;
}

const WEIGHTS: Pick<Formula, 'components' | 'deductions'> = {
  components: {
    statutory: { title: '法定期限按时率', weight: 50, article: '第五条、第七条、第九条、第十八条' },
    norm: { title: '办理时限按时率', weight: 20, article: '第十七条' },
    supervision: { title: '督办事项按时率', weight: 20, article: '第十七条' },
    returns: { title: '回退理由成立率', weight: 10, article: '第七条第二款' },
  },
  deductions: {
    supervised: { title: '被督查督办', points: 2, most: 20, article: '第十七条' },
    criticised: { title: '被通报批评', points: 10, most: 30, article: '第十六条' },
  },
};

/** Never rewrite a row: a change is a new row, in force from a month on. */
export const FORMULAS: readonly Formula[] = [
  { version: '2026.1', from: '2016-11', norms: [], ...WEIGHTS },
  // For answering a push the measures say 及时 (第十七条); the seven days of 第七条第三款 run from a decision.
  { version: '2026.2', from: '2026-12', norms: ['registrationPush.feedback'], ...WEIGHTS },
];

/** @throws Error for a month before there was an assessment. */
export function formulaOf(month: string): Formula {
  const formula = FORMULAS.findLast(({ from }) => from <= month);
  if (!formula) throw new Error(`no formula for ${month}`);
  return formula;
}

export interface Share {
  /** How many were judged. */
  total: number;
  good: number;
}

export interface DepartmentAssessment {
  departmentCode: string;
  shares: Record<ComponentId, Share>;
  breaches: number;
  /** Of duties done in time: working days used, and allowed. */
  usedDays: number;
  allowedDays: number;
  supervised: number;
  criticised: number;
  /** Errors found in the department's data (第六条、第十八条). Shown but not scored, so that departments do not hide errors. */
  corrected: number;
  /** 0 to 100, one decimal; null where the month has nothing to judge. */
  score: number | null;
}

export interface Assessment {
  formulaVersion: string;
  month: string;
  departments: DepartmentAssessment[];
  /** The mean of the departments' scores, by region. */
  regions: { regionCode: string; departments: number; breaches: number; score: number | null }[];
}

/** What a department's month consists of: sums, so that parts of it can be added up. */
export type DepartmentTally = Omit<DepartmentAssessment, 'score'>;

/** @param facts in any order; those of other months are ignored. */
export const assess = (month: string, facts: readonly AssessedFact[]): Assessment =>
  assessTallies(month, tallyFacts(month, facts));

/** Adds facts up by department. */
export function tallyFacts(month: string, facts: readonly AssessedFact[]): DepartmentTally[] {
  const tallies = new Map<string, DepartmentTally>();
  const formula = formulaOf(month);
  for (const fact of facts.filter((one) => one.month === month)) {
    const { departmentCode } = fact;
    tallies.set(departmentCode, count(formula, tallies.get(departmentCode) ?? nothing(departmentCode), fact));
  }
  return [...tallies.values()];
}

/** Adds tallies up by department. */
export function addTallies(parts: readonly DepartmentTally[]): DepartmentTally[] {
  const sums = new Map<string, DepartmentTally>();
  for (const part of parts) {
    const known = sums.get(part.departmentCode);
    sums.set(part.departmentCode, known ? plus(known, part) : part);
  }
  return [...sums.values()];
}

const plus = (a: DepartmentTally, b: DepartmentTally): DepartmentTally => {
  const share = (id: ComponentId): Share => ({
    total: a.shares[id].total + b.shares[id].total,
    good: a.shares[id].good + b.shares[id].good,
  });
  return {
    departmentCode: a.departmentCode,
    shares: {
      statutory: share('statutory'),
      norm: share('norm'),
      supervision: share('supervision'),
      returns: share('returns'),
    },
    breaches: a.breaches + b.breaches,
    usedDays: a.usedDays + b.usedDays,
    allowedDays: a.allowedDays + b.allowedDays,
    supervised: a.supervised + b.supervised,
    criticised: a.criticised + b.criticised,
    corrected: a.corrected + b.corrected,
  };
};

/** @param tallies one for each department, in any order. */
export function assessTallies(month: string, tallies: readonly DepartmentTally[]): Assessment {
  const formula = formulaOf(month);
  const departments = tallies
    .map((tally) => ({ ...tally, score: scoreOf(formula, tally) }))
    .sort((a, b) => (a.departmentCode < b.departmentCode ? -1 : 1));
  return { formulaVersion: formula.version, month, departments, regions: assessRegions(departments) };
}

const NONE: Share = { total: 0, good: 0 };

const nothing = (departmentCode: string): DepartmentTally => ({
  departmentCode,
  shares: { statutory: NONE, norm: NONE, supervision: NONE, returns: NONE },
  breaches: 0,
  usedDays: 0,
  allowedDays: 0,
  supervised: 0,
  criticised: 0,
  corrected: 0,
});

function count(formula: Formula, tally: DepartmentTally, fact: AssessedFact): DepartmentTally {
  if (fact.fact === 'duty') return countDuty(formula, tally, fact);
  if (fact.fact === 'return') return withShare(tally, 'returns', !fact.wrong);
  return { ...tally, [fact.fact]: tally[fact.fact] + 1 };
}

function countDuty(
  { norms }: Formula,
  tally: DepartmentTally,
  duty: Extract<AssessedFact, { fact: 'duty' }>,
): DepartmentTally {
  const { limitId, kind, late, usedDays, workingDays } = duty;
  const timely = kind === 'statutory' && !norms.includes(limitId) ? 'statutory' : 'norm';
  const counted = withShare(tally, limitId.startsWith('supervision.') ? 'supervision' : timely, !late);
  if (late) return { ...counted, breaches: tally.breaches + 1 };
  if (usedDays === null) return counted;
  return { ...counted, usedDays: tally.usedDays + usedDays, allowedDays: tally.allowedDays + workingDays };
}

function withShare(tally: DepartmentTally, id: ComponentId, isGood: boolean): DepartmentTally {
  const { total, good } = tally.shares[id];
  return { ...tally, shares: { ...tally.shares, [id]: { total: total + 1, good: good + (isGood ? 1 : 0) } } };
}

/** The weighted mean of the shares with at least one judged fact, less the deductions. */
function scoreOf({ components, deductions }: Formula, tally: DepartmentTally): number | null {
  const judged = COMPONENTS.map((id) => ({ ...tally.shares[id], weight: components[id].weight })).filter(
    ({ total }) => total > 0,
  );
  const lost = DEDUCTIONS.map((id) => Math.min(tally[id] * deductions[id].points, deductions[id].most)).reduce(
    (sum, points) => sum + points,
    0,
  );
  if (judged.length === 0 && lost === 0) return null;
  const weights = judged.reduce((sum, { weight }) => sum + weight, 0);
  const gained = judged.reduce((sum, { weight, good, total }) => sum + (weight * good) / total, 0);
  const base = weights === 0 ? 100 : (100 * gained) / weights;
  return round(Math.max(0, base - lost));
}

// Round to six digits first: otherwise the floating-point error of a sum could tip the shown digit.
const round = (points: number) => Math.round(Number(points.toFixed(6)) * 10) / 10;

function assessRegions(departments: readonly DepartmentAssessment[]): Assessment['regions'] {
  const byRegion = new Map<string, DepartmentAssessment[]>();
  for (const one of departments) {
    const regionCode = one.departmentCode.slice(0, 6);
    const own = byRegion.get(regionCode);
    if (own) own.push(one);
    else byRegion.set(regionCode, [one]);
  }
  return [...byRegion].map(([regionCode, own]) => {
    const scores = own.flatMap(({ score }) => (score === null ? [] : [score]));
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const breaches = own.reduce((sum, one) => sum + one.breaches, 0);
    return { regionCode, departments: own.length, breaches, score: scores.length > 0 ? round(mean) : null };
  });
}
