import { registrationPushBodies } from '../../domain/case-types/registration-push/commands.ts';
import { claimPush, feedBack, returnPush } from '../../workflows/messages.ts';
import { registerCaseCommands, registerCaseQueries, registerTermCommands } from '../cases/routes.ts';
import type { ApiContext, App } from '../context.ts';

const PUSHES = { noun: 'pushes', tag: '登记信息推送', caseType: 'registrationPush' } as const;

/** 双告知推送 (第七条) */
export default async function pushRoutes(app: App, api: ApiContext) {
  registerCaseQueries(app, api, PUSHES);
  registerCaseCommands(app, api, PUSHES, registrationPushBodies, { claim: claimPush, return: returnPush, feedBack });
  registerTermCommands(app, api, PUSHES, 'registrationPush.feedback');
}
