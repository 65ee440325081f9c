/** Lists and searches over a province's rows: quick at a million as at ten thousand? */
import { parseArgs } from 'node:util';
import { connectDatabase, type DatabaseHandle } from '../db/postgres/client.ts';
import { migrate } from '../db/postgres/migrate.ts';
import { seedReference } from '../db/seed.ts';
import { withPostgres } from './lib/own-postgres.ts';
import { fillProvince, type ProvinceSize } from './lists/province.ts';
import { QUESTIONS, subjectsOf, type Subject } from './lists/questions.ts';

export const summary = 'lists and searches, at 10,000 cases and at a million';

const SMALL: ProvinceSize = { cases: 10_000, names: 10_000 };
const LARGE = 1_000_000;
/** In ms. */
const P99_TARGET = 150;
const RATIO_TARGET = 2;
const ROUNDS = 60;
/** Places, people and words that take turns. */
const SUBJECTS = 20;

export const help = `Usage: npm run -s bench -- lists [--cases N] [--names N] [--rounds N] [--only TEXT]

  --cases N    of the large province (default ${LARGE})
  --names N    enterprises of the large province (default: as many as cases)
  --rounds N   of each question, in turns between the two sizes (default ${ROUNDS})
  --only TEXT  only questions whose title has the text

Starts a PostgreSQL of its own, fills two databases in it, one with ${SMALL.cases} cases and names, and asks each through the
product's own queries. The target: p99 below ${P99_TARGET} ms, and a median of at most ${RATIO_TARGET} times that of the small province.

Exit code 0 where every line meets the target. The last line is JSON.`;

interface Province extends DatabaseHandle {
  subjects: Subject[];
}

interface Line {
  question: string;
  of: string;
  small: Times;
  large: Times;
  ratio: number;
  met: boolean;
}

/** In ms. */
interface Times {
  median: number;
  p99: number;
}

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      cases: { type: 'string' },
      names: { type: 'string' },
      rounds: { type: 'string' },
      only: { type: 'string', default: '' },
    },
  });
  const [cases, rounds] = [Number(values.cases ?? LARGE), Number(values.rounds ?? ROUNDS)];
  const large = { cases, names: Number(values.names ?? cases) };
  for (const number of [cases, large.names, rounds]) {
    if (!Number.isInteger(number) || number < 1)
      throw new Error('--cases, --names and --rounds take a whole number, 1 or more');
  }
  return withPostgres(['small', 'large'], async (databaseUrl) => {
    const provinces = {
      small: await province(databaseUrl('small'), SMALL),
      large: await province(databaseUrl('large'), large),
    };
    try {
      const lines: Line[] = [];
      for (const question of QUESTIONS.filter(({ title }) => title.includes(values.only))) {
        const line = await measure(question, provinces, rounds);
        console.log(toldOf(line));
        lines.push(line);
      }
      const missed = lines.filter(({ met }) => !met).length;
      console.log(missed === 0 ? '全部达到目标' : `${lines.length} 项中 ${missed} 项未达到目标`);
      console.log(JSON.stringify({ bench: 'lists', small: SMALL, large, rounds, lines }));
      return missed === 0 ? 0 : 1;
    } finally {
      await provinces.small.close();
      await provinces.large.close();
    }
  });
}

async function province(url: string, size: ProvinceSize): Promise<Province> {
  const began = Date.now();
  await migrate(url);
  await seedReference(url);
  const handle = connectDatabase(url, 1);
  await fillProvince(handle.db, size);
  console.log(`${size.cases} 件事项、${size.names} 个名称：${((Date.now() - began) / 1000).toFixed(0)} 秒生成`);
  return { ...handle, subjects: await subjectsOf(handle.db, SUBJECTS) };
}

/** Asks both in turns, so that what else the machine does falls on both. The first rounds warm up. */
async function measure(
  { title, of, ask }: (typeof QUESTIONS)[number],
  provinces: Record<'small' | 'large', Province>,
  rounds: number,
): Promise<Line> {
  const taken = { small: [] as number[], large: [] as number[] };
  for (let round = -SUBJECTS; round < rounds; round++) {
    for (const size of ['small', 'large'] as const) {
      const { db, subjects } = provinces[size];
      const began = performance.now();
      await ask(db, subjects[(round + SUBJECTS) % SUBJECTS]!);
      if (round >= 0) taken[size].push(performance.now() - began);
    }
  }
  const [small, large] = [timesOf(taken.small), timesOf(taken.large)];
  const ratio = Number((large.median / small.median).toFixed(2));
  return { question: title, of, small, large, ratio, met: ratio <= RATIO_TARGET && large.p99 < P99_TARGET };
}

function timesOf(taken: number[]): Times {
  const sorted = taken.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1));
  return { median: at(0.5), p99: at(0.99) };
}

const shown = ({ median, p99 }: Times) => `${median.toFixed(1).padStart(6)} /${p99.toFixed(1).padStart(6)}`;

/** Median and p99 in ms of the small province, those of the large one, and the ratio of the medians. */
function toldOf({ question, small, large, ratio, met }: Line): string {
  const width = 32 - Array.from(question).length;
  return `${question}${' '.repeat(Math.max(1, width))}${shown(small)}  →${shown(large)} ms  ${ratio.toFixed(1)}×  ${met ? '达到目标' : '未达到'}`;
}
