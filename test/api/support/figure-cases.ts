/** Many cases of all types, with instants at the edges of days; the same ones on every run of a day. */
import { cases, registrations, rungs } from '../../../db/schema.ts';
import { addDays, legalDateOf, startOfDay } from '../../../domain/clock/calendar.ts';
import type { CaseType } from '../../../domain/case/id.ts';
import { RETURN_REASONS } from '../../../domain/case-types/registration-push/answers.ts';
import { CASE_TYPES, isFinal, STAGES } from '../../../domain/case-types/case-types.ts';
const TODAY = legalDateOf(Date.now());
export const FROM = addDays(TODAY, -20);
export const TO = addDays(TODAY, -3);
const MIDNIGHTS = [FROM, addDays(FROM, 1), TO, addDays(TO, 1)].map(startOfDay);

/** A generator that always gives the same numbers. */
function numbers(seed: number) {
  let state = seed;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  return {
    chance: (share: number) => next() < share,
    oneOf: <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)]!,
    /** Often at midnight, where two days meet. */
    instant: () => new Date(next() < 0.3 ? MIDNIGHTS[Math.floor(next() * 4)]! : Date.now() - next() * 30 * 86_400_000),
  };
}

const PLACES = ['430103', '430104', '430181', '430100', '430000', '430302'];
const SECTORS = ['agriculture', 'health', 'market-regulation'];

function someCases(many: number): (typeof cases.$inferInsert)[] {
  const { chance, oneOf, instant } = numbers(20_261_123);
  return Array.from({ length: many }, (_, i) => {
    const caseType = oneOf(Object.keys(CASE_TYPES) as CaseType[]);
    const stage = oneOf(Object.keys(STAGES[caseType]));
    const closed = isFinal(caseType, stage);
    const regionCode = oneOf(PLACES);
    const reasonCode = oneOf(Object.keys(RETURN_REASONS));
    return {
      caseId: `figure-${String(i).padStart(4, '0')}`,
      caseType,
      stage,
      status: closed ? ('closed' as const) : ('open' as const),
      caseNo: `F-${i}`,
      uscc: 'FIGURES',
      round: 1,
      departmentCode: caseType === 'poolEntry' && chance(0.8) ? null : `${regionCode}-${oneOf(SECTORS)}`,
      regionCode,
      openedAt: instant(),
      closedAt: closed ? instant() : null,
      dueAt: !closed && chance(0.8) ? new Date(instant().getTime() + 10 * 86_400_000) : null,
      breachedAt: chance(0.4) ? instant() : null,
      facts: stage === 'returned' && caseType === 'registrationPush' ? { returnReason: { reasonCode } } : {},
    };
  });
}

export const CASES = someCases(900);
export interface Breach {
  caseId: string;
  kind: 'statutory' | 'norm';
  at: Date;
  answering: string | null;
  ladder: number;
  withdrawn: boolean;
}

const DAYS = 86_400_000;
/**
 * One of a late case's limits was breached, in some cases another one days later. The case's own department does not
 * answer for all of them.
 */
export const BREACHES: Breach[] = CASES.flatMap(({ caseId, breachedAt, departmentCode = null }, i): Breach[] => {
  if (!breachedAt) return [];
  const [kind, other] = i % 2 === 0 ? (['statutory', 'norm'] as const) : (['norm', 'statutory'] as const);
  const after = (days: number) => new Date(breachedAt.getTime() + days * DAYS);
  const first = { caseId, kind, at: breachedAt, answering: departmentCode, ladder: 2, withdrawn: false };
  return [
    i % 3 === 0 ? { ...first, answering: '430000-registration' } : first,
    ...(i % 5 === 0 ? [{ ...first, kind: other, at: after(4) }] : []),
    ...(i % 7 === 0 ? [{ ...first, at: after(-2), ladder: 1, withdrawn: true }] : []),
  ];
});
type Fired = typeof rungs.$inferInsert;
export const RUNGS: Fired[] = BREACHES.flatMap(({ kind, at, withdrawn, ...breach }): Fired[] => {
  const limitId = kind === 'norm' ? 'registrationPush.claim' : 'registrationPush.aggregation';
  const row: Fired = { ...breach, limitId, rung: 'due', dueAt: at, firedAt: at };
  return withdrawn ? [row, { ...row, rung: 'withdrawn' }] : [row];
});
const chosen = numbers(7);
export const REGISTRATIONS: (typeof registrations.$inferInsert)[] = Array.from({ length: 300 }, (_, i) => ({
  registrationNo: `R-${i}`,
  uscc: 'FIGURES',
  name: '统计企业',
  kind: 'enterprise',
  origin: 'in-province',
  regionCode: chosen.oneOf(PLACES),
  scope: '农药零售',
  event: 'establish',
  registeredOn: FROM,
  contentHash: 'x',
  catalogueVersion: 'x',
  acceptedAt: chosen.instant(),
  acceptedBy: 'shengju',
}));
