/** What a bench tells: lines in Chinese, a verdict for each goal, and everything as JSON in the last line. */
import { rounded } from './figures.ts';

interface Goal {
  what: string;
  value: number;
  /** The goal is met up to here (`most`) or from here on (`least`). */
  most?: number;
  least?: number;
  unit?: string;
}

interface Verdict extends Goal {
  met: boolean;
}

export class Report {
  private readonly bench: string;
  private readonly verdicts: Verdict[] = [];

  constructor(bench: string) {
    this.bench = bench;
  }

  say(text: string): void {
    console.log(text);
  }

  /** Says whether a goal is met. A figure that is missing (NaN) meets none. */
  goal(goal: Goal): void {
    const { what, value, most = Infinity, least = -Infinity, unit = '' } = goal;
    const met = value <= most && value >= least;
    const wanted = goal.most === undefined ? `≥ ${rounded(least)}` : `≤ ${rounded(most)}`;
    this.verdicts.push({ ...goal, value: rounded(value), met });
    this.say(`${met ? '达到目标' : '未达到目标'}  ${what}：${rounded(value)}${unit}（目标 ${wanted}${unit}）`);
  }

  /** Prints the last line. @returns the exit code: 0 where every goal is met. */
  end(figures: object): number {
    const met = this.verdicts.every((verdict) => verdict.met);
    console.log(JSON.stringify({ bench: this.bench, met, goals: this.verdicts, ...figures }));
    return met ? 0 : 1;
  }
}
