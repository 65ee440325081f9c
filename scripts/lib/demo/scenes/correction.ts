import { addDays } from '../../../../domain/clock/calendar.ts';
import { register } from '../registering.ts';
import { pathOf, type Story } from '../story.ts';

interface Page {
  asOf: string;
  sections: { records: { recordId: string; documentNo: string }[] }[];
}

/** 更正: a citizen reports with materials; verified, applied for, reviewed by another lead, carried out, everyone told. */
export async function playCorrection(story: Story) {
  story.scene('更正：公众反映、核实、书面申请、另一人复核、更正、告知接收部门和登记机关（第十八条）');
  const { uscc, name } = await register(story, '许可项目：食品销售。');
  const page = () => story.get<Page>(null, `/api/v1/public/enterprises/${uscc}`);
  const generatedOn = addDays((await page()).asOf, -1);
  const documentNo = `（演示）湘天农许〔${story.serial}〕2号`;
  const input = {
    kind: 'permit',
    name,
    uscc,
    documentNo,
    content: '农药经营许可',
    generatedOn,
    authority: '天心区农业农村主管部门',
  };
  const { caseId: publication, recordId } = await story.post<{ caseId: string; recordId: string }>(
    'nongye',
    '/api/v1/publications',
    input,
  );
  story.tell(await story.nameOf('nongye'), `归集行政许可信息（产生于${generatedOn}）：${documentNo}，${input.content}`);
  await story.begun('dengji', 'publications', publication);
  await story.command('dengji', 'publications', publication, 'publish', '公示行政许可信息');

  const form = new FormData();
  form.append('file', new Blob(['%PDF-1.7\n%%EOF\n']), '证明材料.pdf');
  const material = await story.post<{ id: string; claimToken: string }>(null, '/api/v1/public/attachments', form);
  const attachments = [{ id: material.id, claimToken: material.claimToken }];
  const report = {
    recordId,
    content: '许可内容与许可证不符',
    reporterName: '李某',
    contact: '13800000000',
    attachments,
  };
  const { receiptNo } = await story.post<{ receiptNo: string }>(null, '/api/v1/public/corrections', report);
  story.tell('公众', `反映公示的许可内容有误，附证明材料，得到回执号 ${receiptNo}`);
  const caseId = `correction~${recordId}~${receiptNo}`;
  story.due(await story.begun('nongye', 'corrections', caseId));
  await story.command('nongye', 'corrections', caseId, 'confirm', '核实属实', {
    opinion: '与许可证存根核对，确有错误',
  });
  story.due(await story.begun('nongye', 'corrections', caseId));
  const application = {
    statement: '请予更正许可内容',
    content: { ...input, content: '农药经营许可（限制使用农药除外）' },
  };
  await story.command('nongye-lead', 'corrections', caseId, 'apply', '书面申请更正', application);
  story.tell(await story.nameOf('nongye-lead'), '想复核本人的申请');
  const refusal = await story.refused('nongye-lead', `${pathOf('corrections', caseId)}/approve`, { opinion: '同意' });
  await story.command('nongye-deputy', 'corrections', caseId, 'approve', '复核同意，报请更正', { opinion: '属实' });
  await story.command('admin', 'corrections', caseId, 'execute', '更正');
  // The department that the registration was pushed to, and the organ that published the wrong record.
  for (const told of ['shichang', 'dengji']) await story.notified(told, caseId, 'correction.executed');
  const progress = await story.get<{ stageTitle: string }>(null, `/api/v1/public/corrections/${receiptNo}`);
  story.note(`公众凭回执号查询：${progress.stageTitle}`);
  story.audit(await story.until('nongye', 'corrections', caseId, ({ status }) => status === 'closed'));
  return { publication, correction: caseId, receiptNo, refusal, progress, uscc };
}
