/** What both formats hand to validation. */
export interface FileRecord {
  /** The line where the row begins. */
  line: number;
  raw: string;
  input?: unknown;
  /** Why the row has no input: in Chinese, with cause and remedy. */
  problem?: string;
}

export const LINE_TOO_LONG = '该行超过1 MB，不是一条信息，请检查是否缺少换行';
