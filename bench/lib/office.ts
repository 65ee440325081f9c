/** People at work, over HTTP: connections are kept, and each request is timed. Lighter than `fetch`, which would compete with what is measured. */
import { randomUUID } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_PASSWORD } from '../../db/seed.ts';

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  ms: number;
}

/** Seconds after which what is always put off is given up. */
const GIVES_UP_S = 120;
/** Pause before the same is sent again. */
const AGAIN_MS = 100;

export class Office {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  private readonly tokens = new Map<string, string>();
  private readonly api: string;
  /** Answers of status 500 and above. */
  putOff = 0;

  constructor(api: string) {
    this.api = api;
  }

  /** Signs people in, by their demonstration passwords. */
  async open(...usernames: string[]): Promise<this> {
    for (const username of usernames) {
      const password = DEMO_PASSWORD;
      const { status, body } = await this.send(null, 'POST', '/api/v1/session', { username, password });
      if (status >= 300) throw new Error(`${username} 登录不成：${status}`);
      this.tokens.set(username, String(body['token']));
    }
    return this;
  }

  /** Sends once. @param key the command's Idempotency-Key. */
  send(as: string | null, method: 'GET' | 'POST', path: string, body?: unknown, key?: string): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const began = performance.now();
    const headers = {
      ...(as === null ? {} : this.authorization(as)),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(text === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }),
    };
    return new Promise((resolve, reject) => {
      const sent = httpRequest(this.api + path, { agent: this.agent, method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const status = response.statusCode ?? 0;
          if (status >= 500) this.putOff += 1;
          const parsed = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as Answer['body'];
          resolve({ status, body: parsed, ms: performance.now() - began });
        });
      });
      sent.on('error', reject);
      sent.end(text);
    });
  }

  authorization(as: string): { authorization: string } {
    return { authorization: `Bearer ${this.tokens.get(as)}` };
  }

  /** Sends, under one key, until it is decided. @throws Error where it is refused. */
  async done(as: string, path: string, body: unknown): Promise<Answer> {
    const key = randomUUID();
    for (const end = Date.now() + GIVES_UP_S * 1000; Date.now() < end; await sleep(AGAIN_MS)) {
      const answer = await this.send(as, 'POST', path, body, key);
      if (answer.status < 300) return answer;
      if (answer.status < 500) throw new Error(`${path}：${answer.status} ${JSON.stringify(answer.body)}`);
    }
    throw new Error(`${path}：${GIVES_UP_S} 秒内没有办成`);
  }

  close(): void {
    this.agent.destroy();
  }
}
