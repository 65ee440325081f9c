import { keepDecision } from '../../db/intake/restriction-decisions.ts';
import { registerCaseCommands } from '../cases/commands.ts';
import { registerCaseQueries } from '../cases/routes.ts';
import type { ApiContext, App } from '../context.ts';
import { registerListingContent } from './listing-content.ts';

/** 联合惩戒：获取、决定、执行、反馈 (第九条第一款) */
export default async function sanctionNoticeRoutes(app: App, api: ApiContext) {
  registerCaseQueries(app, api, 'sanctionNotice');
  registerListingContent(app, api, 'sanctionNotice');
  registerCaseCommands(app, api, 'sanctionNotice', {
    // Which measures are the department's own is known to the workflow.
    decide: { prepare: (order, row, account) => keepDecision(api, row.case, order, account) },
  });
}
