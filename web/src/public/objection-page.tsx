export function ObjectionPage() {
  return null;
}
