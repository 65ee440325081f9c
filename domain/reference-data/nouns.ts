/** What a province's reference data consist of, one file each. */

interface NounRow {
  title: string;
  /**
   * `rows`: a file adds and changes; what it does not name stays. `edition`: a file is the whole, under a version of its own; what it
   * does not name is no longer in force, and what was judged by an earlier edition keeps it.
   */
  file: 'rows' | 'edition';
  /** Whether it decides who is told of a registration. */
  routes: boolean;
}

export const NOUNS = {
  sectors: { title: '行业', file: 'rows', routes: false },
  regions: { title: '行政区划', file: 'rows', routes: true },
  departments: { title: '部门', file: 'rows', routes: true },
  catalogue: { title: '后置审批事项目录', file: 'edition', routes: true },
  'sanction-measures': { title: '惩戒措施目录', file: 'edition', routes: false },
} as const satisfies Record<string, NounRow>;

export type Noun = keyof typeof NOUNS;

export const isEdition = (noun: Noun): boolean => NOUNS[noun].file === 'edition';
