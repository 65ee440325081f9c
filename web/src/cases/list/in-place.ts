/** @param index where it stood. */
export function inPlace<T extends { caseId: string }>(cases: T[], own: T, index: number): T[] {
  const others = cases.filter(({ caseId }) => caseId !== own.caseId);
  return [...others.slice(0, index), own, ...others.slice(index)];
}
