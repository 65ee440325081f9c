import { randomBytes, randomUUID } from 'node:crypto';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Account } from '../../db/queries/accounts.ts';
import {
  cancelSubscription,
  changeSubscription,
  countOfOwner,
  createSubscription,
  findSubscription,
  listSubscriptions,
  type SubscriptionRow,
} from '../../db/queries/subscriptions.ts';
import { Refusal } from '../../domain/errors.ts';
import {
  CHANNELS,
  channelSchema,
  maskTarget,
  quietProblem,
  subscriptionChangeSchema,
  subscriptionInputSchema,
  URGENCIES,
  type SubscriptionInput,
} from '../../domain/notices/subscription.ts';
import { DeliveryFailure } from '../../outbox/outgoing.ts';
import { legalNow, type ApiContext, type App } from '../context.ts';
import { signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';

const TAG = '通知订阅';
const PATH = '/api/v1/subscriptions';
const byId = z.object({ id: z.uuid('订阅编号不正确') });

/** Each subscription adds a message for every notice. */
const MOST_PER_OWNER = 20;
/** A low limit, because a test sends a message to an address of the caller's choice. */
const TEST_LIMIT = { max: 10, timeWindow: '1 minute' };

const subscriptionSchema = z.object({
  id: z.string(),
  owner: z.enum(['me', 'department']),
  channel: channelSchema,
  channelTitle: z.string(),
  target: z.string().describe('机器人密钥等地址参数不回显'),
  hasSecret: z.boolean().describe('密钥只在生成时返回一次，不能读回'),
  urgencies: z.array(z.enum(URGENCIES)),
  digestHour: z.number().int().nullable(),
  quietFromHour: z.number().int().nullable(),
  quietUntilHour: z.number().int().nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});

function view(row: SubscriptionRow): z.infer<typeof subscriptionSchema> {
  const { id, channel, urgencies, digestHour, quietFromHour, quietUntilHour, createdBy } = row;
  return {
    id,
    owner: row.username === null ? 'department' : 'me',
    channel,
    channelTitle: CHANNELS[channel],
    target: maskTarget(channel, row.target),
    hasSecret: row.secret !== null,
    urgencies,
    digestHour,
    quietFromHour,
    quietUntilHour,
    createdBy,
    createdAt: row.createdAt.toISOString(),
  };
}

/** 第四条: only its lead changes a department's subscriptions. @throws Refusal access.denied */
function ownerOf(owner: SubscriptionInput['owner'], { username, role, departmentCode }: Account) {
  if (owner === 'me') return { username, departmentCode: null };
  if (role === 'department-lead' && departmentCode !== null) return { username: null, departmentCode };
  throw new Refusal('access.denied', '部门的通知订阅只能由部门负责人设置', {
    remedy: '请由本部门负责人设置，或为本人订阅',
    article: '第四条第二款',
  });
}

/** @throws Refusal resource.not-found, also for a subscription of others. */
async function ownSubscription(api: ApiContext, account: Account, id: string): Promise<SubscriptionRow> {
  const row = await findSubscription(api.db, account, id);
  if (row) return row;
  throw new Refusal('resource.not-found', '没有这项订阅', { remedy: `请在 ${PATH} 查询本人和本部门的订阅` });
}

/** 通知订阅：站内信之外，还送到哪里 */
export default async function subscriptionRoutes(app: App, api: ApiContext) {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    PATH,
    {
      schema: {
        tags: [TAG],
        operationId: 'subscription.list',
        summary: '本人的订阅；部门负责人另见本部门的订阅',
        response: { 200: z.object({ items: z.array(subscriptionSchema) }), ...problems('auth.required') },
      },
    },
    async (request) => ({ items: (await listSubscriptions(api.db, signedIn(request))).map(view) }),
  );

  routes.post(
    PATH,
    {
      schema: {
        tags: [TAG],
        operationId: 'subscription.create',
        summary: '订阅通知：电子邮件、Webhook、企业微信或钉钉群机器人',
        body: subscriptionInputSchema,
        response: {
          201: subscriptionSchema.extend({ secret: z.string().optional().describe('签名密钥，仅此一次') }),
          ...problems(
            'input.invalid',
            'auth.required',
            'access.denied',
            'subscription.target-refused',
            'subscription.channel-unavailable',
            'subscription.too-many',
          ),
        },
      },
    },
    async (request, reply) => {
      const account = signedIn(request);
      const { owner, ...input } = request.body;
      const kept = ownerOf(owner, account);
      await api.senders.check(input);
      if ((await countOfOwner(api.db, kept)) >= MOST_PER_OWNER) {
        throw new Refusal('subscription.too-many', `通知订阅最多${MOST_PER_OWNER}项`, {
          remedy: '请先取消不再需要的订阅',
        });
      }
      const generated =
        input.channel === 'webhook' && !input.secret ? randomBytes(32).toString('base64url') : undefined;
      const row = await createSubscription(api.db, {
        ...input,
        ...kept,
        id: randomUUID(),
        secret: input.secret ?? generated ?? null,
        createdBy: account.username,
        createdAt: legalNow(api),
      });
      return reply.code(201).send({ ...view(row), secret: generated });
    },
  );

  routes.patch(
    `${PATH}/:id`,
    {
      schema: {
        tags: [TAG],
        operationId: 'subscription.change',
        summary: '更改通知类别、汇总时间、免打扰时段或签名密钥；已在途的通知按原设置送出',
        params: byId,
        body: subscriptionChangeSchema,
        response: { 200: subscriptionSchema, ...problems('input.invalid', 'auth.required', 'resource.not-found') },
      },
    },
    async (request) => {
      const row = await ownSubscription(api, signedIn(request), request.params.id);
      const change = request.body;
      const problem = quietProblem({ ...row, ...change });
      if (problem) throw new Refusal('input.invalid', problem, { remedy: '请同时填写起止整点，或都填 null' });
      if (change.secret && (row.channel === 'email' || row.channel === 'wecom'))
        throw new Refusal('input.invalid', `${CHANNELS[row.channel]}不使用签名密钥`, { remedy: '请去掉 secret' });
      return view(Object.keys(change).length > 0 ? await changeSubscription(api.db, row.id, change) : row);
    },
  );

  routes.delete(
    `${PATH}/:id`,
    {
      schema: {
        tags: [TAG],
        operationId: 'subscription.cancel',
        summary: '取消订阅；尚未送出的通知不再发送',
        params: byId,
        response: {
          204: z.null().describe('已取消'),
          ...problems('input.invalid', 'auth.required', 'resource.not-found'),
        },
      },
    },
    async (request, reply) => {
      const row = await ownSubscription(api, signedIn(request), request.params.id);
      await cancelSubscription(api.db, row.id, legalNow(api));
      return reply.code(204).send(null);
    },
  );

  routes.post(
    `${PATH}/:id/test`,
    {
      config: { rateLimit: TEST_LIMIT },
      schema: {
        tags: [TAG],
        operationId: 'subscription.test',
        summary: '立即试发一条，返回是否送达及原因',
        params: byId,
        response: {
          200: z.object({ delivered: z.boolean(), reason: z.string().nullable().describe('未送达的原因') }),
          ...problems('input.invalid', 'auth.required', 'resource.not-found'),
        },
      },
    },
    async (request) => {
      const account = signedIn(request);
      const row = await ownSubscription(api, account, request.params.id);
      try {
        await api.senders.send(row, testMessage(account, legalNow(api)));
        return { delivered: true, reason: null };
      } catch (error) {
        if (error instanceof DeliveryFailure) return { delivered: false, reason: error.message };
        throw error;
      }
    },
  );
}

function testMessage({ username, departmentCode, regionCode }: Account, at: Date) {
  const key = `test:${randomUUID()}`;
  const notice = {
    key,
    caseId: '-',
    topic: 'test',
    departmentCode,
    regionCode,
    at: at.toISOString(),
    urgency: 'info' as const,
    article: '-',
    title: '通知试发',
    body: `这是协同监管平台的试发通知，由账号${username}发起，收到即表示订阅可用。`,
  };
  return { key, notices: [notice] };
}
