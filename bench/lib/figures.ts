/** Small statistics of measured values. */

/** The value below which this share of the values lies (nearest rank); NaN of nothing. @param share from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** The middle value; of an even number of values the lower of the two. NaN of nothing. */
export const median = (values: readonly number[]): number => percentile(values, 0.5);

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Rounded for reading and for JSON: three significant digits, whole from a hundred on. */
export const rounded = (value: number): number =>
  Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));

/** Cut off, not rounded up: a figure that misses its target must not be shown as one that meets it. */
export function notMoreThan(value: number, digits: number): string {
  const scale = 10 ** digits;
  // The smallest slip of a multiplication must not cost a digit.
  return (Math.floor(value * scale + 1e-9) / scale).toFixed(digits);
}
