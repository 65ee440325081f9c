/** Numbers beside lists: exact where they are small; nobody reads the digits of more. */

/** Counted up to this number. */
export const MOST_COUNTED = 10_000;

export const isMore = (count: number): boolean => count >= MOST_COUNTED;

/** `10000+` stands for that many or more. */
export const counted = (count: number): string => `${count}${isMore(count) ? '+' : ''}`;
