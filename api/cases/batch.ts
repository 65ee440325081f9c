/** 批量办理: the same command on many cases, with a result for each. */
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { CaseType } from '../../domain/case/id.ts';
import { CASE_TYPES, NOUNS } from '../../domain/case-types/case-types.ts';
import { invalidInput, Refusal } from '../../domain/errors.ts';
import { unknownKeys } from '../../domain/unknown-keys.ts';
import { commandResultSchema, perform } from './commands.ts';
import { idempotencyHeader, keyOf } from '../http/idempotency.ts';
import type { ApiContext, App } from '../context.ts';
import { signedIn } from '../plugins/auth.ts';
import { refuse } from '../plugins/unknown-fields.ts';
import { answerOf, problems, problemSchema } from '../plugins/problems.ts';

const BATCH_LIMIT = 200;
/** More fields than any command has. A batch's content is validated by the command's own schema only later. */
const MOST_FIELDS = 50;
/** Few enough that a batch leaves Temporal room for other requests. */
const BATCH_CONCURRENCY = 8;

const batchSchema = z
  .object({
    action: z.string().max(40).describe('操作标识，如 claim、feedBack'),
    caseIds: z.array(z.string().max(300)).min(1, '请选择事项').max(BATCH_LIMIT, `一次最多${BATCH_LIMIT}项`),
    body: z
      .record(z.string().max(100), z.unknown())
      .refine((body) => Object.keys(body).length <= MOST_FIELDS, `操作内容不得超过${MOST_FIELDS}项`)
      .default({})
      .describe('操作内容，与单项办理相同'),
  })
  .describe('批量办理');

const batchItemSchema = z.object({
  caseId: z.string(),
  done: z.boolean(),
  result: commandResultSchema.optional(),
  problem: problemSchema.optional().describe('未办理的原因'),
});

/** `POST /api/v1/{noun}/batch`: the same command on many cases. A refused case does not stop the others. */
export function registerCaseBatch(app: App, api: ApiContext, caseType: CaseType): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    `/api/v1/${NOUNS[caseType]}/batch`,
    {
      schema: {
        tags: [CASE_TYPES[caseType]],
        operationId: `${caseType}.batch`,
        summary: '批量办理，逐项返回结果',
        headers: idempotencyHeader,
        body: batchSchema,
        response: {
          200: z.object({ done: z.number().int(), refused: z.number().int(), items: z.array(batchItemSchema) }),
          ...problems('input.invalid', 'auth.required'),
        },
      },
    },
    async (request) => {
      const receivedAt = performance.now();
      const account = signedIn(request);
      const { action, caseIds } = request.body;
      const command = app.caseCommands.get(`${caseType}.${action}`);
      if (!command) {
        throw new Refusal('input.invalid', `没有“${action}”这一操作`, { remedy: '请按接口文档填写操作标识' });
      }
      refuse(unknownKeys(command.schema, request.body.body, 'body.'), '字段');
      const parsed = command.schema.safeParse(request.body.body);
      if (!parsed.success) throw invalidInput(parsed.error.issues, { remedy: '请按接口文档更正后重新提交' });
      const key = keyOf(request);
      const one = async (caseId: string): Promise<z.infer<typeof batchItemSchema>> => {
        try {
          const deed = { caseType, caseId, command, body: parsed.data, key, receivedAt };
          return { caseId, done: true, result: await perform(api, account, deed) };
        } catch (error) {
          return { caseId, done: false, problem: answerOf(error, request) };
        }
      };
      const items = await each([...new Set(caseIds)], one);
      const done = items.filter((item) => item.done).length;
      return { done, refused: items.length - done, items };
    },
  );
}

/** Works on BATCH_CONCURRENCY inputs at a time. @returns the results in the order of the inputs. */
async function each<T, R>(inputs: T[], work: (input: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < inputs.length; index = next++) results[index] = await work(inputs[index]!);
  };
  await Promise.all(Array.from({ length: BATCH_CONCURRENCY }, worker));
  return results;
}
