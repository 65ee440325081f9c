/** Progress for people who wait: a line when a step begins to take long, a line when it is done. */
export interface Progress {
  readonly note: (text: string) => void;
  readonly step: <T>(title: string, work: () => Promise<T>) => Promise<T>;
}

export const silentProgress: Progress = { note: () => undefined, step: (_title, work) => work() };

export function consoleProgress(write: (line: string) => void = (line) => console.log(line)): Progress {
  return {
    note: (text) => write(`  … ${text}`),
    async step(title, work) {
      const began = Date.now();
      try {
        const result = await work();
        write(`  ✓ ${title}（${seconds(began)} 秒）`);
        return result;
      } catch (error) {
        write(`  ✗ ${title}`);
        throw error;
      }
    },
  };
}

/** Says every few seconds that a long job is still running, and for how long. */
export async function withHeartbeat<T>(
  progress: Progress,
  text: string,
  work: () => Promise<T>,
  everyMs = 10_000,
): Promise<T> {
  const began = Date.now();
  const timer = setInterval(() => progress.note(`${text}，已用 ${seconds(began)} 秒`), everyMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

function seconds(since: number): string {
  const elapsed = (Date.now() - since) / 1000;
  return elapsed < 10 ? elapsed.toFixed(1) : elapsed.toFixed(0);
}
