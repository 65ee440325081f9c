/** Requests to the API. Every error becomes a `ProblemError` with the server's words. */
import type { Problem } from '../../../api/plugins/problems.ts';

export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** The error if the server did not answer: no connection, or a proxy answered with its own page. */
function unanswered(status: number): Problem {
  return {
    type: '/problems/unreachable',
    title: '无法连接',
    status,
    code: 'process.unavailable',
    detail: '无法连接到平台',
    remedy: '请检查网络后重试；您填写的内容仍在',
    instance: '',
  };
}

async function problemOf(response: Response): Promise<Problem> {
  const isProblem = response.headers.get('content-type')?.includes('problem+json');
  return isProblem ? ((await response.json().catch(lost)) as Problem) : unanswered(response.status);
}

export type Query = Record<string, string | number | boolean | null | undefined>;

/** Without empty values, which the server would take for given ones. */
export function filled<T>(values: Record<string, T>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}

export function withQuery(path: string, query: Query = {}): string {
  const entries = Object.entries(filled(query)).map(([name, value]) => [name, String(value)]);
  const search = new URLSearchParams(entries).toString();
  return search ? `${path}?${search}` : path;
}

/** Called when the session has ended. */
let onSignedOut: () => void = () => {};
export const whenSignedOut = (listener: () => void): void => {
  onSignedOut = listener;
};

export const isAborted = (error: unknown) => error instanceof DOMException && error.name === 'AbortError';

/** Passes on an abort, which its caller asked for; anything else means that the connection is gone. */
function lost(error: unknown): never {
  if (isAborted(error)) throw error;
  throw new ProblemError(unanswered(0));
}

/** @throws ProblemError */
async function send(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(`/api/v1${path}`, { credentials: 'same-origin', ...init }).catch(lost);
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (problem.code === 'auth.required') onSignedOut();
  throw new ProblemError(problem);
}

async function answerOf<T>(response: Response): Promise<T> {
  // The connection may be lost halfway through an answer, too.
  return (response.status === 204 ? undefined : await response.json().catch(lost)) as T;
}

/** @throws ProblemError */
export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return answerOf(await send(withQuery(path, query), { signal }));
}

/**
 * @param key Idempotency-Key: a request sent twice with the same key is carried out once.
 * @throws ProblemError
 */
export async function submit<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  key?: string,
): Promise<T> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (key) headers['idempotency-key'] = key;
  return answerOf(await send(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) }));
}

export const post = <T>(path: string, body: unknown = {}, key?: string) => submit<T>('POST', path, body, key);

/** Saves the answer to a question as a file under this name. @throws ProblemError */
export async function download(path: string, body: unknown, name: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await send(path, { method: 'POST', headers, body: JSON.stringify(body) });
  saveAs(await response.blob().catch(lost), name);
}

/** Has the browser save what a page holds. */
function saveAs(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}

/** A file as multipart/form-data. @throws ProblemError */
export async function upload<T>(path: string, file: File): Promise<T> {
  const form = new FormData();
  form.append('file', file);
  return answerOf(await send(path, { method: 'POST', body: form }));
}

const FILE_TYPES: Record<string, string> = {
  jsonl: 'application/x-ndjson',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

interface Streaming {
  signal: AbortSignal;
  /** Called with the last segment of the address at which the server says what became of the file. */
  onBegin: (id: string | undefined) => void;
}

/** Sends a file as the body; answers come line by line while the server works through it. @throws ProblemError */
export async function* stream<T>(
  path: string,
  file: File,
  query: Query,
  { signal, onBegin }: Streaming,
): AsyncGenerator<T> {
  const headers = { 'content-type': FILE_TYPES[file.name.split('.').at(-1)!.toLowerCase()] ?? 'text/csv' };
  const response = await send(withQuery(path, query), { method: 'POST', headers, body: file, signal });
  onBegin(response.headers.get('location')?.split('/').at(-1));
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read().catch(lost);
    const lines = (rest + (value ?? '')).split('\n');
    rest = done ? '' : (lines.pop() ?? '');
    for (const line of lines) if (line.trim()) yield JSON.parse(line) as T;
    if (done) return;
  }
}
