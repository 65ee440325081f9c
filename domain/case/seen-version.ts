/**
 * What was seen is what is decided (第十九条第一款): who decides about a content that can change says which version he saw. The
 * workflow refuses the act where its case is about another version by then.
 */
import { z } from 'zod';

/** The field's name in the bodies of such commands. */
export const SEEN_VERSION = 'seenVersion';

/** The version that the case was about when its content was shown, as `facts.version` of the case said; absent: not compared. */
export const seenVersion = () =>
  z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('所见的版本：办理人看到的内容的版本号（事项的 facts.version）；内容已变的不予办理');

/**
 * @param facts the case's facts, whose `version` is the one that it is about.
 * @returns whether the body names a version, and another one.
 */
export function isAboutAnotherVersion(facts: Record<string, unknown>, body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !(SEEN_VERSION in body)) return false;
  return body[SEEN_VERSION] !== undefined && body[SEEN_VERSION] !== facts['version'];
}
