/**
 * Departments of the lowest region first: a region's code continues that of the region above, which fills up with
 * noughts, so of regions that contain each other the greatest is the lowest.
 */
export const lowestFirst = (a: { regionCode: string }, b: { regionCode: string }): number =>
  b.regionCode.localeCompare(a.regionCode);
