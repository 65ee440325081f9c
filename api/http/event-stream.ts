/** The server-sent events of one page: what changed among the cases it may see, at most once a second. */
import { PassThrough } from 'node:stream';
import type { CaseType } from '../../domain/case/id.ts';
import { concerns, type Change } from '../../domain/worklist/changes.ts';
import { CASE_TYPE_IDS } from '../../domain/case-types/case-types.ts';
import type { Actor } from '../../domain/organs/actor.ts';

const AT_MOST_EVERY_MS = 1000;
/** How long a browser waits before it reconnects. */
const RETRY_MS = 3000;

/** The data of `event: cases`. `event: notices` carries none. */
export interface CasesChanged {
  types: CaseType[];
}

export class EventStream {
  readonly out = new PassThrough();
  /** As the account was at its latest check. */
  actor: Actor;
  private readonly types = new Set<CaseType>();
  private hasNotices = false;
  private pause: NodeJS.Timeout | undefined;

  constructor(actor: Actor) {
    this.actor = actor;
    this.out.on('close', () => clearTimeout(this.pause));
    this.write(`retry: ${RETRY_MS}\n\n`);
  }

  tell(change: Change): void {
    if (!concerns(change, this.actor)) return;
    if (change.of === 'cases') this.types.add(change.caseType);
    if (change.of === 'everything') for (const type of CASE_TYPE_IDS) this.types.add(type);
    if (change.of !== 'cases') this.hasNotices = true;
    if (!this.pause) this.flush();
  }

  /** Keeps proxies from closing a silent stream, and detects clients that have gone. */
  beat(): void {
    this.write(': \n\n');
  }

  end(): void {
    this.out.end();
  }

  /** Sends the first change at once and collects those of the following second. */
  private flush(): void {
    this.pause = undefined;
    const events: string[] = [];
    const changed: CasesChanged = { types: [...this.types] };
    if (changed.types.length > 0) events.push(event('cases', changed));
    if (this.hasNotices) events.push(event('notices', {}));
    if (events.length === 0) return;
    this.types.clear();
    this.hasNotices = false;
    this.write(events.join(''));
    this.pause = setTimeout(() => this.flush(), AT_MOST_EVERY_MS).unref();
  }

  private write(text: string): void {
    if (this.out.writable) this.out.write(text);
  }
}

const event = (name: string, data: object) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
