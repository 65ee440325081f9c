/** Figures by name, as domain/oversight/statistics.ts defines them: their schema, their counts with the lists, their sums. */
import { keysOf } from '../../domain/keys.ts';
import { z } from 'zod';
import type { CaseConditions } from '../../domain/worklist/case-filter.ts';
import type { Period } from '../../domain/oversight/statistics.ts';
import type { Reference } from '../../domain/reference.ts';
import { figure, figureSchema, type Asked, type Figure } from './statistics.ts';

type Defined = Record<string, { title: string; conditions: (period: Period) => CaseConditions }>;

export const titlesOf = (figures: Defined) => Object.values(figures).map(({ title }) => title);
/** The counts of a row in the order of the titles, for a CSV file. */
export const countsOf = (row: Record<string, Figure>, figures: Defined) =>
  keysOf(figures).map((name) => row[name]?.count ?? null);

export function schemaOf<F extends object>(figures: F) {
  const shape = Object.fromEntries(keysOf(figures).map((name) => [name, figureSchema]));
  return z.object(shape as Record<keyof F & string, typeof figureSchema>);
}

/** An object with the same keys and values that `make` returns. */
export function each<F extends object, T>(figures: F, make: (name: keyof F & string) => T) {
  return Object.fromEntries(keysOf(figures).map((name) => [name, make(name)])) as Record<keyof F & string, T>;
}

/** Each count with the list behind it. @param own the conditions that the row stands for, e.g. a department or a county. */
export function figuresOf<F extends Defined>(
  defined: F,
  asked: Asked,
  own: CaseConditions,
  counts: Record<keyof F, number>,
) {
  return each(defined, (name) => figure(counts[name], asked, { ...own, ...defined[name]!.conditions(asked.period) }));
}

/** Each figure, summed over the rows. */
export function sumOf<F extends object>(figures: F, rows: Record<keyof F & string, number>[]) {
  return each(figures, (name) => rows.reduce((sum, row) => sum + row[name], 0));
}

/** The conditions by which each figure is counted. */
export const conditionsOf = <F extends Defined>(defined: F, { period }: Asked) =>
  each(defined, (name) => defined[name]!.conditions(period));

/** The region's name. At a city's or the province's own level the title says so, to tell it from its counties. */
export function regionTitle({ regions }: Reference, code: string): string {
  const region = regions.resolve(code);
  return region && region.level !== 'county' ? `${region.name}（本级）` : (region?.name ?? code);
}
