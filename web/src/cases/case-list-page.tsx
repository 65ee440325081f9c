export function CaseListPage(_: { noun: string }) {
  return null;
}
