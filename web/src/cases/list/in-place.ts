/** Puts a row back to where it stood. @param index its former position. */
export function inPlace<T extends { caseId: string }>(cases: T[], own: T, index: number): T[] {
  const others = cases.filter(({ caseId }) => caseId !== own.caseId);
  return [...others.slice(0, index), own, ...others.slice(index)];
}
