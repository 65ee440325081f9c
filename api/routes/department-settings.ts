import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { internalReviewers } from '../../db/queries/department-settings.ts';
import { setInternalReview } from '../../db/reference/changes.ts';
import { requiredText } from '../../domain/fields.ts';
import type { ApiContext, App } from '../context.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';

const PATH = '/api/v1/department-settings';
const TAG = '部门设置';

const internalReview = z
  .boolean()
  .describe('内部审核：本部门归集的信息和变动，须由提交人以外的本部门人员审核同意后才归集（第十九条第一款）');

/** 部门设置：由本部门负责人设定 (第十九条第一款) */
export default async function departmentSettingRoutes(app: App, api: ApiContext) {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    PATH,
    {
      preParsing: requireRole('department-officer', 'department-lead'),
      schema: {
        tags: [TAG],
        operationId: 'departmentSettings.read',
        summary: '本部门的设置',
        response: { 200: z.object({ internalReview }), ...problems('auth.required', 'access.denied') },
      },
    },
    async (request) => {
      const { departmentCode } = signedIn(request);
      const codes = departmentCode === null ? [] : [departmentCode];
      return { internalReview: (await internalReviewers(api.db, codes)).size > 0 };
    },
  );
  routes.put(
    PATH,
    {
      preParsing: requireRole('department-lead'),
      schema: {
        tags: [TAG],
        operationId: 'departmentSettings.set',
        summary: '设定本部门是否要求内部审核；对此后提交的生效，已在审核的不变',
        body: z.object({ internalReview, reason: requiredText('依据', 500) }).describe('部门设置'),
        response: {
          200: z.object({ changed: z.literal(true) }),
          ...problems('input.invalid', 'auth.required', 'access.denied'),
        },
      },
    },
    async (request) => {
      const account = signedIn(request);
      // A lead without a department cannot exist: its code is part of the account's role.
      await setInternalReview(api, account, account.departmentCode ?? '', request.body);
      return { changed: true as const };
    },
  );
}
