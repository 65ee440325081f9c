/**
 * 首次装载: takes a file's rows in by chunks. Rows, refusals, report and progress of a chunk are one transaction, so that whatever is
 * killed goes on where it was, and no row is taken twice or lost. Nothing is pushed, no case opened, nothing told.
 */
import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { PoolClient } from 'pg';
import type { ErrorCode } from '../../domain/errors.ts';
import type { FirstLoadKind } from '../../domain/first-load/kinds.ts';
import { copyIn } from '../postgres/copy.ts';
import type { Database, DatabaseHandle, Executor } from '../postgres/client.ts';
import * as schema from '../schema.ts';
import { firstLoads, importRejections, imports, type RefusedFor } from '../schema.ts';
import { Overtaken, STAGED, type LoadContext, type StagedKind } from './staged.ts';

/** Two loads at once would wait for each other's rows: any fixed number. */
const LOCK = 720_168;
/** The connection of a load that was killed ends when its last statement has: in ms. */
const PATIENCE = 15_000;
const TRIES = 5;
/** Codes of PostgreSQL for transactions that were given up for another's sake: deadlock, serialization. */
const GIVEN_UP = new Set(['40P01', '40001']);
/** Reasons that are told apart in the report. */
const MOST_REASONS = 200;

export interface LoadedFile {
  kind: FirstLoadKind;
  fileHash: string;
  filename: string;
  /** The file's columns. */
  columns: readonly string[];
}

export interface Progress {
  importId: string;
  /** Rows of the file that are done. */
  rows: number;
  taken: number;
  present: number;
  refused: number;
  reasons: Record<string, RefusedFor>;
  finished: boolean;
}

export interface RefusedRow {
  line: number;
  raw: string;
  /** As the report of an import tells it. */
  problem: { code: ErrorCode; message: string; remedy?: string; errors?: { path: string; message: string }[] };
}

/** A chunk, planned: what is staged and what is refused already. */
export interface Chunk {
  /** Lines of COPY, the row's line first. */
  lines: readonly string[];
  refused: readonly RefusedRow[];
  /** Rows of the file, valid or not. */
  rows: number;
  /** The text of a row, for those that are refused only now. */
  rawOf: (line: number) => string;
}

/** The only load at this time, on a connection of its own. */
export class Load {
  readonly db: Database;
  private readonly client: PoolClient;
  private progress: Progress | undefined;

  private constructor(client: PoolClient) {
    this.client = client;
    this.db = drizzle(client, { schema });
  }

  /** @returns undefined if another load runs. */
  static async begin({ pool }: DatabaseHandle): Promise<Load | undefined> {
    const client = await pool.connect();
    // A chunk that a crash undoes is done again: its progress is undone with it.
    await client.query(`set synchronous_commit = off; set work_mem = '64MB'; set gin_pending_list_limit = '8MB'`);
    for (const until = Date.now() + PATIENCE; ;) {
      const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [LOCK]);
      if (rows[0]!.got) return new Load(client);
      if (Date.now() > until) break;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    client.release();
    return undefined;
  }

  /** @returns how far the file is, from the beginning where it is a new one. */
  async open(
    { kind, fileHash, filename }: Omit<LoadedFile, 'columns'>,
    startedBy: string,
    now: Date,
  ): Promise<Progress> {
    const found = await this.find(kind, fileHash);
    if (found) return (this.progress = found);
    const importId = randomUUID();
    await this.db.transaction(async (tx) => {
      await tx.insert(imports).values({ id: importId, filename, startedBy, startedAt: now });
      await tx.insert(firstLoads).values({ kind, fileHash, importId });
    });
    return (this.progress = { importId, rows: 0, taken: 0, present: 0, refused: 0, reasons: {}, finished: false });
  }

  private async find(kind: FirstLoadKind, fileHash: string): Promise<Progress | undefined> {
    const [found] = await this.db
      .select()
      .from(firstLoads)
      .innerJoin(imports, eq(imports.id, firstLoads.importId))
      .where(and(eq(firstLoads.kind, kind), eq(firstLoads.fileHash, fileHash)));
    if (!found) return undefined;
    const { importId, rows, reasons } = found.first_loads;
    const { accepted: taken, duplicate: present, rejected: refused, finishedAt } = found.imports;
    return { importId, rows, taken, present, refused, reasons, finished: finishedAt !== null };
  }

