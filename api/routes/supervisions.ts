import { acceptSupervisionSchema, replySchema } from '../../domain/supervision.ts';
import { acceptSupervision, replySupervision } from '../../workflows/messages.ts';
import type { App } from '../app.ts';
import { registerCaseCommand, registerCaseQueries } from '../case-routes.ts';
import type { ApiContext } from '../context.ts';

const SUPERVISIONS = { noun: 'supervisions', tag: '督查督办', caseType: 'supervision' } as const;

/** 督查督办 (第十七条) */
export default async function supervisionRoutes(app: App, api: ApiContext) {
  registerCaseQueries(app, api, SUPERVISIONS);
  registerCaseCommand(app, api, SUPERVISIONS, {
    verb: 'accept',
    action: 'accept',
    update: acceptSupervision,
    schema: acceptSupervisionSchema,
  });
  registerCaseCommand(app, api, SUPERVISIONS, {
    verb: 'reply',
    action: 'reply',
    update: replySupervision,
    schema: replySchema,
  });
}
