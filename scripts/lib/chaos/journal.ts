/** What was asked, what was answered and what was shown: kept beside the system, for the checker to compare with it. */

/** One answer to one attempt of a command. */
export interface Answer {
  status: number;
  code?: string;
  step?: number;
  stage?: string;
  late?: boolean;
  nextCaseId?: string;
}

/** One command of one person under one key, however often it was sent. */
export interface Deed {
  caseId: string;
  action: string;
  account: string;
  key: string;
  /** The version that the person saw, where the command names one. */
  seenVersion?: number;
  answers: Answer[];
}

/** One look at a public page. Engine time, epoch ms. */
export interface Look {
  uscc: string;
  from: number;
  to: number;
  shown: { recordId: string; version: number; content: unknown }[];
}

export class Journal {
  readonly deeds: Deed[] = [];
  /** Cases that an intake said it had opened. */
  readonly accepted = new Set<string>();
  readonly looks: Look[] = [];
  readonly disturbances: string[] = [];
  /** Answers that no sender should ever get: status 500, or no JSON. */
  readonly broken: string[] = [];
  lifecycles = 0;
  attempts = 0;

  note(disturbance: string): void {
    this.disturbances.push(disturbance);
  }

  /** Whether a deed was answered for good: carried out, or refused. */
  static isDecided(this: void, answer: Pick<Answer, 'status'>): boolean {
    return answer.status < 500;
  }
}
