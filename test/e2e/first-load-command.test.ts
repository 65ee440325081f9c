/** The command of the first load, killed and started twice at once. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { count, eq, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterprises, firstLoads, importRejections, imports, registrations } from '../../db/schema.ts';
import { codeOf, enterprise, fileOf } from '../api/support/past.ts';
import { eventually, Product } from '../support/product.ts';
import { NOWHERE } from '../api/support/requests.ts';

const ROOT = path.join(import.meta.dirname, '../..');

let product: Product;
let folder: string;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
  folder = await mkdtemp(path.join(tmpdir(), 'xietong-first-load-'));
});
afterAll(async () => {
  await product.close();
  await rm(folder, { recursive: true });
});

interface Running {
  child: ChildProcess;
  output: Promise<string>;
}

function command(...args: string[]): Running {
  const env = { ...process.env, DATABASE_URL: product.databaseUrl };
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/first-load.ts', ...args], { cwd: ROOT, env });
  return { child, output: Promise.all([text(child.stdout), text(child.stderr)]).then((parts) => parts.join('')) };
}
async function ended({ child, output }: Running) {
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, output: await output };
}

describe('the command', () => {
  it('goes on where it was killed, takes each row once, and loads nothing more of a file that is done', async () => {
    const { db } = product.handle;
    const rows = Array.from({ length: 6000 }, (_, index) => enterprise(index % 100 === 7 ? { 登记状态: '？' } : {}));
    const file = await fileOf(folder, rows);
    const [before] = await db.select({ n: count() }).from(registrations);
    let kills = 0;
    for (let done = 0; kills < 3;) {
      const { child } = command('enterprises', file, '--chunk', '200');
      const further = done + 400;
      await eventually(
        async () =>
          (
            await db.execute<{ most: number }>(sql`select coalesce(max(rows), 0)::int as most from first_loads l
          join imports i on i.id = l.import_id where i.filename = ${path.basename(file)}`)
          ).rows[0]!.most,
        (most) => (done = most) >= further,
      );
      child.kill('SIGKILL');
      await once(child, 'exit');
      kills += 1;
    }
    // Two at once: one of them goes on.
    const [first, second] = [
      command('enterprises', file, '--chunk', '200'),
      command('enterprises', file, '--chunk', '200'),
    ];
    const results = await Promise.all([ended(first), ended(second)]);
    expect(results.some(({ code }) => code === 0)).toBe(true);
    for (const { code, output } of results) {
      if (code !== 0) expect(output).toContain('已有一个首次装载在进行');
    }
    const { output } = await ended(command('enterprises', file));
    expect(output).toContain('这个文件已经装完');
    expect(output).toContain('装入 5940 行，已有 0 行，未装入 60 行');
    const [after] = await db.select({ n: count() }).from(registrations);
    expect(after!.n - before!.n).toBe(5940);
    const usccs = rows.map(codeOf);
    expect(await db.select().from(enterprises).where(inArray(enterprises.uscc, usccs))).toHaveLength(5940);
    const loads = await db
      .select({ importId: firstLoads.importId, rows: firstLoads.rows })
      .from(firstLoads)
      .innerJoin(imports, eq(imports.id, firstLoads.importId))
      .where(eq(imports.filename, path.basename(file)));
    expect(loads).toMatchObject([{ rows: 6000 }]);
    const refused = db.select().from(importRejections).where(eq(importRejections.importId, loads[0]!.importId));
    expect(await refused).toHaveLength(60);
  }, 180_000);

  it('says what is wrong with the command line, the account and the file', async () => {
    const file = await fileOf(folder, [enterprise()]);
    const binary = path.join(folder, 'binary.csv');
    await writeFile(binary, Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]));
    const empty = path.join(folder, 'empty.csv');
    await writeFile(empty, '');
    const attempts = [
      [['firms', file], '应先写明装载什么'],
      [['enterprises', path.join(folder, 'none.csv')], '没有文件'],
      [['enterprises', file, '--account', 'nongye'], '不是平台管理员'],
      [['listings', file], '文件缺少列'],
      [['enterprises', empty], '文件没有内容'],
      [['enterprises', binary], '请'],
    ] as const;
    for (const [args, says] of attempts) {
      const { code, output } = await ended(command(...args));
      expect(code, says).not.toBe(0);
      expect(output).toContain(says);
    }
  }, 120_000);
});
