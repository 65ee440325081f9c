import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { countUnread } from '../../db/queries/inbox.ts';
import { countClaimable, countTasks, listTasks } from '../../db/queries/tasks.ts';
import { endOfDay, legalDateOf, type WorkCalendar } from '../../domain/clock/calendar.ts';
import { keysOf } from '../../domain/keys.ts';
import { MOST_COUNTED } from '../../domain/worklist/counting.ts';
import { addWorkingDays } from '../../domain/clock/deadlines.ts';
import { anyCaseQuery, casePageSchema, filterOf, viewPage } from '../cases/list.ts';
import { viewContext, type ApiContext, type App } from '../context.ts';
import { signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { caseTypeCode } from '../views/codes.ts';

/** Unread notices are counted up to this number; nobody reads more. */
const MOST_UNREAD = 1000;

const number = z.number().int();

const taskQuery = anyCaseQuery.omit({ status: true }).extend({
  due: z.enum(['today', 'within2']).optional().describe('有期限在此期间届满：today 今日；within2 两个工作日内，含今日'),
});

const taskPageSchema = casePageSchema.extend({
  counts: z.partialRecord(caseTypeCode, z.record(z.string(), number)).describe('全部待办，按事项类型和环节计数'),
  summary: z
    .object({
      todo: number.describe('待办'),
      dueToday: number.describe('有期限今日到期'),
      dueWithin2: number.describe('有期限在两个工作日内到期，含今日'),
      overdue: number.describe('已逾期'),
      claimable: number.describe(`本区域公示待认领，不计入待办，最多计到${MOST_COUNTED}`),
      unreadNotices: number.describe(`未读通知，最多计到${MOST_UNREAD}`),
    })
    .describe('不受筛选条件影响'),
});
export type TaskPage = z.infer<typeof taskPageSchema>;

/** 工作台：须由本人办理的事项 */
export default async function taskRoutes(app: App, api: ApiContext) {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/tasks',
    {
      schema: {
        tags: ['工作台'],
        operationId: 'tasks.list',
        summary: '各类事项中须由本人办理的，剩余时间最少的在前，中止的在后',
        querystring: taskQuery,
        response: { 200: taskPageSchema, ...problems('input.invalid', 'auth.required') },
      },
    },
    async (request) => {
      const account = signedIn(request);
      const { calendar, now } = await viewContext(api, account);
      const until = horizon(calendar, now);
      const [found, counted, claimable, unreadNotices] = await Promise.all([
        listTasks(api.db, account, filterOf(api, request.query), until),
        countTasks(api.db, account, until),
        countClaimable(api.db, account),
        countUnread(api.db, account, MOST_UNREAD),
      ]);
      const counts: TaskPage['counts'] = {};
      const summary = { todo: 0, dueToday: 0, dueWithin2: 0, overdue: 0, claimable, unreadNotices };
      for (const { caseType, stage, ...figures } of counted) {
        counts[caseType] = { ...counts[caseType], [stage]: figures.todo };
        for (const key of keysOf(figures)) summary[key] += figures[key];
      }
      return { ...(await viewPage(api, account, found, request.query.limit)), counts, summary };
    },
  );
}

function horizon(calendar: WorkCalendar, now: Date) {
  const today = legalDateOf(now.getTime());
  const { due } = addWorkingDays(calendar, today, 2);
  return { now, today: new Date(endOfDay(today)), within2: new Date(endOfDay(due)) };
}
