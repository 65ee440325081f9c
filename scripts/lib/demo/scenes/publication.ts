import { addDays } from '../../../../domain/clock/calendar.ts';
import { register } from '../registering.ts';
import type { Story } from '../story.ts';

interface Accepted {
  caseId: string;
  recordId: string;
  late: boolean;
}

interface Page {
  asOf: string;
  sections: { title: string; records: { documentNo: string; version: number }[] }[];
}

interface Attribution {
  department: number;
  platform: number;
  total: number;
}

/** 信息归集公示: handed over late, returned, corrected, published, with the time that each side took. */
export async function playPublication(story: Story) {
  story.scene('行政处罚信息归集、公示：逾期归集照常受理，退回更正后公示于企业名下（第五条、第六条）');
  const { uscc, name } = await register(story, '一般项目：日用百货销售。');
  const page = () => story.get<Page>(null, `/api/v1/public/enterprises/${uscc}`);
  const generatedOn = addDays((await page()).asOf, -14);
  const input = {
    kind: 'penalty',
    name,
    uscc,
    documentNo: `（演示）湘天农罚〔${story.serial}〕1号`,
    violation: '未建立销售台账',
    content: '罚款',
    fine: 0.5,
    generatedOn,
    authority: '天心区农业农村主管部门',
  };
  await story.refused('weijian', '/api/v1/publications', { ...input, departmentCode: '430103-agriculture' });
  const { caseId, recordId, late } = await story.post<Accepted>('nongye', '/api/v1/publications', input);
  story.tell(await story.nameOf('nongye'), `归集行政处罚信息（产生于${generatedOn}）${late ? '：逾期，照常受理' : ''}`);
  story.due(await story.until('nongye', 'publications', caseId, ({ breachedAt }) => breachedAt !== null));
  const reason = '处罚内容未写明金额';
  await story.command('dengji', 'publications', caseId, 'return', `退回更正：${reason}`, { reason });
  const corrected = { ...input, content: '罚款人民币5000元' };
  await story.command('nongye', 'publications', caseId, 'resubmit', '更正后重新归集（第2版）', corrected);
  await story.command('dengji', 'publications', caseId, 'publish', '公示于企业名下');
  const shown = (await page()).sections.filter(({ records }) => records.length > 0);
  for (const { title, records } of shown) {
    for (const { documentNo, version } of records) story.note(`公众可见：${title}，${documentNo}，第${version}版`);
  }
  const { attribution } = await story.get<{ attribution: Attribution }>('nongye', `/api/v1/records/${recordId}`);
  const { department, platform, total } = attribution;
  story.note(`时间归属：共${total}个工作日，部门${department}个，登记机关${platform}个`);
  story.audit(await story.until('nongye', 'publications', caseId, ({ status }) => status === 'closed'));
  return { publication: caseId, recordId, uscc, shown, attribution };
}
