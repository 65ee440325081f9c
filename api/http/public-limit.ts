/** How often one address may use public routes: as often as people do, not programs. */

/** For submissions and receipt numbers, which a program could flood or guess. */
export const PUBLIC_LIMIT = { max: 20, timeWindow: '1 minute' };

/** For published information, searched letter by letter, also by officials whose whole office may share one address. */
export const PUBLIC_READ_LIMIT = { max: 300, timeWindow: '1 minute' };
