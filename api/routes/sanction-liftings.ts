import { sanctionLiftingBodies } from '../../domain/case-types/sanction-lifting/commands.ts';
import { confirmLifting } from '../../workflows/messages.ts';
import { registerCaseCommands } from '../cases/commands.ts';
import { registerCaseQueries } from '../cases/routes.ts';
import type { ApiContext, App } from '../context.ts';
import { registerListingContent } from './listing-content.ts';

const LIFTINGS = { noun: 'sanction-liftings', tag: '解除联合惩戒', caseType: 'sanctionLifting' } as const;

/** 解除联合惩戒 (第九条第一款) */
export default async function sanctionLiftingRoutes(app: App, api: ApiContext) {
  registerCaseQueries(app, api, LIFTINGS);
  registerListingContent(app, api, LIFTINGS);
  registerCaseCommands(app, api, LIFTINGS, sanctionLiftingBodies, { confirm: confirmLifting });
}
