/** Repeats requests that are put off (503, 429) when the server says so, and gives up after a while. */
import { SetupError } from '../../../runtime/setup-error.ts';

const MOST_TRIES = 12;
const PATIENCE_MS = 120_000;
/** The pause if the server names none, e.g. because the connection was refused. */
const USUAL_PAUSE_MS = 5_000;
/** Longer than any statement of the API may take. */
const ANSWER_MS = 60_000;

type Ask = (signal: AbortSignal) => Promise<Response>;

interface Problem {
  detail?: string;
  remedy?: string;
}

export interface Waiting {
  /** Waits before the next try. */
  readonly wait: (ms: number) => Promise<unknown>;
  readonly say: (line: string) => void;
}

/**
 * Asks until the answer is not "later". Requests that change something must carry the same Idempotency-Key in every try.
 * @returns the first answer that is neither 503 nor 429
 * @throws SetupError once it was put off too often or for too long
 */
export async function askPatiently(ask: Ask, { wait, say }: Waiting): Promise<Response> {
  let waited = 0;
  for (let tries = 1; ; tries += 1) {
    const answer = await ask(AbortSignal.timeout(ANSWER_MS)).catch(unanswered);
    if (answer instanceof Response && answer.status !== 503 && answer.status !== 429) return answer;
    const { detail, remedy } = await reasonOf(answer);
    const next = answer instanceof Response ? pauseOf(answer) : USUAL_PAUSE_MS;
    if (tries === MOST_TRIES || waited + next > PATIENCE_MS) {
      throw new SetupError(`${detail}：试了${tries}次，共等待${Math.round(waited / 1000)}秒，仍不能办理。`, [
        ...(remedy ? [remedy] : []),
        '查看运行 npm start 的窗口和数据目录中的日志，恢复后重新运行 npm run demo',
      ]);
    }
    say(`${detail}，${Math.round(next / 1000)}秒后重试（第${tries}次）`);
    await wait(next);
    waited += next;
  }
}

/** The reason of a fetch that nobody answered: the API is restarting, or hangs. Other errors are bugs and thrown on. */
function unanswered(error: unknown): Error {
  const isOfNetwork = error instanceof TypeError && error.cause !== undefined;
  if (error instanceof Error && (isOfNetwork || error.name === 'TimeoutError')) return error;
  throw error;
}

async function reasonOf(answer: Response | Error): Promise<Required<Problem>> {
  if (answer instanceof Error) return { detail: '系统没有应答', remedy: '' };
  const problem = (await answer.json().catch(() => null)) as Problem | null;
  return { detail: problem?.detail ?? `系统应答 ${answer.status}`, remedy: problem?.remedy ?? '' };
}

/** Retry-After is a number of seconds or a date. */
function pauseOf({ headers }: Response): number {
  const said = headers.get('retry-after');
  if (said === null) return USUAL_PAUSE_MS;
  const ms = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return Number.isNaN(ms) ? USUAL_PAUSE_MS : Math.max(ms, 1000);
}
