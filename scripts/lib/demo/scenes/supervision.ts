import { register } from '../registering.ts';
import type { SupervisionFacts } from '../../../../domain/case-types/supervision/opening.ts';
import { pathOf, type Detail, type Story } from '../story.ts';

const LIMIT = 'registrationPush.feedback';

const isHeard = ({ criticism }: SupervisionFacts) => criticism?.state === 'heard';

/** 督查督办: nobody answers a push; reminders, breach and supervision follow by themselves, and the supervisor concludes it. */
export async function playSupervision(story: Story) {
  story.scene(
    '逾期不办：提醒、逾期、自动督办，签收、答复、责令整改，提请、听取陈述后由同级人民政府通报批评，办结（第十六条、第十七条）',
  );
  const { caseIds, uscc } = await register(story, '许可项目：种子生产经营。');
  const push = caseIds[0]!;
  const pushed = await story.begun('nongye', 'pushes', push);
  story.due(pushed);
  await story.command('nongye', 'pushes', push, 'claim', '认领后搁置不办');
  const supervision = `supervision~${LIMIT}~${push}`;
  const opened = await story.begun('nongye-lead', 'supervisions', supervision);
  for (const { title, urgency } of (await story.inbox('nongye', push)).toReversed())
    story.note(`通知（${urgency}）：${title}`);
  story.due(opened);
  await story.command('nongye-lead', 'supervisions', supervision, 'accept', '签收督办');
  await story.command('nongye-lead', 'supervisions', supervision, 'reply', '答复：经办人更换，交接遗漏', {
    explanation: '经办人更换，交接遗漏',
  });
  await story.command(
    'ducha',
    'supervisions',
    supervision,
    'order-rectification',
    '责令整改：三日内补办并建立交接制度',
    {
      requirement: '三日内补办并建立交接制度',
    },
  );
  await story.command('ducha', 'supervisions', supervision, 'propose-criticism', '提请同级人民政府通报批评', {
    reason: '逾期反馈登记信息，经督办仍未补办',
  });
  await story.until('zhengfu', 'supervisions', supervision, ({ facts }) => isHeard(facts));
  story.note('农业农村部门在陈述期内没有陈述意见，视为已听取');
  await story.command('zhengfu', 'supervisions', supervision, 'criticise', '给予通报批评', {
    text: '逾期反馈登记信息，影响协同监管',
    documentNo: story.numbered('天政通', await story.today(uscc)),
  });
  await story.command('nongye', 'pushes', push, 'feedback', '补办反馈', {
    outcome: 'not-applied',
    remark: '当事人未申请种子生产经营许可，已纳入监管',
  });
  await story.command(
    'nongye-lead',
    'supervisions',
    supervision,
    'report-rectification',
    '报告整改情况：已补办，已建立交接制度',
    {
      report: '已补办，已建立交接制度',
    },
  );
  await story.command('ducha', 'supervisions', supervision, 'close', '办结', { finding: '整改到位' });
  story.audit(await story.get<Detail>('nongye', pathOf('pushes', push)));
  story.audit(await story.until('ducha', 'supervisions', supervision, ({ status }) => status === 'closed'));
  return { push, supervision };
}
