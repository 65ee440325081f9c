import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { reasonSchema } from '../../domain/organs/accounts.ts';
import { takeAccounts } from '../accounts/account-intake.ts';
import type { ApiContext, App } from '../context.ts';
import { ACCOUNT_FILE } from '../import/account-file.ts';
import { fileOf, fileQuery, FILE_TYPES, takeFiles } from '../import/sent-file.ts';
import { registerTemplate } from '../import/template-route.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { accountIntakeSchema, viewAccountIntake } from '../views/account-list.ts';

const TAG = '账号名册';
const IMPORT = '/api/v1/admin/accounts/import';

/** 上报账号名册 (第四条第二款) */
export default async function accountImportRoutes(app: App, api: ApiContext) {
  const preParsing = requireRole('department-lead', 'platform-administrator');
  const { templates } = ACCOUNT_FILE;
  registerTemplate(app, { path: IMPORT, tag: TAG, operationId: 'accountList.submit', preParsing, templates });
  void app.register(async (scope) => {
    await takeFiles(scope);
    scope.withTypeProvider<ZodTypeProvider>().post(
      IMPORT,
      {
        preParsing,
        config: { isBulk: true },
        schema: {
          tags: [TAG],
          operationId: 'accountList.submit',
          summary:
            '上报账号名册（XLSX、CSV、JSONL）：部门负责人限本部门；平台管理员可报多个部门，按行政区划分送同级登记机关审核。逐行核对，有一行不受理的全部不上报',
          consumes: ['multipart/form-data', ...FILE_TYPES],
          querystring: fileQuery.extend({
            dryRun: z.enum(['true', 'false']).default('false').describe('true：只核对，不上报'),
            reason: reasonSchema.default('账号名册').describe('申请理由'),
          }),
          response: {
            200: accountIntakeSchema,
            ...problems(
              ...(['input.invalid', 'input.empty-file', 'input.unsupported-encoding', 'input.too-large'] as const),
              ...(['auth.required', 'access.denied'] as const),
            ),
          },
        },
      },
      async (request, reply) => {
        const { dryRun, reason, ...query } = request.query;
        const file = await fileOf(request, query);
        const order = { account: signedIn(request), file, reason, dryRun: dryRun === 'true', giveWay: scope.giveWay };
        const intake = await takeAccounts(api, order);
        return reply.header('location', `/api/v1/imports/${intake.importId}`).send(viewAccountIntake(intake));
      },
    );
  });
}
