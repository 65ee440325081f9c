import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { deadLetterIds, listDeadLetters, replayDeadLetter } from '../../db/queries/dead-letters.ts';
import { Refusal } from '../../domain/errors.ts';
import { keysOf } from '../../domain/keys.ts';
import { channelSchema, maskTarget } from '../../domain/notices/subscription.ts';
import type { ApiContext, App } from '../context.ts';
import { requireProvince, requireRole } from '../plugins/auth.ts';
import { idPageQuery } from '../http/id-pages.ts';
import { problems } from '../plugins/problems.ts';

const TAG = '未送达通知';
const PATH = '/api/v1/dead-letters';
/** Messages replayed in one call; the answer says how many remain. */
const REPLAY_LIMIT = 500;

const RESULTS = {
  replayed: '已重新发送',
  'not-found': '没有这条通知',
  'not-dead': '已送达或仍在发送',
  'subscription-cancelled': '订阅已取消或账号已停用',
} as const;

const replaySchema = z.object({
  id: z.number().int(),
  result: z.enum(keysOf(RESULTS)),
  message: z.string(),
});

const departmentName = ({ reference }: ApiContext, code: string | null) =>
  code === null ? undefined : (reference.departments.get(code)?.name ?? code);

const letterSchema = z.object({
  id: z.number().int(),
  key: z.string().describe('重发时不变，接收方据此识别重复'),
  subscriptionId: z.string(),
  username: z.string().nullable(),
  departmentCode: z.string().nullable(),
  recipient: z.string().describe('接收人：本人的为姓名或岗位名称，部门的为部门名称'),
  channel: channelSchema,
  target: z.string(),
  title: z.string(),
  notices: z.number().int().describe('汇总的条数'),
  attempts: z.number().int(),
  lastError: z.string().nullable(),
  deadAt: z.iso.datetime(),
});

/** 未送达通知：三天未送达，或接收方明确拒收 */
export default async function deadLetterRoutes(app: App, api: ApiContext) {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const preParsing = [requireRole('platform-administrator'), requireProvince];
  const subscriptionId = z.uuid('订阅编号不正确').optional();

  async function replay(id: number): Promise<z.infer<typeof replaySchema>> {
    const result = await replayDeadLetter(api.db, id);
    return { id, result, message: RESULTS[result] };
  }

  routes.get(
    PATH,
    {
      preParsing,
      schema: {
        tags: [TAG],
        operationId: 'deadLetter.list',
        summary: '三天未送达或被拒收的通知，新的在前',
        querystring: z.object({
          subscriptionId,
          ...idPageQuery(500),
        }),
        response: {
          200: z.object({ items: z.array(letterSchema) }),
          ...problems('input.invalid', 'auth.required', 'access.denied'),
        },
      },
    },
    async (request) => {
      const rows = await listDeadLetters(api.db, request.query);
      const items = rows.map(({ letter, subscription, displayName, notices }) => ({
        id: letter.id,
        key: letter.key,
        subscriptionId: subscription.id,
        username: subscription.username,
        departmentCode: subscription.departmentCode,
        recipient: displayName ?? departmentName(api, subscription.departmentCode) ?? '—',
        channel: subscription.channel,
        target: maskTarget(subscription.channel, subscription.target),
        title: letter.payload.title,
        notices: Number(notices),
        attempts: letter.attempts,
        lastError: letter.lastError,
        deadAt: letter.deadAt!.toISOString(),
      }));
      return { items };
    },
  );

  routes.post(
    `${PATH}/:id/replay`,
    {
      preParsing,
      schema: {
        tags: [TAG],
        operationId: 'deadLetter.replay',
        summary: '重新发送一条：再试三天',
        params: z.object({ id: z.coerce.number().int().positive() }),
        response: {
          200: replaySchema,
          ...problems('input.invalid', 'auth.required', 'access.denied', 'resource.not-found'),
        },
      },
    },
    async (request) => {
      const answer = await replay(request.params.id);
      if (answer.result !== 'not-found') return answer;
      throw new Refusal('resource.not-found', '没有这条未送达通知', { remedy: `请在 ${PATH} 查询` });
    },
  );

  routes.post(
    `${PATH}/replay-all`,
    {
      preParsing,
      schema: {
        tags: [TAG],
        operationId: 'deadLetter.replayAll',
        summary: '全部（或某一订阅的）重新发送，逐项返回结果',
        body: z.strictObject({ subscriptionId }).nullish(),
        response: {
          200: z.object({
            items: z.array(replaySchema),
            remaining: z.number().int().describe(`一次最多${REPLAY_LIMIT}条，尚余条数`),
          }),
          ...problems('input.invalid', 'auth.required', 'access.denied'),
        },
      },
    },
    async (request) => {
      const { ids, remaining } = await deadLetterIds(api.db, request.body?.subscriptionId, REPLAY_LIMIT);
      const items = [];
      for (const id of ids) items.push(await replay(id));
      return { items, remaining };
    },
  );
}
