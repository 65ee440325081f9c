export const OVERVIEW_EN: Record<string, string> = {};
