import { currentCalendar } from '../../db/queries/calendar.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { dueFrom } from '../../domain/clock/declared-day.ts';
import { registerCaseCommands } from '../cases/commands.ts';
import { addToAnswer, answerTold } from '../cases/push-answers.ts';
import { registerCaseQueries } from '../cases/routes.ts';
import { legalNow, type ApiContext, type App } from '../context.ts';

/** 双告知推送 (第七条) */
export default async function pushRoutes(app: App, api: ApiContext) {
  registerCaseQueries(app, api, 'registrationPush');
  registerCaseCommands(app, api, 'registrationPush', {
    feedBack: { prepare: (stated, row, account) => answerTold(api, account, row, stated) },
    declareDecision: {
      async prepare(body) {
        const today = legalDateOf(legalNow(api).getTime());
        const decided = { title: '决定日期', day: body.decidedOn };
        dueFrom(await currentCalendar(api.db), today, decided, 'registrationPush.aggregation');
        return body;
      },
    },
    supplement: {
      prepare: (stated, row, account) => answerTold(api, account, row, stated),
      onRecord: (row, command) => addToAnswer(api, row, command),
    },
  });
}
