/** The word for a code; the code itself where a newer version of the program has brought one. */
export const titleIn = (titles: Record<string, string>, code: string): string => titles[code] ?? code;
