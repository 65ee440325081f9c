export const CASES_EN: Record<string, string> = {};
