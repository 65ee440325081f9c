import { registerCaseCommands } from '../cases/commands.ts';
import { registerCaseQueries } from '../cases/routes.ts';
import type { ApiContext, App } from '../context.ts';

/** 双告知推送 (第七条) */
export default async function pushRoutes(app: App, api: ApiContext) {
  registerCaseQueries(app, api, 'registrationPush');
  registerCaseCommands(app, api, 'registrationPush');
}
