/** 回退理由 (第十四条): why departments returned what they were told of. */
import { z } from 'zod';
import { countBy } from '../../db/queries/figures.ts';
import { RETURN_REASONS } from '../../domain/case-types/registration-push/answers.ts';
import type { CaseConditions, ReturnReason } from '../../domain/worklist/case-filter.ts';
import { keysOf } from '../../domain/keys.ts';
import type { ApiContext, App } from '../context.ts';
import { returnReasonCode } from '../views/codes.ts';
import { each } from './figures.ts';
import {
  ask,
  figure,
  figureSchema,
  periodSchema,
  registerStatistic,
  statisticQuery,
  type Asked,
} from './statistics.ts';

const returned = z.object({ returned: figureSchema });
const rollbackReasonsSchema = periodSchema.extend({
  rows: z.array(z.object({ reasonCode: returnReasonCode, title: z.string(), figures: returned })),
  total: z.object({ figures: returned }),
});
export type RollbackReasons = z.infer<typeof rollbackReasonsSchema>;

async function rollbackReasons(api: ApiContext, asked: Asked): Promise<RollbackReasons> {
  const { from, to } = asked.period;
  // A return closes its push, so returns are counted by the day of closing.
  const all: CaseConditions = { caseType: 'registrationPush', stage: 'returned', closedFrom: from, closedTo: to };
  const conditions = each(RETURN_REASONS, (returnReason: ReturnReason) => ({ ...all, returnReason }));
  const [counted] = await countBy(api.db, asked, 'nothing', { ...conditions, all });
  const rows = keysOf(RETURN_REASONS).map((reasonCode) => ({
    reasonCode,
    title: RETURN_REASONS[reasonCode],
    figures: { returned: figure(counted?.counts[reasonCode] ?? 0, asked, conditions[reasonCode]) },
  }));
  return { from, to, rows, total: { figures: { returned: figure(counted?.counts.all ?? 0, asked, all) } } };
}

export function registerRollbackReasons(app: App, api: ApiContext): void {
  registerStatistic(app, {
    path: 'rollback-reasons',
    operation: 'rollbackReasons',
    summary: '回退理由',
    querystring: statisticQuery.omit({ caseType: true }),
    answer: rollbackReasonsSchema,
    read: (actor, query) => rollbackReasons(api, ask(api, actor, query)),
    table: ({ rows, total }) => [
      ['代码', '回退理由', '回退'],
      ...[...rows, { reasonCode: '', title: '合计', ...total }].map(({ reasonCode, title, figures }) => [
        reasonCode,
        title,
        figures.returned.count,
      ]),
    ],
  });
}
