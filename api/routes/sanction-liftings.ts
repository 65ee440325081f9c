import { registerCaseCommands } from '../cases/commands.ts';
import { registerCaseQueries } from '../cases/routes.ts';
import type { ApiContext, App } from '../context.ts';
import { registerListingContent } from './listing-content.ts';

/** 解除联合惩戒 (第九条第一款) */
export default async function sanctionLiftingRoutes(app: App, api: ApiContext) {
  registerCaseQueries(app, api, 'sanctionLifting');
  registerListingContent(app, api, 'sanctionLifting');
  registerCaseCommands(app, api, 'sanctionLifting');
}
