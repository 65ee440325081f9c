/** Takes in a file of accounts: every row is judged; only if none is refused, and not on trial, are they handed in. */
import { randomUUID } from 'node:crypto';
import {
  absentAccounts,
  judgeRows,
  placesFor,
  submitLists,
  type JudgedRow,
  type OnRecord,
  type SubmittedList,
} from '../../db/accounts/list-intake.ts';
import { beginImport, endImport, keepRejections } from '../../db/intake/imports.ts';
import type { Account } from '../../db/queries/accounts.ts';
import {
  MOST_ACCOUNTS,
  placed,
  type AccountRow,
  type PlacedRow,
  type Places,
} from '../../domain/organs/account-lists.ts';
import { legalNow, type ApiContext } from '../context.ts';
import { ACCOUNT_FILE } from '../import/account-file.ts';
import { RAW_LIMIT } from '../import/rejected-rows.ts';
import { parseRowFile, type Row } from '../import/row-file.ts';
import { seenColumns } from '../import/seen-columns.ts';
import type { fileOf } from '../import/sent-file.ts';

/** Rows that are judged at a time; between them people are served. */
const BATCH = 500;
/** Rows, and accounts, that an answer names. All refused rows are in the file to download. */
const SHOWN = 100;

export interface AccountIntakeOrder {
  account: Account;
  file: Awaited<ReturnType<typeof fileOf>>;
  reason: string;
  dryRun: boolean;
  /** Waits while people are served, for some ms at most. */
  giveWay: (atMost: number) => Promise<void>;
}

export interface AccountIntake {
  importId: string;
  dryRun: boolean;
  accepted: boolean;
  rows: number;
  /** How many rows mean what; the rest are refused. */
  counts: { new: number; unchanged: number; changed: number; refused: number };
  refusedRows: { line: number; message: string }[];
  changedRows: { line: number; before: OnRecord; after: PlacedRow }[];
  absent: { count: number; usernames: string[] } | null;
  unreadColumns: string[];
  lists: SubmittedList[];
}

interface Reading {
  intake: AccountIntake;
  sender: Account;
  places: Places;
  /** The line of each name, to find those that stand twice. */
  lines: Map<string, number>;
  /** Rows that do something. */
  kept: JudgedRow[];
}

/** @throws Refusal for a file that cannot be read, or has too many rows. */
export async function takeAccounts(api: ApiContext, order: AccountIntakeOrder): Promise<AccountIntake> {
  const { account, file, dryRun, reason } = order;
  const importId = randomUUID();
  const columns = seenColumns();
  const counts = { new: 0, unchanged: 0, changed: 0, refused: 0 };
  const intake: AccountIntake = {
    importId,
    dryRun,
    accepted: false,
    rows: 0,
    counts,
    refusedRows: [],
    changedRows: [],
    absent: null,
    unreadColumns: [],
    lists: [],
  };
  const places = await placesFor(api.db, account);
  const reading: Reading = { intake, sender: account, places, lines: new Map(), kept: [] };
  const about = { id: importId, filename: file.filename, startedBy: account.username };
  await beginImport(api.db, { ...about, startedAt: legalNow(api), columns: columns.names });
  let failure: string | null = '没有读完';
  try {
    await readAll(api, order, reading, columns.add);
    failure = null;
    intake.unreadColumns = [...columns.unread];
    if (account.role === 'department-lead') {
      intake.absent = await absentAccounts(api.db, account.departmentCode ?? '', [...reading.lines.keys()], SHOWN);
    }
    if (!dryRun && counts.refused === 0 && reading.kept.length > 0) {
      intake.lists = await submitLists(api, account, reading.kept, { reason, filename: file.filename });
      intake.accepted = true;
    }
    return intake;
  } finally {
    const duplicate = counts.unchanged + (intake.accepted ? 0 : reading.kept.length);
    const accepted = intake.accepted ? reading.kept.length : 0;
    const end = { accepted, duplicate, rejected: counts.refused, failure };
    await endImport(api.db, importId, { ...end, finishedAt: legalNow(api), columns: columns.names });
  }
}

async function readAll(
  api: ApiContext,
  { file, giveWay }: AccountIntakeOrder,
  reading: Reading,
  onColumns: ReturnType<typeof seenColumns>['add'],
): Promise<void> {
  const { stream, ...options } = file;
  let batch: Row<AccountRow>[] = [];
  const judge = async () => {
    const began = performance.now();
    await judgeBatch(api, reading, batch);
    batch = [];
    await giveWay(2 * (performance.now() - began));
  };
  for await (const row of parseRowFile(stream, ACCOUNT_FILE, { ...options, maxRows: MOST_ACCOUNTS, onColumns })) {
    batch.push(row);
    if (batch.length === BATCH) await judge();
  }
  await judge();
}

async function judgeBatch(api: ApiContext, reading: Reading, batch: readonly Row<AccountRow>[]): Promise<void> {
  const { intake, sender } = reading;
  const faults = new Map<Row<AccountRow>, string>();
  const standing: { row: Row<AccountRow>; value: PlacedRow }[] = [];
  for (const row of batch) {
    const value = placeOf(row, reading);
    if (typeof value === 'string') faults.set(row, value);
    else standing.push({ row, value });
  }
  const values = standing.map(({ value }) => value);
  for (const [index, { change, found, fault }] of (await judgeRows(api.db, sender, values)).entries()) {
    const { row, value } = standing[index]!;
    if (fault !== undefined) faults.set(row, fault);
    if (!change) continue;
    intake.counts[change] += 1;
    if (change !== 'unchanged') reading.kept.push({ ...value, line: row.line, change });
    if (change === 'changed' && found && intake.changedRows.length < SHOWN) {
      intake.changedRows.push({ line: row.line, before: found, after: value });
    }
  }
  intake.rows += batch.length;
  intake.counts.refused += faults.size;
  const refused = batch.flatMap((row) => {
    const message = faults.get(row);
    return message === undefined ? [] : [{ row, message }];
  });
  for (const { row, message } of refused) {
    if (intake.refusedRows.length < SHOWN) intake.refusedRows.push({ line: row.line, message });
  }
  await keepRejections(
    api.db,
    refused.map(({ row: { line, raw }, message }) => ({
      importId: intake.importId,
      line,
      // PostgreSQL's text cannot hold NUL.
      raw: raw.slice(0, RAW_LIMIT).replaceAll('\0', '\uFFFD'),
      problem: { message },
    })),
  );
}

/** @returns the row with its place, or in Chinese why it is refused. */
function placeOf({ value, issues, line }: Row<AccountRow>, { sender, places, lines }: Reading): PlacedRow | string {
  if (!value) return (issues ?? []).map(({ message }) => message).join('；');
  const first = lines.get(value.username);
  if (first !== undefined) return `账号${value.username}与第${first}行重复，请删除其中一行`;
  lines.set(value.username, line);
  return placed(sender, value, places);
}
