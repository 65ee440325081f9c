import { LIMITS } from '../../../domain/clock/limits.ts';
import { isKeyOf } from '../../../domain/keys.ts';

/** The word for a code; the code itself if only a newer version of the program knows it. */
export const titleIn = (titles: Record<string, string>, code: string): string => titles[code] ?? code;

/** What is to be done within a limit; undefined if the text is no limit's id. */
export const limitTitle = (id: string): string | undefined => (isKeyOf(LIMITS, id) ? LIMITS[id].title : undefined);
