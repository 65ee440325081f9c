/**
 * Orders departments from the lowest region up. The code of a region begins like that of the region above it, which is
 * padded with zeros, so of nested regions the lowest has the greatest code.
 */
export const lowestFirst = (a: { regionCode: string }, b: { regionCode: string }): number =>
  b.regionCode.localeCompare(a.regionCode);
