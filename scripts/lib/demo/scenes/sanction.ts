import { addDays } from '../../../../domain/clock/calendar.ts';
import { inventEnterprise, registerAnew } from '../registering.ts';
import { pathOf, type Detail, type Story } from '../story.ts';

interface Accepted {
  caseId: string;
}

interface Answer {
  items: { restrictions: Record<'measure' | 'departmentName' | 'basis' | 'validFrom' | 'validUntil', string>[] }[];
}

/** 联合惩戒: listed, restricted, executed, fed back; then credit is repaired, and every department lifts. */
export async function playSanction(story: Story) {
  story.scene('联合惩戒：列入失信名单、各部门决定并执行限制、反馈，列入决定被撤销后逐一解除（第九条）');
  const enterprise = inventEnterprise();
  await registerAnew(story, enterprise, 'establish', '一般项目：软件开发。');
  const listedOn = addDays(await story.today(enterprise.uscc), -7);
  const entry = {
    ...enterprise,
    list: 'serious-dishonest',
    documentNo: story.numbered('湘市监列严字', listedOn),
    regionCode: '430103',
    authority: '天心区市场监督管理局',
    ground: 'consumer-rights',
    grounds: '侵害消费者权益，受到较重行政处罚',
    listedOn,
  };
  const { caseId: listing } = await story.post<Accepted>('dengji', '/api/v1/listings', entry);
  story.tell(await story.nameOf('dengji'), `将“${enterprise.name}”列入严重违法失信名单`);
  await story.until('dengji', 'listings', listing, ({ audit }) => audit.some(({ action }) => action === 'open'));
  const find = async (as: string, noun: string): Promise<Detail> => {
    const { items } = await story.get<{ items: Detail[] }>(as, `/api/v1/${noun}?q=${enterprise.uscc}`);
    const found = items[0];
    if (!found) throw new Error(`${as} 没有收到 ${enterprise.uscc} 的 ${noun}`);
    return story.begun(as, noun, found.caseId);
  };
  const notice = await find('nongye', 'sanction-notices');
  story.due(notice);
  await story.command('nongye', 'sanction-notices', notice.caseId, 'fetch', '获取失信信息');
  const { measureIds } = notice.facts as { measureIds: string[] };
  const decidedOn = await story.today(enterprise.uscc);
  const documentNo = story.numbered('天农限', decidedOn);
  const decision = {
    measureIds: measureIds.slice(0, 1),
    decidedOn,
    documentNo,
    basis: '《湖南省企业失信行为联合惩戒暂行办法》',
    validUntil: addDays(decidedOn, 365),
  };
  await story.command('nongye', 'sanction-notices', notice.caseId, 'decide', `决定限制（${documentNo}）`, decision);
  story.due(await story.begun('nongye', 'sanction-notices', notice.caseId));
  await story.command('nongye', 'sanction-notices', notice.caseId, 'execute', '执行：项目申报从严审核', {
    remark: '本年度项目申报从严审核',
  });
  await story.command('nongye', 'sanction-notices', notice.caseId, 'feedback', '反馈执行限制情况', {
    result: '已执行',
  });
  const other = await find('weijian', 'sanction-notices');
  await decline(story, other.caseId);
  await tellRestrictions(story, enterprise.uscc);
  const removal = { ground: 'revoked', reason: '经复查，列入决定被撤销' };
  await story.command('dengji', 'listings', listing, 'remove', '移出名单：列入决定被撤销', removal);
  const lifting = await find('nongye', 'sanction-liftings');
  story.due(lifting);
  await story.command('nongye', 'sanction-liftings', lifting.caseId, 'confirm', '确认已解除限制');
  // The entry stays 解除中 until the departments without a demonstration account confirm as well.
  story.audit(await story.begun('nongye', 'sanction-notices', notice.caseId));
  story.audit(await story.until('nongye', 'sanction-liftings', lifting.caseId, ({ status }) => status === 'closed'));
  story.audit(await story.get<Detail>('dengji', pathOf('listings', listing)));
  return { listing, notice: notice.caseId, declined: other.caseId, lifting: lifting.caseId, uscc: enterprise.uscc };
}

/** Another department has nothing to restrict. */
async function decline(story: Story, notice: string) {
  const reason = '该企业无相关许可事项';
  await story.command('weijian', 'sanction-notices', notice, 'fetch', '获取失信信息');
  await story.command('weijian', 'sanction-notices', notice, 'decline', `不予限制：${reason}`, { reason });
}

/** A department asks for the restrictions of several enterprises at once. */
async function tellRestrictions(story: Story, uscc: string) {
  const query = { codes: [uscc, inventEnterprise().uscc] };
  const { items } = await story.post<Answer>('shichang', '/api/v1/restrictions/query', query);
  story.tell(await story.nameOf('shichang'), `批量查询${items.length}个企业的限制（查询留痕）`);
  for (const { measure, departmentName, basis, validFrom, validUntil } of items.flatMap((item) => item.restrictions)) {
    story.note(
      `正在生效的限制：${measure}（${departmentName}，依据${basis}，${validFrom}至${validUntil}，期满自动失效）`,
    );
  }
}