  /** Takes a chunk in, with the progress that it makes. */
  async take<P>(kind: StagedKind<P>, chunk: Chunk, context: LoadContext): Promise<Progress> {
    for (let tried = 1; ; tried++) {
      try {
        return (this.progress = await this.db.transaction((tx) => this.write(tx, kind, chunk, context)));
      } catch (error) {
        if (tried === TRIES || !isGivenUp(error)) throw error;
      }
    }
  }

  private async write<P>(tx: Executor, kind: StagedKind<P>, chunk: Chunk, context: LoadContext): Promise<Progress> {
    const left = await this.moved(tx, kind, chunk, context);
    const present = left.filter(({ same }) => same).length;
    const conflicts = left.flatMap(({ line, same }): RefusedRow[] =>
      same ? [] : [{ line, raw: chunk.rawOf(line), problem: kind.conflict }],
    );
    const refused = [...chunk.refused, ...conflicts];
    const before = this.progress!;
    const after: Progress = {
      ...before,
      rows: before.rows + chunk.rows,
      taken: before.taken + chunk.lines.length - left.length,
      present: before.present + present,
      refused: before.refused + refused.length,
      reasons: counted(before.reasons, refused),
    };
    await this.keep(tx, after, refused);
    return after;
  }

  private async moved<P>(tx: Executor, kind: StagedKind<P>, { lines }: Chunk, context: LoadContext) {
    if (lines.length === 0) return [];
    const columns = [['line', 'integer'], ...kind.columns] as const;
    const types = columns.map(([name, type]) => `${name} ${type}`).join(', ');
    await tx.execute(sql.raw(`create temporary table ${STAGED} (${types}) on commit drop`));
    await copyIn(
      this.client,
      STAGED,
      columns.map(([name]) => name),
      lines,
    );
    await tx.execute(sql.raw(`analyze ${STAGED}`));
    return kind.move(tx, context);
  }

  private async keep(tx: Executor, progress: Progress, refused: readonly RefusedRow[]): Promise<void> {
    const { importId, rows, reasons, taken: accepted, present: duplicate, refused: rejected } = progress;
    // One parameter, however many rows.
    if (refused.length > 0) {
      await tx.execute(sql`insert into ${importRejections} (import_id, line, raw, problem)
        select ${importId}::uuid, line, raw, problem
        from jsonb_to_recordset(${JSON.stringify(refused)}::jsonb) as r (line integer, raw text, problem jsonb)
        on conflict do nothing`);
    }
    await tx.update(firstLoads).set({ rows, reasons }).where(eq(firstLoads.importId, importId));
    await tx.update(imports).set({ accepted, duplicate, rejected }).where(eq(imports.id, importId));
  }

  /** The report is whole. What the search waits for, and the statistics, is put in its place. */
  async finish(columns: readonly string[], finishedAt: Date, tell: (text: string) => void): Promise<Progress> {
    tell('整理名称索引和统计汇总');
    for (const index of ['enterprises_name_pairs', 'registrations_name_pairs']) {
      await this.db.execute(sql`select gin_clean_pending_list(${index}::regclass)`);
    }
    for (const table of ['enterprises', 'registrations', 'records', 'record_versions', 'listings']) {
      await this.db.execute(sql.raw(`analyze ${table}`));
    }
    for (let folded = 1; folded > 0;) {
      const { rows } = await this.db.execute<{ folded: number }>(sql`select fold_tallies(20000) as folded`);
      folded = rows[0]!.folded;
    }
    const progress = { ...this.progress!, finished: true };
    await this.db.update(imports).set({ finishedAt, columns }).where(eq(imports.id, progress.importId));
    return (this.progress = progress);
  }

  /** Lets the next one begin. */
  async end(): Promise<void> {
    await this.client.query('select pg_advisory_unlock_all()').catch(() => undefined);
    this.client.release(true);
  }
}

function isGivenUp(error: unknown): boolean {
  if (error instanceof Overtaken) return true;
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return GIVEN_UP.has(code ?? cause?.code ?? '');
}

/** By code and field; beyond a number of them, by code alone. */
function counted(before: Progress['reasons'], refused: readonly RefusedRow[]): Progress['reasons'] {
  const reasons = { ...before };
  for (const { problem } of refused) {
    const field = problem.errors?.[0]?.path ?? '';
    const known = Object.keys(reasons).length < MOST_REASONS || Object.hasOwn(reasons, `${problem.code} ${field}`);
    const key = known && field !== '' ? `${problem.code} ${field}` : problem.code;
    reasons[key] = { count: (reasons[key]?.count ?? 0) + 1, example: reasons[key]?.example ?? problem.message };
  }
  return reasons;
}
