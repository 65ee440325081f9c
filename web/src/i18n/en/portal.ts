export const PORTAL_EN: Record<string, string> = {};
