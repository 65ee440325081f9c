/** `npm run -s match -- --input FILE.jsonl`: which post-approval items does each registration of a file contain? */
import { createReadStream } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { loadCatalogue } from '../data/catalogue/load.ts';
import { createMatcher } from '../domain/scope-matching.ts';

const HELP = `Usage: npm run -s match -- --input FILE.jsonl [--explain]

Matches each registration's business scope against the post-approval catalogue (第七条).

  --input FILE   one registration a line: {"registrationNo": "...", "scope": "...", ...}; - reads standard input
  --explain      add to every answer its hits (keyword, clause, offsets, section) and the catalogue's version
  --help         this text

Prints one line a registration: {"registrationNo": "...", "items": ["PA002", ...]}.
A line that cannot be read is reported on standard error with its number; the others are still answered.
Exit code: 0, or 1 where a line or the input could not be read, or 2 where the command line is wrong.`;

const registration = z.object({ registrationNo: z.string().min(1), scope: z.string() });

type Outcome = { registration: z.infer<typeof registration> } | { problem: string };

function readLine(line: string): Outcome {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { problem: 'not JSON' };
  }
  const parsed = registration.safeParse(value);
  if (parsed.success) return { registration: parsed.data };
  return {
    problem: parsed.error.issues.map((issue) => `${issue.path.join('.') || 'line'}: ${issue.message}`).join('; '),
  };
}

/** @returns the number of lines that could not be read */
async function matchFile(input: string, explain: boolean): Promise<number> {
  const match = createMatcher(loadCatalogue());
  const stream = input === '-' ? process.stdin : createReadStream(input);
  if (stream !== process.stdin) await once(stream, 'open');
  let lineNumber = 0;
  let unread = 0;
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    lineNumber++;
    // A byte order mark and blank lines are how files travel, not errors.
    const text = lineNumber === 1 ? line.replace(/^\ufeff/, '') : line;
    if (text.trim() === '') continue;
    const outcome = readLine(text);
    if ('problem' in outcome) {
      unread++;
      console.error(`${input}:${lineNumber}: ${outcome.problem}`);
      continue;
    }
    const { registrationNo, scope } = outcome.registration;
    const { items, hits, catalogueVersion } = match(scope);
    const answer = explain ? { registrationNo, items, catalogueVersion, hits } : { registrationNo, items };
    // Waiting for a slow reader keeps a file of any size in constant memory.
    if (!process.stdout.write(`${JSON.stringify(answer)}\n`)) await once(process.stdout, 'drain');
  }
  return unread;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function readOptions(): { input?: string; explain: boolean; help: boolean } {
  const { values } = parseArgs({
    options: {
      input: { type: 'string' },
      explain: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

async function main(): Promise<number> {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions();
  } catch (error) {
    console.error(`${messageOf(error)}\n\n${HELP}`);
    return 2;
  }
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  if (options.input === undefined) {
    console.error(`--input is missing\n\n${HELP}`);
    return 2;
  }
  try {
    return (await matchFile(options.input, options.explain)) === 0 ? 0 : 1;
  } catch (error) {
    console.error(`${options.input}: ${messageOf(error)}`);
    return 1;
  }
}

process.exitCode = await main();
