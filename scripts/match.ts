/** `npm run -s match -- --input FILE.jsonl`: which post-approval items each registration of a file contains. */
import { createReadStream } from 'node:fs';
import { once } from 'node:events';
import { z } from 'zod';
import { REGISTRATION_FILE } from '../api/import/registration-file.ts';
import { decodeText } from '../api/import/rows/decode.ts';
import { readJsonl } from '../api/import/rows/jsonl.ts';
import { splitLines } from '../api/import/rows/lines.ts';
import type { FileRecord } from '../api/import/rows/records.ts';
import { loadCatalogue } from '../data/catalogue/load.ts';
import { Refusal } from '../domain/errors.ts';
import { createMatcher } from '../domain/scope/matching.ts';
import { endWithReader, runEntry } from '../runtime/entry.ts';
import { errorCode } from '../runtime/errno.ts';
import { readFlags, UsageError } from '../runtime/flags.ts';

const HELP = `双告知：逐条登记，从经营范围中找出后置审批事项（第七条）。

  npm run -s match -- --input registrations.jsonl

  --input FILE  每行一条登记：{"registrationNo": "…", "scope": "…", …}，也可用登记编号、经营范围等列名；
                编码为 UTF-8 或 GB18030；- 表示从标准输入读取
  --explain     每个答案附上命中情况（关键词、分句、位置、许可项目或一般项目）和目录版本
  --help        显示本说明

每条登记输出一行：{"registrationNo": "…", "items": ["PA002", …]}。
读不了的行连同行号报到标准错误，其余各行照常回答。
退出码：0；有读不了的行或文件为 1；命令行有误为 2。`;

const FLAGS = { input: { type: 'string' }, explain: { type: 'boolean' }, help: { type: 'boolean' } } as const;
const HINT = '应写成 npm run -s match -- --input registrations.jsonl';

/** As at intake: an empty scope names nothing, an absent one is an error. */
const registration = z.object({ registrationNo: z.string().min(1), scope: z.string().nullable() });

type Outcome = { registrationNo: string; scope: string } | { problem: string };

function readRecord({ raw, input, problem }: FileRecord): Outcome {
  if (problem !== undefined) return { problem };
  if (raw.includes('\uFFFD')) return { problem: '含有无法识别的字符（�），文件编码混杂或已损坏' };
  const parsed = registration.safeParse(REGISTRATION_FILE.rename?.(input));
  if (!parsed.success) return { problem: '应为 {"registrationNo": "…", "scope": "…"}，登记编号不得为空' };
  return { registrationNo: parsed.data.registrationNo, scope: parsed.data.scope ?? '' };
}

/** @returns the number of lines that could not be read */
async function matchFile(input: string, explain: boolean): Promise<number> {
  const match = createMatcher(loadCatalogue());
  const stream = input === '-' ? process.stdin : createReadStream(input);
  if (stream !== process.stdin) await once(stream, 'open');
  let unread = 0;
  for await (const record of readJsonl(splitLines(decodeText(stream)))) {
    const outcome = readRecord(record);
    if ('problem' in outcome) {
      unread++;
      console.error(`${input}:${record.line}：${outcome.problem}`);
      continue;
    }
    const { registrationNo, scope } = outcome;
    const { items, hits, catalogueVersion } = match(scope);
    const answer = explain ? { registrationNo, items, catalogueVersion, hits } : { registrationNo, items };
    // Waiting for a slow reader keeps memory constant for files of any size.
    if (!process.stdout.write(`${JSON.stringify(answer)}\n`)) await once(process.stdout, 'drain');
  }
  return unread;
}

/** Chinese reasons why a file cannot be read, in place of Node's English ones. */
const FILE_ERRORS: Record<string, string> = {
  ENOENT: '没有这个文件',
  EACCES: '没有读取权限',
  EISDIR: '是目录，不是文件',
};

async function main(): Promise<void> {
  const { input, explain = false, help } = readFlags(process.argv.slice(2), FLAGS, HINT);
  if (help) return console.log(HELP);
  if (input === undefined) throw new UsageError('缺少 --input', [HINT]);
  try {
    if ((await matchFile(input, explain)) > 0) process.exitCode = 1;
  } catch (error) {
    console.error(`${input}：${problemOf(error)}`);
    process.exitCode = 1;
  }
}

function problemOf(error: unknown): string {
  if (error instanceof Refusal) return [error.message, error.remedy].filter(Boolean).join('。');
  return FILE_ERRORS[errorCode(error) ?? ''] ?? String(error);
}

endWithReader();
await runEntry(main);
