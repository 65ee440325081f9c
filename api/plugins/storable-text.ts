/**
 * Text that PostgreSQL cannot store is refused at the door, whatever field it came in: NUL fails every query, half a
 * surrogate pair fails JSON columns. In a command it would be worse than a 500: the workflow has accepted it by then and
 * tries for ever to record it. What is nested without end is refused with it: whoever walks it later would not come back.
 */
import fp from 'fastify-plugin';
import { Refusal } from '../../domain/errors.ts';

const UNSTORABLE = /\0|\p{Surrogate}/u;
const REMEDY = '请删除不可见的控制字符或残缺的字符后重新提交';
/** Far above what any schema takes, far below what a call stack holds. */
const DEEPEST = 64;
/** Names of fields come from the sender, too: of a long one this much is told back. */
const LONGEST_PATH = 200;

export default fp(async (app) => {
  // After validation: what a schema says of its own fields is said better.
  app.addHook('preHandler', async ({ params, query, body }) => {
    for (const part of [params, query, body]) judge(part, []);
  });
});

/**
 * A file's stream is no JSON: its rows are judged one by one.
 * @throws Refusal naming the first text that is meant: one is enough, and all could be a thousand times what was sent.
 */
function judge(value: unknown, path: readonly string[]): void {
  if (typeof value === 'string' && UNSTORABLE.test(value)) throw refusal(path, '含有不能保存的字符', REMEDY);
  if (!Array.isArray(value) && !isPlain(value)) return;
  if (path.length === DEEPEST) throw refusal(path.slice(0, 1), `嵌套超过${DEEPEST}层`, '请按接口文档更正后重新提交');
  for (const [key, part] of Object.entries(value)) {
    if (UNSTORABLE.test(key)) throw refusal(path, '含有不能保存的字符', REMEDY);
    judge(part, [...path, key]);
  }
}

function refusal(path: readonly string[], message: string, remedy: string): Refusal {
  const field = path.join('/').slice(0, LONGEST_PATH);
  return new Refusal('input.invalid', `${field}${message}`, { remedy, details: [{ path: `/${field}`, message }] });
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
