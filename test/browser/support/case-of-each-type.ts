/** Begins one case of each type. The samples' cases cannot serve: they run where the run's first product started them. */
import { expect } from 'vitest';
import { addDays, legalDateOf } from '../../../domain/clock/calendar.ts';
import { eventually, type Product } from '../../support/product.ts';
import { upload } from '../../api/support/attachments.ts';
import { listingEntry, LISTINGS, type AcceptedListing } from '../../api/support/listings.ts';
import { record, submit } from '../../api/support/records.ts';
import { accept, casePath } from '../../api/support/requests.ts';

/** An account that can read the case, and the case's address in the console. */
export type CaseAddress = readonly [who: string, noun: string, caseId: string];

export async function caseOfEachType(product: Product): Promise<CaseAddress[]> {
  /** Repeats a command that is refused while the case is still being started. */
  const perform = (who: string, noun: string, caseId: string, verb: string, body: object = {}) =>
    eventually(
      () => product.post(who, casePath(noun, caseId, verb), body),
      ({ status }) => status === 200,
      60_000,
    );
  const found = async (who: string, noun: string, q: string): Promise<CaseAddress> => {
    const { body } = await eventually(
      () => product.get<{ items: { caseId: string }[] }>(who, `/api/v1/${noun}?q=${encodeURIComponent(q)}`),
      (seen) => seen.body.items.length > 0,
      60_000,
    );
    return [who, noun, body.items[0]!.caseId];
  };

  const pushed = await accept(product, { scope: '许可项目：农药零售。' });
  const pooled = await accept(product, { scope: '许可项目：企业管理咨询。' });
  const returned = { reasonCode: 'wrong-department', reason: '由市场监管部门审批' };
  await perform('nongye', 'pushes', pushed.caseIds[0]!, 'return', returned);

  const permit = record();
  const { recordId, caseId: publication } = await submit(product, permit);
  await perform('dengji', 'publications', publication, 'publish');
  const objection = { recordId, content: '许可内容与许可证不一致' };
  await product.post(null, '/api/v1/public/corrections', objection);

  const entry = listingEntry();
  const { body: listed } = await product.post<AcceptedListing>('dengji', LISTINGS, entry);
  const { body: proof } = await upload(product, 'dengji', '证明材料.pdf');
  const repair = await product.post<{ caseId: string }>('dengji', '/api/v1/credit-repairs', {
    listingId: listed.caseId,
    number: `修〔2026〕${process.pid}号`,
    receivedOn: legalDateOf(Date.now()),
    statement: '已履行全部义务',
    attachmentIds: [proof.id],
  });
  expect(repair.status).toBe(201);
  const notice = await found('nongye', 'sanction-notices', entry.documentNo);
  await perform('dengji', 'listings', listed.caseId, 'remove', { ground: 'list-exit', reason: '期满' });

  const { uscc } = pushed.input;
  const complaint = await product.post<{ receiptNo: string }>(null, '/api/v1/public/complaints', {
    uscc,
    category: 'food',
    content: '销售过期食品',
  });
  expect(complaint.status).toBe(201);
  const number = `天督〔2026〕${process.pid}-${Date.now()}号`;
  const order = { number, departmentCode: '430103-agriculture', uscc, matter: '不执行惩戒措施' };
  expect((await product.post('ducha', '/api/v1/supervisions', order)).status).toBe(200);
  const validFrom = legalDateOf(Date.now());
  const support = await product.post<{ caseId: string }>('nongye', '/api/v1/support-measures', {
    documentNo: `天财企〔2026〕${process.pid}号`,
    uscc,
    size: 'small',
    kind: 'training',
    programme: '小微企业培训',
    content: '经营管理培训',
    basis: '天政办发〔2026〕3号',
    validFrom,
    validUntil: addDays(validFrom, 30),
  });
  expect(support.status).toBe(201);
  return [
    ['nongye', 'support-measures', support.body.caseId],
    ['nongye', 'pushes', pushed.caseIds[0]!],
    await found('dengji', 'rollbacks', pushed.registrationNo),
    ['nongye', 'pool-entries', pooled.caseIds[0]!],
    ['nongye', 'publications', publication],
    await found('nongye', 'corrections', permit.documentNo),
    ['dengji', 'listings', listed.caseId],
    ['dengji', 'credit-repairs', repair.body.caseId],
    notice,
    await found('nongye', 'sanction-liftings', entry.documentNo),
    await found('shichang', 'complaints', complaint.body.receiptNo),
    await found('ducha', 'supervisions', number),
  ];
}
