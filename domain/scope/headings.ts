/** The headings of a scope's sections: 许可项目 and 一般项目. */

export type Section = 'licensed' | 'general';

export const HEADINGS: readonly (readonly [section: Section, texts: readonly string[]])[] = [
  ['licensed', ['许可项目', '许可经营项目', '许可经营范围', '前置许可经营项目', '前置许可项目', '后置许可项目']],
  ['general', ['一般项目', '一般经营项目', '一般经营范围']],
];

const FIRST = [...new Set(HEADINGS.flatMap(([, texts]) => texts.map((text) => text.charCodeAt(0))))];

/** A quick test: false if no heading begins with this code unit. */
export function mayBeHeading(unit: number): boolean {
  return FIRST.includes(unit);
}
