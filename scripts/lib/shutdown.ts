interface Part {
  readonly name: string;
  readonly stop: () => Promise<void>;
  /** Ends the part at once. */
  readonly kill: () => void;
}

export interface Shutdown {
  readonly add: (part: Part) => void;
  /** Throws if an end was asked for. Called between steps, so that nothing is started just to be stopped. */
  readonly check: () => void;
  readonly stopAll: () => Promise<void>;
  /** Resolves on Ctrl-C or SIGTERM, and where nobody reads the output any more. */
  readonly requested: Promise<void>;
}

export class StopRequested extends Error {}

/** In ms. npm passes Ctrl-C on although the terminal sent it, too: a second signal counts only after this time. */
const SAME_KEYSTROKE_MS = 1_000;

/** Stops parts in reverse order of their start; a second Ctrl-C kills them. */
export function createShutdown(say: (text: string) => void): Shutdown {
  const parts: Part[] = [];
  let firstSignalAt = 0;
  let ask: () => void = () => undefined;
  const requested = new Promise<void>((resolve) => (ask = resolve));

  const end = () => {
    firstSignalAt = Date.now();
    say('\n正在停止（再按一次 Ctrl-C 立即结束）…');
    ask();
  };
  const onSignal = () => {
    if (firstSignalAt === 0) end();
    else if (Date.now() - firstSignalAt > SAME_KEYSTROKE_MS) {
      for (const part of parts.toReversed()) part.kill();
      process.exit(130);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  // Whoever read the output went away (`npm start | head`). Unheard, the error would end this process and leave its servers.
  process.stdout.on('error', () => firstSignalAt === 0 && end());

  return {
    add: (part) => void parts.push(part),
    check: () => {
      if (firstSignalAt > 0) throw new StopRequested();
    },
    async stopAll() {
      for (let part = parts.pop(); part; part = parts.pop()) {
        const { name } = part;
        await part.stop().catch((error: unknown) => say(`  ✗ ${name} 停止时出错：${String(error)}`));
        say(`  ✓ 已停止 ${name}`);
      }
    },
    requested,
  };
}
