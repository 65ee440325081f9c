import type { FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { cursorPage, cursorPageQuery, cursorPageSchema } from '../http/cursor-pages.ts';
import { apply, approve, endorse, findApplication, listApplications, refuse } from '../../db/accounts/applications.ts';
import { submitOnce } from '../../db/intake/idempotency.ts';
import { accountOfSession } from '../../db/queries/accounts.ts';
import { applicationSchema as inputSchema, APPLICATION_STATES, reasonSchema } from '../../domain/organs/accounts.ts';
import { Refusal } from '../../domain/errors.ts';
import { normaliseReceipt } from '../../domain/receipts/receipt-number.ts';
import type { Role } from '../../domain/organs/roles.ts';
import {
  applicationProgressSchema,
  applicationSchema,
  viewApplication,
  viewApplicationProgress,
} from '../views/account.ts';
import type { ApiContext, App } from '../context.ts';
import { idempotencyHeader, keyOf } from '../http/idempotency.ts';
import { requireRole, signedIn, tokenOf } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { PUBLIC_LIMIT } from '../http/public-limit.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { keysOf } from '../../domain/keys.ts';

const TAG = '账号申请';
const PATH = '/api/v1/account-applications';

const states = keysOf(APPLICATION_STATES);
const params = z.object({ no: z.string().max(60).describe('申请编号') });
const pageSchema = cursorPageSchema(applicationSchema);
const decidedSchema = z.object({ no: z.string(), state: z.enum(states) });

export type ApplicationPage = z.infer<typeof pageSchema>;

/** 账号申请：经同级登记机关审核，由平台管理员开通 (第四条第二款) */
export default async function accountApplicationRoutes(app: App, api: ApiContext) {
  registerPublic(app, api);
  registerList(app, api);
  registerDecisions(app, api);
}

/** The username of an applicant who is signed in: they may not decide on their own application. */
async function applicantOf(api: ApiContext, request: FastifyRequest): Promise<string | null> {
  const token = tokenOf(request);
  const account = token ? await accountOfSession(api.db, token) : undefined;
  return account?.username ?? null;
}

function registerPublic(app: App, api: ApiContext): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.post(
    PATH,
    {
      config: { rateLimit: PUBLIC_LIMIT },
      schema: {
        tags: [TAG],
        operationId: 'application.apply',
        summary: '申请账号，凭申请编号查询进度；平台管理员不接受申请，由现任管理员设定',
        security: [],
        headers: idempotencyHeader,
        body: inputSchema,
        response: {
          201: z.object({ no: z.string().describe('申请编号') }),
          ...problems('input.invalid', 'region.unknown', 'department.unknown', 'idempotency.key-reused'),
        },
      },
    },
    async (request, reply) => {
      const applicant = await applicantOf(api, request);
      // Without the password, which is stored as a slow hash only.
      const { password: _, ...told } = request.body;
      const submission = { key: keyOf(request), content: [PATH, told] };
      const no = await submitOnce(api.db, submission, (tx) => apply({ ...api, db: tx }, request.body, applicant));
      return reply.code(201).send({ no });
    },
  );
  routes.get(
    `${PATH}/:no/progress`,
    {
      config: { rateLimit: PUBLIC_LIMIT },
      schema: {
        tags: [TAG],
        operationId: 'application.progress',
        summary: '凭申请编号查询进度',
        security: [],
        params,
        response: { 200: applicationProgressSchema, ...problems('input.invalid', 'resource.not-found') },
      },
    },
    async (request) => {
      const no = numberOf(request.params.no);
      const application = await findApplication(api.db, no);
      if (!application) throw unknownNumber('没有这个申请编号');
      return viewApplicationProgress(application);
    },
  );
}

const unknownNumber = (message: string) =>
  new Refusal('resource.not-found', message, { remedy: '请核对申请编号后重新输入' });

function numberOf(typed: string): string {
  const no = normaliseReceipt(typed);
  if (!no) throw unknownNumber('申请编号有误，可能是输入时抄错');
  return no;
}

function registerList(app: App, api: ApiContext): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    PATH,
    {
      preParsing: requireRole('registering-authority', 'platform-administrator', 'auditor'),
      schema: {
        tags: [TAG],
        operationId: 'application.list',
        summary: '本区域的账号申请，先申请的在前',
        querystring: z.object({
          state: z.enum(states).optional().describe('状态'),
          ...cursorPageQuery(z.coerce.number().int().positive()),
        }),
        response: { 200: pageSchema, ...problems('input.invalid', 'auth.required', 'access.denied') },
      },
    },
    async (request) => {
      const reader = signedIn(request);
      const { limit } = request.query;
      const found = await listApplications(api.db, reader, request.query);
      return cursorPage(found, limit, {
        show: (row) => viewApplication(api.reference, reader, row),
        cursorOf: ({ application }) => String(application.id),
      });
    },
  );
}

interface Decision {
  verb: 'endorse' | 'approve' | 'refuse';
  to: (typeof states)[number];
  summary: string;
  roles: Role[];
  decide: (api: ApiContext, actor: Actor, no: string, reason: string) => Promise<void>;
  body: z.ZodType<{ reason: string }>;
}

const agreement = z.object({ reason: reasonSchema.default('同意') });

const DECISIONS: Decision[] = [
  {
    verb: 'endorse',
    to: 'endorsed',
    summary: '同级登记机关审核同意；本级没有账号的，由上级登记机关审核',
    roles: ['registering-authority'],
    decide: endorse,
    body: agreement,
  },
  {
    verb: 'approve',
    to: 'approved',
    summary: '开通账号；审核人和开通人不得为同一人',
    roles: ['platform-administrator'],
    decide: approve,
    body: agreement,
  },
  {
    verb: 'refuse',
    to: 'refused',
    summary: '不予开通；理由告知申请人，请勿写入个人信息',
    roles: ['registering-authority', 'platform-administrator'],
    decide: refuse,
    body: z.object({ reason: reasonSchema }),
  },
];

function registerDecisions(app: App, api: ApiContext): void {
  for (const { verb, to, summary, roles, decide, body } of DECISIONS) {
    app.withTypeProvider<ZodTypeProvider>().post(
      `${PATH}/:no/${verb}`,
      {
        preParsing: requireRole(...roles),
        schema: {
          tags: [TAG],
          operationId: `application.${verb}`,
          summary,
          params,
          body,
          response: {
            200: decidedSchema,
            ...problems(
              ...(['input.invalid', 'auth.required', 'access.denied', 'resource.not-found'] as const),
              ...(['application.not-at-stage', 'account.own', 'review.same-person', 'account.username-taken'] as const),
            ),
          },
        },
      },
      async (request) => {
        const no = numberOf(request.params.no);
        await decide(api, signedIn(request), no, request.body.reason);
        return { no, state: to };
      },
    );
  }
}
