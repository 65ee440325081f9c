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

/** How often something was asked for, and with what codes it was refused. */
interface Asked {
  times: number;
  accepted: number;
  refused: Map<string, number>;
}

/** Answers to a body that is wrong whatever the case's state: the people of this test have not kept up with a schema. */
const MALFORMED: ReadonlySet<number> = new Set([400, 413, 415, 422]);

export class Journal {
  readonly deeds: Deed[] = [];
  /** Cases that an intake said it had opened. */
  readonly accepted = new Set<string>();
  readonly looks: Look[] = [];
  readonly disturbances: string[] = [];
  /** Answers that no sender should ever get: status 500, or no JSON. */
  readonly broken: string[] = [];
  /** What was asked for, by its name: `registrationPush.claim`, or the address of an intake. */
  readonly asked = new Map<string, Asked>();
  /** Bodies of ours that were refused for what is in them, with how often each was. */
  readonly malformed = new Map<string, number>();
  lifecycles = 0;
  attempts = 0;

  note(disturbance: string): void {
    this.disturbances.push(disturbance);
  }

  /** Counts the answer that decided a request. */
  answered(what: string, { status, body }: { status: number; body: Record<string, unknown> }): void {
    const counted = this.asked.get(what) ?? { times: 0, accepted: 0, refused: new Map<string, number>() };
    this.asked.set(what, counted);
    counted.times += 1;
    const { code = '', detail = '' } = body as { code?: string; detail?: string };
    if (status < 300) counted.accepted += 1;
    else increment(counted.refused, code || String(status));
    if (MALFORMED.has(status)) increment(this.malformed, `${what}: ${status} ${code} ${detail}`);
  }

  /** Whether a deed was answered for good: carried out, or refused. Whoever asks too often asks again. */
  static isDecided(this: void, { status }: Pick<Answer, 'status'>): boolean {
    return status < 500 && status !== 429;
  }
}

function increment(counts: Map<string, number>, of: string): void {
  counts.set(of, (counts.get(of) ?? 0) + 1);
}
