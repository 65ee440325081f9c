import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { measuresOf } from '../../db/queries/measures.ts';
import { restrictionsInForce } from '../../db/queries/restrictions.ts';
import { DISHONESTY_LISTS } from '../../domain/publicity/dishonesty-lists.ts';
import { Refusal } from '../../domain/errors.ts';
import { checkUscc, normaliseUscc } from '../../domain/uscc.ts';
import { legalNow, type ApiContext, type App } from '../context.ts';
import { problems } from '../plugins/problems.ts';
import { dishonestyList } from '../views/codes.ts';

const restrictionSchema = z
  .object({
    measureId: z.string(),
    domain: z.string().nullable().describe('领域'),
    measure: z.string().nullable().describe('限制措施'),
    basis: z.string().nullable().describe('依据'),
    departmentCode: z.string(),
    departmentName: z.string().nullable(),
    list: dishonestyList,
    listTitle: z.string(),
    documentNo: z.string(),
    authority: z.string().describe('列入机关或执行法院'),
    decidedAt: z.iso.datetime(),
    executedAt: z.iso.datetime().nullable(),
    liftedAt: z.iso.datetime().nullable().describe('查询过去某日的：此后解除的时间'),
  })
  .meta({ id: 'Restriction' });

/** Called in the handler, so after the sign-in check. @throws Refusal uscc.invalid */
function checkedUscc(given: string): string {
  const uscc = normaliseUscc(given);
  const check = checkUscc(uscc);
  if (!check.ok) throw new Refusal('uscc.invalid', check.message, { remedy: '请核对后重新查询' });
  return uscc;
}

/** 企业受到的限制：各部门办理审批、招标、资助等事项前查询 (第九条第一款) */
export default async function restrictionRoutes(app: App, api: ApiContext) {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/enterprises/:uscc/restrictions',
    {
      schema: {
        tags: ['联合惩戒'],
        operationId: 'enterprise.restrictions',
        summary: '企业现受（或某日所受）的限制措施（第九条第一款）',
        params: z.object({ uscc: z.string().max(100).describe('统一社会信用代码') }),
        querystring: z.object({
          asOf: z.iso.date('日期格式为 YYYY-MM-DD').optional().describe('某日终了时有效的限制；缺省为现在'),
        }),
        response: {
          200: z.object({ uscc: z.string(), restricted: z.boolean(), items: z.array(restrictionSchema) }),
          ...problems('uscc.invalid', 'auth.required', 'resource.not-found'),
        },
      },
    },
    async (request) => {
      const uscc = checkedUscc(request.params.uscc);
      const { asOf } = request.query;
      const rows = await restrictionsInForce(api.db, uscc, asOf ? { day: asOf } : { now: legalNow(api) });
      const editions = await measuresOf(
        api.db,
        rows.map(({ measuresVersion }) => measuresVersion),
      );
      const items = rows.map((row) => {
        const known = editions.get(row.measuresVersion)?.find(({ id }) => id === row.measureId);
        const { domain = null, measure = null, basis = null } = known ?? {};
        return {
          ...row,
          domain,
          measure,
          basis,
          listTitle: DISHONESTY_LISTS[row.list],
          decidedAt: row.decidedAt.toISOString(),
          executedAt: row.executedAt?.toISOString() ?? null,
          liftedAt: row.liftedAt?.toISOString() ?? null,
        };
      });
      return { uscc, restricted: items.length > 0, items };
    },
  );
}
