/** The import of one file: what has been answered so far, and how it ended. */
import { useRef, useState } from 'react';
import type { ImportSummary, RowResult } from '../../../../api/import/row-import.ts';
import { isAborted, ProblemError, stream } from '../../api/client.ts';
import { countRows } from './import-file.ts';

/** `failed` says why; rows answered before stay accepted. */
export type ImportEnd =
  | { how: 'done'; unreadColumns?: string[] }
  | { how: 'stopped' }
  | { how: 'failed'; reason: string };

export interface ImportState {
  /** Absent until the server has begun to answer. */
  importId?: string;
  total: number;
  answered: number;
  accepted: number;
  duplicate: number;
  /** Mutated in place: copying it at every render would take longer than the rows. */
  rejected: RowResult[];
  /** Absent while the import runs. */
  end?: ImportEnd;
}

/** In ms: the page is rendered a few times a second, however fast rows are answered. */
const DRAW_EVERY_MS = 200;

/** Lets the page render and handle events; otherwise all rows already received would be read first. */
const breathe = () => new Promise((resolve) => setTimeout(resolve));

export function useImport() {
  const [state, setState] = useState<ImportState>();
  const [problem, setProblem] = useState<ProblemError>();
  const sending = useRef<AbortController>(undefined);

  async function send(noun: string, file: File) {
    const { signal } = (sending.current = new AbortController());
    setProblem(undefined);
    const now: ImportState = { total: await countRows(file), answered: 0, accepted: 0, duplicate: 0, rejected: [] };
    setState({ ...now });
    try {
      now.end = await receive(noun, file, now, signal, () => setState({ ...now }));
      setState({ ...now });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      // Refused as a whole, so there are no rows to show.
      setState(undefined);
      setProblem(error);
    }
  }

  return { state, problem, send, stop: () => sending.current?.abort() };
}

/** @throws ProblemError if no row was answered. */
async function receive(
  noun: string,
  file: File,
  now: ImportState,
  signal: AbortSignal,
  draw: () => void,
): Promise<ImportEnd> {
  let drawn = Date.now();
  try {
    const lines = stream<RowResult | { summary: ImportSummary }>(
      `/${noun}/import`,
      file,
      { filename: file.name },
      { signal, onBegin: (importId) => Object.assign(now, { importId }) },
    );
    for await (const line of lines) {
      if ('summary' in line) {
        const { failure, unreadColumns } = line.summary;
        return failure ? { how: 'failed', reason: failure } : { how: 'done', unreadColumns };
      }
      now.answered += 1;
      if (line.result === 'rejected') now.rejected.push(line);
      else now[line.result] += 1;
      if (Date.now() - drawn < DRAW_EVERY_MS) continue;
      draw();
      await breathe();
      drawn = Date.now();
    }
  } catch (error) {
    if (isAborted(error)) return { how: 'stopped' };
    if (!(error instanceof ProblemError) || now.answered === 0) throw error;
  }
  return { how: 'failed', reason: '连接中断，其余各行可能未处理。请重新导入同一文件，已受理的不会重复' };
}
