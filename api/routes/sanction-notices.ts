import { sanctionNoticeBodies } from '../../domain/case-types/sanction-notice/commands.ts';
import {
  decideRestriction,
  declineRestriction,
  executeRestriction,
  feedBackRestriction,
  fetchNotice,
} from '../../workflows/messages.ts';
import { registerCaseCommands, registerSuspensionCommands } from '../cases/commands.ts';
import { registerCaseQueries } from '../cases/routes.ts';
import type { ApiContext, App } from '../context.ts';
import { registerListingContent } from './listing-content.ts';

const NOTICES = { noun: 'sanction-notices', tag: '联合惩戒通知', caseType: 'sanctionNotice' } as const;

/** 联合惩戒：获取、决定、执行、反馈 (第九条第一款) */
export default async function sanctionNoticeRoutes(app: App, api: ApiContext) {
  registerCaseQueries(app, api, NOTICES);
  registerListingContent(app, api, NOTICES);
  registerCaseCommands(app, api, NOTICES, sanctionNoticeBodies, {
    fetch: fetchNotice,
    // Which measures are the department's own is the workflow's to judge.
    decide: decideRestriction,
    decline: declineRestriction,
    execute: executeRestriction,
    feedBack: feedBackRestriction,
  });
  registerSuspensionCommands(app, api, NOTICES);
}
