/**
 * The regions of departments, the lowest first: a region's code continues that of the region above, which fills up with
 * noughts, so of those that contain each other the greatest is the lowest.
 */
export const levelsOf = (departments: { regionCode: string }[]): string[] =>
  [...new Set(departments.map(({ regionCode }) => regionCode))].sort().toReversed();
