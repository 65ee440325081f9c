/**
 * 许可项目 that no item of the catalogue explains: the register itself says that an approval is needed, but the catalogue
 * names none, so that the department is unclear (第七条第二款).
 */
import { HEADINGS } from './headings.ts';
import type { Hit } from './hits.ts';

/** 前置许可 was given before the registration (先证后照): its items are no matter of the post-approval catalogue. */
const GIVEN_BEFORE = /^前置/;

const sectionOf = new Map(HEADINGS.flatMap(([section, texts]) => texts.map((text) => [text, section] as const)));

/** A heading with its colon. Longer headings first, so that 前置许可项目 is not read as 许可项目. */
const HEADING = new RegExp(`(${[...sectionOf.keys()].sort((a, b) => b.length - a.length).join('|')})\\s*[:：]`, 'g');

/** What sections without an item hold: brackets with boilerplate, signs, and the words for nothing. */
const NOTHING = /[（(][^（）()]*[）)]|[\s\p{P}\p{S}\p{C}]|无/gu;

/** @returns whether a section of 许可项目 has content and no hit in it. Linear in the scope's length. */
export function hasUnexplainedPermits(scope: string, hits: readonly Pick<Hit, 'start'>[]): boolean {
  const headings = [...scope.matchAll(HEADING)];
  return headings.some((heading, index) => {
    const [whole, text = ''] = heading;
    if (sectionOf.get(text) !== 'licensed' || GIVEN_BEFORE.test(text)) return false;
    const from = heading.index + whole.length;
    const to = headings[index + 1]?.index ?? scope.length;
    if (hits.some(({ start }) => start >= from && start < to)) return false;
    return scope.slice(from, to).replaceAll(NOTHING, '') !== '';
  });
}
