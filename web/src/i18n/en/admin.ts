export const ADMIN_EN: Record<string, string> = {};
