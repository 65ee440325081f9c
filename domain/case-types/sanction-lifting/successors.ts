/** Who lifts restrictions in place of departments that were retired meanwhile (第九条第一款): these have no accounts. */
import type { Reference } from '../../reference.ts';

/** By the code of the retired department, the code of whoever lifts and confirms in its place. */
export type Successors = Record<string, string>;

/**
 * The department that a retired one's duty routes to today, as with pushes (第七条第二款); where no level has one, the
 * registering authority. A department that stands has no successor.
 * @param regionCode the region of the listing, from which the measures were routed.
 */
export function successorsOf(
  { departments, router }: Pick<Reference, 'departments' | 'router'>,
  codes: readonly string[],
  regionCode: string,
): Successors {
  const found: Successors = {};
  for (const code of codes) {
    const department = departments.get(code);
    if (department && !department.retiredAt) continue;
    const route = department && router.route(department.sector, regionCode);
    const successor = route?.department ?? router.registeringAuthority(regionCode);
    if (successor) found[code] = successor.code;
  }
  return found;
}
