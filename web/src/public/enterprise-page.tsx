export function PublicEnterprisePage() {
  return null;
}
