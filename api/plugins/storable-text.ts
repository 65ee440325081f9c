/**
 * Refuses text that PostgreSQL cannot store, in any field: NUL fails every query, half a surrogate pair fails JSON
 * columns. In a command this would be worse than a 500: the workflow would accept it and then retry for ever to store it.
 * Also refuses JSON nested too deeply, which would overflow the stack of any code that walks it.
 */
import fp from 'fastify-plugin';
import { Refusal } from '../../domain/errors.ts';

const UNSTORABLE = /\0|\p{Surrogate}/u;
const REMEDY = '请删除不可见的控制字符或残缺的字符后重新提交';
/** Levels of nesting: far more than any schema takes, far fewer than a call stack holds. */
const DEEPEST = 64;
/** Characters of a field's path in the answer: field names come from the sender, too. */
const LONGEST_PATH = 200;

export default fp(async (app) => {
  // Runs after validation: the schemas' messages about their own fields are more exact.
  app.addHook('preHandler', async ({ params, query, body }) => {
    for (const part of [params, query, body]) judge(part, []);
  });
});

/**
 * Skips streams of files, whose rows are judged one by one.
 * @throws Refusal naming the first such text only: a list of all could be a thousand times as long as the request.
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
