/** Runs the tests of the rules for every mutant, in as many processes as are asked for, and ends what never comes back. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT, type Mutant, type Plan } from './plan.ts';

export type Status = 'killed' | 'survived' | 'not reached' | 'endless';

export interface Verdict {
  mutant: Mutant;
  status: Status;
  /** The test that noticed. */
  by?: string;
}

const LOOK_EVERY_MS = 1000;
/** Learning a test file, or one mutant, takes seconds; on a machine that is busy with other things, a minute or two. */
const SILENT_LOOKS = 300;

interface Entry {
  id?: string;
  status?: Status | 'begun';
  by?: string;
}

const VITEST = path.join(path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

/** @param tell what is judged so far, about once a second */
export async function sweep(
  plan: Plan,
  processes: number,
  tell: (judged: () => Verdict[]) => void,
): Promise<Verdict[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'xietong-mutate-'));
  try {
    writeFileSync(path.join(folder, 'plan.json'), JSON.stringify(plan));
    const found = new Map<string, Entry>();
    // Neighbours cost about the same: dealt like cards.
    const hands = Array.from({ length: processes }, (_, hand) =>
      plan.mutants.filter((__, index) => index % processes === hand).map(({ id }) => id),
    );
    const judged = () =>
      plan.mutants.flatMap((mutant): Verdict[] => {
        const { status, by } = found.get(mutant.id) ?? {};
        return status === undefined || status === 'begun' ? [] : [{ mutant, status, ...(by !== undefined && { by }) }];
      });
    const look = () => tell(judged);
    await Promise.all(hands.map((ids, hand) => sweepHand({ folder, name: `hand-${hand}`, ids, found, look })));
    return judged();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Hand {
  folder: string;
  name: string;
  ids: string[];
  found: Map<string, Entry>;
  look: () => void;
}

/** A process that was ended over one mutant is followed by another, for those that are left. */
async function sweepHand({ folder, name, ids, found, look }: Hand): Promise<void> {
  const journal = path.join(folder, `${name}.jsonl`);
  for (let left = ids; left.length > 0;) {
    writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(left));
    writeFileSync(journal, '');
    const news = newEntriesOf(journal);
    const output = await runOnce(folder, name, () => {
      for (const entry of news()) if (entry.id !== undefined) found.set(entry.id, entry);
      look();
    });
    const before = left.length;
    // Whatever was begun and never told is what it was ended over, or what ended it: a list that grows for ever, say.
    for (const [id, { status }] of found)
      if (status === 'begun' && left.includes(id)) found.set(id, { status: 'endless' });
    left = left.filter((id) => !found.has(id));
    if (left.length === before) throw new Error(`${name}:\n${output}`);
  }
}

/** What was written since the last call; a line that is half written waits for the next. */
function newEntriesOf(journal: string): () => Entry[] {
  let read = 0;
  return () => {
    const lines = readFileSync(journal, 'utf8').split('\n').slice(0, -1);
    const fresh = lines.slice(read);
    read = lines.length;
    return fresh.map((line) => JSON.parse(line) as Entry);
  };
}

function runOnce(folder: string, name: string, look: () => void): Promise<string> {
  const journal = path.join(folder, `${name}.jsonl`);
  const child = spawn(process.execPath, [VITEST, 'run', '--config', 'test/mutation/vitest.config.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      MUTATION_PLAN: path.join(folder, 'plan.json'),
      MUTATION_TODO: path.join(folder, `${name}.json`),
      MUTATION_JOURNAL: journal,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  let [written, silent] = [0, 0];
  // Counted in looks, not by the clock: a machine that was asleep is no mutant that loops.
  const watch = setInterval(() => {
    look();
    const { size } = statSync(journal);
    silent = size === written ? silent + 1 : 0;
    written = size;
    if (silent < SILENT_LOOKS) return;
    child.kill('SIGKILL');
  }, LOOK_EVERY_MS);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      clearInterval(watch);
      look();
      resolve(output);
    });
  });
}
