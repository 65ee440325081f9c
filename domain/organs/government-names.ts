/** The names of a region's people's government, as its documents write them: shortest first. */
import type { RegionTree } from './regions.ts';

/** @returns 天心区人民政府、长沙市天心区人民政府、湖南省长沙市天心区人民政府; none for an unknown region. */
export function governmentNames(regions: Pick<RegionTree, 'ancestors'>, regionCode: string): string[] {
  const path = regions.ancestors(regionCode).map(({ name }) => name);
  return path.map(
    (_, index) =>
      `${path
        .slice(0, index + 1)
        .toReversed()
        .join('')}人民政府`,
  );
}
