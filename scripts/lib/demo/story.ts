/** Tells a case's life while it happens, through HTTP alone: any official could do the same. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { CaseView } from '../../../api/cases/view.ts';
import { legalDateOf, type LegalDate } from '../../../domain/clock/calendar.ts';
import { NATURES, natureOf } from '../../../domain/clock/nature.ts';
import type { CommandResult } from '../../../domain/case/case.ts';
import { askPatiently, type Waiting } from './patience.ts';

const PASSWORD = 'xietong-demo';
const PATIENCE = 120_000;

export interface Detail extends CaseView {
  hits: { keyword: string; itemName: string }[];
  audit: { step: number; at: string; actor: string; action: string; title: string; article: string }[];
}

export interface Notice {
  caseId: string;
  topic: string;
  title: string;
  body: string;
  article: string;
  urgency: string;
}

export type Say = (line: string) => void;

export class Story {
  private readonly url: string;
  private readonly say: Say;
  private readonly waiting: Waiting;
  private readonly tokens = new Map<string, { token: string; name: string }>();
  /** Makes numbers unique to this performance: the same database may see many. */
  readonly serial: string;

  /** @param wait waits before the next try; tests pass one that does not */
  constructor(url: string, say: Say, wait: Waiting['wait'] = pause) {
    this.url = url;
    this.say = say;
    this.waiting = { wait, say: (line) => this.note(line) };
    this.serial = Date.now().toString(36).toUpperCase();
  }

  scene(title: string): void {
    this.say(`\n━━ ${title}`);
  }

  tell(who: string, what: string): void {
    this.say(`  ${who}　${what}`);
  }

  note(line: string): void {
    this.say(`    → ${line}`);
  }

  /** The display name of an account. */
  async nameOf(username: string): Promise<string> {
    return (await this.signIn(username)).name;
  }

  async get<T>(as: string | null, path: string): Promise<T> {
    const { status, body } = await this.request(as, 'GET', path);
    if (status !== 200) throw new Error(`GET ${path} 作为 ${as ?? '公众'}：${status} ${JSON.stringify(body)}`);
    return body as T;
  }

  /** A request that must succeed. */
  async post<T>(as: string | null, path: string, body: unknown = {}): Promise<T> {
    const answer = await this.request(as, 'POST', path, body);
    if (answer.status >= 300)
      throw new Error(`POST ${path} 作为 ${as ?? '公众'}：${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  /** A request that must be refused; tells the reason. */
  async refused(as: string | null, path: string, body: unknown = {}): Promise<string> {
    const { status, body: answer } = await this.request(as, 'POST', path, body);
    const { code, detail, remedy, article } = answer as Record<'code' | 'detail' | 'remedy' | 'article', string>;
    if (status < 400) throw new Error(`POST ${path} 应当被拒绝，却得到 ${status}`);
    this.note(`不予办理：${detail}（${article ?? code}）。${remedy}`);
    return code;
  }

  /** The legal day, which runs ahead of the machine's on the accelerated clock. @param uscc of an enterprise of the story */
  async today(uscc: string): Promise<LegalDate> {
    return (await this.get<{ asOf: string }>(null, `/api/v1/public/enterprises/${uscc}`)).asOf;
  }

  /** A number of a document of that day, unique to this performance, e.g. 天农许〔2026〕MA1B2C3D号. */
  numbered(name: string, day: LegalDate): string {
    return `${name}〔${day.slice(0, 4)}〕${this.serial}号`;
  }

  /** One command on one case; tells its result. */
  async command(as: string, noun: string, caseId: string, verb: string, told: string, body: unknown = {}) {
    const result = await this.post<CommandResult>(as, `${pathOf(noun, caseId)}/${verb}`, body);
    this.tell(await this.nameOf(as), `${told}${result.late ? '（逾期办理，逾期记录保留）' : ''}`);
    return result;
  }

  /** Waits for a number of working days of the accelerated clock. */
  async workingDays(count: number): Promise<void> {
    const { workingDaySeconds } = await this.get<{ workingDaySeconds: number }>(null, '/api/v1/session/options');
    await pause(count * workingDaySeconds * 1000);
  }

  /** Waits until a case meets a condition. */
  async until(as: string, noun: string, caseId: string, holds: (seen: Detail) => boolean): Promise<Detail> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const { status, body } = await this.request(as, 'GET', pathOf(noun, caseId));
      if (status === 200 && holds(body as Detail)) return body as Detail;
      if (Date.now() > end) throw new Error(`${caseId} 没有等到：${status} ${JSON.stringify(body).slice(0, 800)}`);
      await pause(200);
    }
  }

  /** Waits for a case that another one has just caused; it exists a moment later. */
  begun(as: string, noun: string, caseId: string): Promise<Detail> {
    return this.until(as, noun, caseId, ({ deadlines, status }) => deadlines.length > 0 || status === 'closed');
  }

  /** Tells each limit of the case: due date, kind, article. */
  due({ deadlines }: Detail): void {
    for (const { title, workingDays, dueDate, provisional, article, settledAt, ...limit } of deadlines) {
      if (settledAt) continue;
      const { term } = NATURES[natureOf(limit)];
      this.note(
        `${title}：${workingDays}个工作日（${term}，${article}），${dueDate}届满${provisional ? '（暂定）' : ''}`,
      );
    }
  }

  /** Tells the case's audit log, for whoever wants to check it. */
  audit({ caseId, audit }: Detail): void {
    this.say(`    审计 ${caseId}`);
    for (const { step, at, actor, title, article } of audit) {
      this.say(`      ${String(step).padStart(2)}. ${legalDateOf(Date.parse(at))}　${actor}　${title}（${article}）`);
    }
  }

  async inbox(as: string, caseId: string): Promise<Notice[]> {
    const { items } = await this.get<{ items: Notice[] }>(
      as,
      `/api/v1/inbox?limit=200&caseId=${encodeURIComponent(caseId)}`,
    );
    return items;
  }

  /** Waits until someone's inbox has the notice, and tells its text. */
  async notified(as: string, caseId: string, topic: string): Promise<Notice> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const notice = (await this.inbox(as, caseId)).find((one) => one.topic === topic);
      if (notice) {
        this.tell(await this.nameOf(as), `收到通知“${notice.title}”（${notice.article}）：${notice.body}`);
        return notice;
      }
      if (Date.now() > end) throw new Error(`${as} 没有收到 ${caseId} 的 ${topic}`);
      await pause(200);
    }
  }

  private async signIn(username: string): Promise<{ token: string; name: string }> {
    const known = this.tokens.get(username);
    if (known) return known;
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: PASSWORD }),
    };
    const response = await this.ask('/api/v1/session', init);
    const body = (await response.json()) as { token: string; account: { displayName: string } };
    if (!response.ok) throw new Error(`演示账号 ${username} 不能登录：${JSON.stringify(body)}`);
    const session = { token: body.token, name: body.account.displayName };
    this.tokens.set(username, session);
    return session;
  }

  private ask(path: string, init: RequestInit): Promise<Response> {
    return askPatiently((signal) => fetch(this.url + path, { ...init, signal }), this.waiting);
  }

  private async request(as: string | null, method: string, path: string, body?: unknown) {
    const headers: Record<string, string> = as ? { authorization: `Bearer ${(await this.signIn(as)).token}` } : {};
    // The same key for every try: a try that was put off may have been carried out all the same.
    if (body !== undefined) headers['idempotency-key'] = randomUUID();
    if (body !== undefined && !(body instanceof FormData)) headers['content-type'] = 'application/json';
    const init = { method, headers, ...(body !== undefined && { body: contentOf(body) }) };
    const response = await this.ask(path, init);
    const answered: unknown = await response.json().catch(() => null);
    return { status: response.status, body: answered };
  }
}

const contentOf = (body: unknown): FormData | string => (body instanceof FormData ? body : JSON.stringify(body));

export const pathOf = (noun: string, caseId: string) => `/api/v1/${noun}/${encodeURIComponent(caseId)}`;
