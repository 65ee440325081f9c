/** What a run is judged by: the share of mutants that were noticed, and an explanation for each that was not. */
import type { Verdict } from './sweep.ts';

/** Of all mutants, in percent. */
export const LEAST_SCORE = 85;

/** Why some mutants of one file need not be noticed. */
export interface Explanation {
  /** From the root. */
  file: string;
  /** Text of the lines on which they begin: what stands there, so that it holds when lines move. */
  line: string;
  /** Stryker's name of the mutation; any, where none is given. */
  mutator?: string;
  /** What the mutation makes of it; anything, where none is given. */
  becomes?: string;
  reason: string;
}

export interface Judgement {
  /** In percent. */
  score: number;
  killed: number;
  of: number;
  unexplained: Verdict[];
  /** They explain nothing any more, among the files that were run. */
  stale: Explanation[];
}

const isNoticed = ({ status }: Verdict) => status === 'killed' || status === 'endless';

const explains = ({ file, line, mutator, becomes }: Explanation, { mutant }: Pick<Verdict, 'mutant'>): boolean =>
  mutant.file === file &&
  mutant.source.includes(line) &&
  (mutator === undefined || mutant.mutator === mutator) &&
  (becomes === undefined || mutant.replacement === becomes);

export function judge(verdicts: readonly Verdict[], explanations: readonly Explanation[]): Judgement {
  const survivors = verdicts.filter((verdict) => !isNoticed(verdict));
  const files = new Set(verdicts.map(({ mutant }) => mutant.file));
  const killed = verdicts.length - survivors.length;
  return {
    score: verdicts.length === 0 ? 100 : (100 * killed) / verdicts.length,
    killed,
    of: verdicts.length,
    unexplained: survivors.filter((verdict) => !explanations.some((one) => explains(one, verdict))),
    stale: explanations.filter((one) => files.has(one.file) && !survivors.some((verdict) => explains(one, verdict))),
  };
}
