/**
 * The measures sentence by sentence: what the system does of each, by which organ, and which test shows it. docs/articles.md
 * is rendered from articles.json; test/domain/articles.test.ts holds it against the measures' own text.
 */
import { readFileSync } from 'node:fs';
import type { LimitId } from '../../domain/clock/limits.ts';

export const STATES = {
  whole: '已实现',
  partly: '部分实现',
  missing: '未实现',
  /** A duty of governments or organs that no system can do for them, or a rule about the measures themselves. */
  organs: '由机关办理',
} as const;

export interface Sentence {
  /** e.g. 第七条第二款 */
  article: string;
  /** Words that only this sentence of the article has. */
  words: string;
  state: keyof typeof STATES;
  organ: string;
  limits?: readonly LimitId[];
  /** Files of test/ that show it. */
  tests?: readonly string[];
  /** What is done, or what is not. */
  note: string;
}

const file = new URL('articles.json', import.meta.url);

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own file; test/domain/articles.test.ts holds it
export const SENTENCES = JSON.parse(readFileSync(file, 'utf8')) as readonly Sentence[];
