/**
 * Text that PostgreSQL cannot store is refused at the door, whatever field it came in: NUL fails every query, half a
 * surrogate pair fails JSON columns. In a command it would be worse than a 500: the workflow has accepted it by then and
 * tries for ever to record it.
 */
import fp from 'fastify-plugin';
import { Refusal } from '../../domain/errors.ts';

const UNSTORABLE = /\0|\p{Surrogate}/u;
const REMEDY = '请删除不可见的控制字符或残缺的字符后重新提交';

export default fp(async (app) => {
  // After validation: what a schema says of its own fields is said better.
  app.addHook('preHandler', async ({ params, query, body }) => {
    const paths = [params, query, body].flatMap((part) => [...unstorable(part, '')]);
    if (paths.length === 0) return;
    const details = paths.map((path) => ({ path, message: '含有不能保存的字符' }));
    const fields = paths.map((path) => path.slice(1)).join('、');
    throw new Refusal('input.invalid', `${fields}含有不能保存的字符`, { remedy: REMEDY, details });
  });
});

/** @returns JSON pointers to the texts meant. A file's stream is no JSON: its rows are judged one by one. */
function* unstorable(value: unknown, path: string): Generator<string> {
  if (typeof value === 'string') {
    if (UNSTORABLE.test(value)) yield path;
  } else if (Array.isArray(value) || isPlain(value)) {
    for (const [key, part] of Object.entries(value)) yield* unstorable(part, `${path}/${key}`);
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
