/**
 * Changes the rules one by one and sees whether their tests notice:
 *   npm run mutate -- domain
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheDir } from './lib/cache.ts';
import { runEntry } from '../runtime/entry.ts';
import { readFlags, UsageError, wholeFlag } from '../runtime/flags.ts';
import { judge, LEAST_SCORE, type Explanation, type Judgement } from './lib/mutation/explained.ts';
import { planFor, ROOT, type Plan } from './lib/mutation/plan.ts';
import { sweep, type Verdict } from './lib/mutation/sweep.ts';

const SURVIVORS = 'test/mutation/survivors.json';
const HELP = `变异测试：逐一改动 domain/ 中的规则，看规则的测试（test/domain、test/web，不含启动进程的）能否发现。

  npm run mutate -- domain [--processes 2] [--incremental]
  npm run mutate -- domain/clock/deadlines.ts

  --processes    同时运行的进程数，默认 2
  --incremental  只对上次未被发现的和规则文件有改动的重新运行；增加测试时用，结论以不带此项的为准
  --help         显示本说明

发现的不足 ${LEAST_SCORE}%、未被发现的在 ${SURVIVORS} 中没有说明、或说明已无所指的，以 1 结束。
不改动给人看的中文（匹配器的词语和文件的列名除外）；数字不改动，由测试逐项核对。变异由 Stryker 生成。`;

const FLAGS = {
  processes: { type: 'string' },
  incremental: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;
const HINT = '全部选项：npm run mutate -- --help';

/** What earlier runs noticed, with the source of the file that they ran on. */
type Memory = Record<string, { code: string; killed: Record<string, string> }>;

const memoryFile = () => path.join(cacheDir(), 'mutation.json');

function remembered(): Memory {
  return existsSync(memoryFile()) ? (JSON.parse(readFileSync(memoryFile(), 'utf8')) as Memory) : {};
}

/** Adding tests takes no verdict back, changing a file does. */
function knownBefore(plan: Plan, memory: Memory): Verdict[] {
  return plan.mutants.flatMap((mutant) => {
    const known = memory[mutant.file];
    const by = known?.code === plan.code[mutant.file] ? known?.killed[mutant.id] : undefined;
    return by === undefined ? [] : [{ mutant, status: 'killed' as const, by }];
  });
}

function remember(plan: Plan, verdicts: readonly Verdict[]): void {
  const memory = remembered();
  for (const [file, code] of Object.entries(plan.code)) memory[file] = { code, killed: {} };
  for (const { mutant, status, by } of verdicts) {
    if (status === 'killed' || status === 'endless') memory[mutant.file]!.killed[mutant.id] = by ?? 'endless';
  }
  mkdirSync(cacheDir(), { recursive: true });
  writeFileSync(memoryFile(), JSON.stringify(memory));
}

function report({ score, killed, of, unexplained, stale }: Judgement): void {
  for (const { mutant, status } of unexplained) {
    console.log(
      `\n${mutant.file}:${mutant.line}  ${mutant.mutator}  ${status === 'survived' ? '未被发现' : '没有测试到达'}`,
    );
    console.log(`  ${mutant.source}\n  ${mutant.original}  →  ${mutant.replacement}`);
  }
  for (const { file, line, reason } of stale)
    console.log(`\n${SURVIVORS} 中的说明已无所指：${file} “${line}” ${reason}`);
  console.log(`\n共 ${of} 处变异，发现 ${killed} 处，${score.toFixed(1)}%（至少 ${LEAST_SCORE}%）。`);
  console.log(`未被发现且没有说明的 ${unexplained.length} 处，无所指的说明 ${stale.length} 条。`);
}

/** `domain`, or a folder or file in it. */
function targetOf(given: readonly string[]): string {
  const [target = '', ...more] = given;
  if (more.length > 0 || !/^domain(\/|$)/.test(target) || !existsSync(path.join(ROOT, target))) {
    throw new UsageError('请给出 domain 或其中的一个文件夹或文件', [HINT]);
  }
  return target.replace(/\/$/, '');
}

/** A long run that is interrupted has not been for nothing: `--incremental` goes on from it. */
function tellProgress(plan: Plan, known: readonly Verdict[]): (judged: () => Verdict[]) => void {
  let next = 0;
  return (judged) => {
    if (Date.now() < next) return;
    next = Date.now() + 15_000;
    const verdicts = [...known, ...judged()];
    remember(plan, verdicts);
    process.stderr.write(`${verdicts.length} / ${plan.mutants.length}\n`);
  };
}

async function main(): Promise<void> {
  const given = process.argv.slice(2);
  const names = given.filter((one, index) => !one.startsWith('-') && given[index - 1] !== '--processes');
  const flags = readFlags(
    given.filter((one) => !names.includes(one)),
    FLAGS,
    HINT,
  );
  if (flags.help) return console.log(HELP);
  const processes = wholeFlag('processes', flags.processes, HINT) ?? 2;
  const plan = await planFor(targetOf(names));
  const known = flags.incremental ? knownBefore(plan, remembered()) : [];
  const done = new Set(known.map(({ mutant }) => mutant));
  const left = plan.mutants.filter((mutant) => !done.has(mutant));
  const verdicts = [...known, ...(await sweep({ ...plan, mutants: left }, processes, tellProgress(plan, known)))];
  remember(plan, verdicts);
  const explanations = JSON.parse(readFileSync(path.join(ROOT, SURVIVORS), 'utf8')) as Explanation[];
  const judgement = judge(verdicts, explanations);
  report(judgement);
  const { score, unexplained, stale } = judgement;
  if (score < LEAST_SCORE || unexplained.length > 0 || stale.length > 0) process.exitCode = 1;
}

await runEntry(main);
