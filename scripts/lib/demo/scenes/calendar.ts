import { setTimeout as pause } from 'node:timers/promises';
import type { WorkCalendar } from '../../../../domain/clock/calendar.ts';
import { register } from '../registering.ts';
import type { Detail, Story } from '../story.ts';

interface Preview {
  version: string;
  affected: number;
}

const dueOf = (detail: Detail) =>
  detail.deadlines.find(({ limitId }) => limitId === 'registrationPush.feedback')!.dueDate;

/**
 * 临时放假: a day off is published, and every running limit that counts it moves. Played last, because it affects all other
 * scenes.
 */
export async function playCalendar(story: Story) {
  story.scene('临时放假：先看影响，再发布，全部在办事项重新计算并通知（行政许可法第八十二条）');
  const { caseIds } = await register(story, '许可项目：农药零售。');
  const push = caseIds[0]!;
  const before = dueOf(await story.begun('nongye', 'pushes', push));
  const { current } = await story.get<{ current: string }>('admin', '/api/v1/calendars');
  const { calendar } = await story.get<{ calendar: WorkCalendar }>('admin', `/api/v1/admin/calendars/${current}`);
  const { validThrough, holidays } = calendar;
  const notice = {
    calendar: {
      ...calendar,
      version: `demo-${story.serial}`,
      validThrough: before > validThrough ? `${before.slice(0, 4)}-12-31` : validThrough,
      holidays: { ...holidays, [before]: '临时放假' },
    },
    reason: '湘政办函〔2026〕99号',
  };
  const path = '/api/v1/admin/calendars';
  const { affected } = await story.post<Preview>('admin', `${path}?dryRun=true`, notice);
  story.tell(await story.nameOf('admin'), `查看${before}放假的影响：${affected}个在办期限将改变`);
  const { version } = await story.post<Preview>('admin', path, notice);
  story.tell(await story.nameOf('admin'), `发布工作日历${version}`);
  const moved = await story.until('nongye', 'pushes', push, (seen) => dueOf(seen) !== before);
  story.note(`反馈期限由${before}改为${dueOf(moved)}`);
  const read = () =>
    story.get<{ finishedAt: string | null; remaining: number | null }>('admin', `/api/v1/admin/calendars/${version}`);
  let rollout = await read();
  while (rollout.finishedAt === null) {
    await pause(500);
    rollout = await read();
  }
  story.note(`全部在办事项已重算，未更新${rollout.remaining}件`);
  story.audit(moved);
  return { push, before, after: dueOf(moved), rollout };
}
