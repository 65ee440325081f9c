/** People who use the system through either API, send again what got no answer, and sometimes send twice at once. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_PASSWORD } from '../../../db/seed.ts';
import { parseCaseId } from '../../../domain/case/id.ts';
import type { Dice } from './dice.ts';
import { Journal, type Answer, type Deed } from './journal.ts';

const PATIENCE_MS = 25_000;
/** After so long a person gives up; the checker then accepts both that it was done and that it was not. */
const GIVES_UP_MS = 180_000;

interface Response {
  status: number;
  body: Record<string, unknown>;
}

interface Request {
  as: string | null;
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  /** By what name it is counted; left out: by its path. */
  what?: string;
  body?: unknown;
  key?: string;
}

/** How often a command is sent to both APIs at once. */
const SENT_TWICE = 0.15;

/** The dice for the way of a request: how often it is repeated must not change what is chosen after it. */
const wayOf = (dice: Dice) => dice.nth(1);

export class People {
  readonly journal: Journal;
  private readonly apis: readonly string[];
  private readonly tokens = new Map<string, Promise<string>>();

  constructor(apis: readonly string[], journal: Journal) {
    this.apis = apis;
    this.journal = journal;
  }

  /** Asks until there is an answer that decides. @returns undefined if it gave up. */
  ask(dice: Dice, request: Request): Promise<Response | undefined> {
    const way = wayOf(dice);
    return this.untilDecided(request, () => [way.pick(this.apis)]);
  }

  /** Asks once. */
  once(dice: Dice, request: Request): Promise<Response | undefined> {
    return this.attempt(wayOf(dice).pick(this.apis), request);
  }

  /** Gives a command: repeated under its key until it is decided, at times by both APIs at once. */
  async command(
    dice: Dice,
    request: Request,
    deed: Omit<Deed, 'key' | 'answers' | 'account'>,
  ): Promise<Answer | undefined> {
    const entry: Deed = { ...deed, account: request.as ?? '', key: randomUUID(), answers: [] };
    this.journal.deeds.push(entry);
    const way = wayOf(dice);
    const apis = dice.happens(SENT_TWICE) ? () => this.apis : () => [way.pick(this.apis)];
    const note = (answer: Response) => entry.answers.push(answerOf(answer));
    const what = `${parseCaseId(deed.caseId)?.type}.${deed.action}`;
    const decided = await this.untilDecided({ ...request, what, key: entry.key }, apis, note);
    return decided && answerOf(decided);
  }

  private async untilDecided(
    request: Request,
    apis: () => readonly string[],
    note: (answer: Response) => unknown = () => undefined,
  ): Promise<Response | undefined> {
    const end = Date.now() + GIVES_UP_MS;
    for (let wait = 100; Date.now() < end; wait = Math.min(wait * 2, 3000)) {
      const sent = await Promise.all(apis().map((api) => this.attempt(api, request)));
      const answers = sent.filter((answer) => answer !== undefined);
      for (const answer of answers) note(answer);
      const decided = answers.find(Journal.isDecided);
      if (decided) {
        if (request.method !== 'GET') this.journal.answered(request.what ?? request.path, decided);
        return decided;
      }
      await sleep(wait * (0.5 + Math.random()));
    }
    return undefined;
  }

  private async attempt(api: string, request: Request): Promise<Response | undefined> {
    this.journal.attempts += 1;
    try {
      const token = request.as === null ? undefined : await this.tokenOf(api, request.as);
      const response = await fetch(api + request.path, {
        method: request.method,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(request.key ? { 'idempotency-key': request.key } : {}),
          ...(request.body !== undefined && !(request.body instanceof FormData)
            ? { 'content-type': 'application/json' }
            : {}),
        },
        body: request.body instanceof FormData ? request.body : JSON.stringify(request.body),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const text = await response.text();
      if (response.status === 500) this.journal.broken.push(`${request.method} ${request.path}: ${text.slice(0, 300)}`);
      return { status: response.status, body: JSON.parse(text) as Record<string, unknown> };
    } catch {
      // Killed, halted or away: whether it was done is not known, so it is asked again.
      return undefined;
    }
  }

  private tokenOf(api: string, username: string): Promise<string> {
    const known = this.tokens.get(username);
    if (known) return known;
    const signedIn = signIn(api, username);
    this.tokens.set(username, signedIn);
    signedIn.catch(() => this.tokens.delete(username));
    return signedIn;
  }
}

async function signIn(api: string, username: string): Promise<string> {
  const password = DEMO_PASSWORD;
  const response = await fetch(`${api}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const { token } = (await response.json()) as { token?: string };
  if (!token) throw new Error(`${username} cannot sign in: ${response.status}`);
  return token;
}

function answerOf({ status, body }: Response): Answer {
  const { code, step, stage, late, nextCaseId } = body as unknown as Answer;
  return { status, code, step, stage, late, nextCaseId };
}
