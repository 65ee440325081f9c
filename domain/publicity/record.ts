/** A record (公示信息): a permit, penalty or other information that a department submits (第五条第一款、第七条第三款). */
import { z } from 'zod';
import { day, labelled, lastDay, nameField, optional, text, usccField } from '../fields.ts';
import { foldedCode } from '../folding.ts';
import { isRegistrationNumber } from '../registration/registration-number.ts';
import { NO_USCC } from '../uscc.ts';
import { SEVERITIES } from '../rule-sets/penalty-publicity.ts';
import { documentNoField } from './document-no.ts';
import { publicText } from './public-text.ts';
import { recordEventAgainSchema } from './record-event-body.ts';
import { OTHER_SECTIONS, type PublicitySection } from './sections.ts';
import { COUNTERPARTIES, type RecordKind } from './record-fields.ts';

const maybe = (field: string, max = 512) => optional(publicText(field, max)).describe(field);
const maybeLastDay = (field: string) =>
  optional(lastDay(field)).describe(`${field} YYYY-MM-DD，也接受 YYYY/MM/DD；长期的填“长期”`);
const maybeDay = (field: string) => optional(day(field)).describe(`${field} YYYY-MM-DD，也接受 YYYY/MM/DD`);

const maybeUscc = (field: string) =>
  optional(publicText(field, 40).regex(/^[0-9A-Z]{18}$/i, `${field}应为18位，请更正或留空`)).describe(field);

/** An amount in 万元: systems send a number, files carry text. */
const amount = (field: string) =>
  optional(
    z.preprocess(
      (value) => (typeof value === 'string' && /^\d{1,12}(\.\d{1,6})?$/.test(value.trim()) ? Number(value) : value),
      z.number(`${field}应为数字（万元），请更正或留空`).min(0, `${field}不得为负，请更正`).max(1e12),
    ),
  ).describe(field);

const counterparty = optional(
  z
    .unknown()
    .refine((value) => value !== '自然人', '行政相对人为自然人的信息不在本平台公示，请删除该行')
    .pipe(labelled(COUNTERPARTIES, '行政相对人类别')),
).describe('行政相对人类别：法人及非法人组织、个体工商户；自然人的信息不在本平台公示');

const common = {
  name: nameField(),
  uscc: usccField(isWithoutCode).describe(
    `统一社会信用代码（GB 32100-2015）；没有代码的个体工商户填${NO_USCC}，并填工商注册号`,
  ),
  documentNo: documentNoField().describe('文书号：与部门、信息类别一起是该信息的唯一标识'),
  generatedOn: day('信息产生日期').describe('信息产生日期（许可、处罚决定日期）：归集和公示的期限自次日起算'),
  content: publicText('内容', 4096),
  authority: publicText('作出机关', 128),
  remark: maybe('备注', 1024),
  departmentCode: optional(text('部门代码').max(60, '部门代码有误，请核对')).describe(
    '归集部门；缺省为账号所属部门，只有平台管理员可以代其他部门提交',
  ),
};

const decided = {
  ...common,
  counterparty,
  formerRegistrationNo: maybe('工商注册号', 128),
  organisationCode: maybe('组织机构代码', 128),
  taxNo: maybe('税务登记号', 128),
  institutionNo: maybe('事业单位证书号', 128),
  socialOrganisationNo: maybe('社会组织登记证号', 128),
  legalRepresentative: maybe('法定代表人', 200),
  category: maybe('类别', 200),
  authorityUscc: maybeUscc('机关统一社会信用代码'),
  source: maybe('数据来源单位', 200),
  sourceUscc: maybeUscc('数据来源单位统一社会信用代码'),
};

const permit = z.object({
  kind: z.literal('permit').describe('行政许可'),
  ...decided,
  project: maybe('项目名称'),
  documentName: maybe('行政许可决定文书名称'),
  certificateName: maybe('许可证书名称'),
  certificateNo: maybe('许可编号'),
  validFrom: maybeDay('有效期自'),
  validUntil: maybeLastDay('有效期至'),
  status: maybe('当前状态', 32),
});

const penalty = z.object({
  kind: z.literal('penalty').describe('行政处罚'),
  ...decided,
  documentName: maybe('处罚名称'),
  violation: publicText('违法行为类型', 2000),
  violationFacts: maybe('违法事实', 4096),
  basis: maybe('处罚依据', 4096),
  fine: amount('罚款金额（万元）'),
  confiscated: amount('没收金额（万元）'),
  revoked: maybe('暂扣或吊销证照名称及编号'),
  status: maybe('当前状态', 32),
  severity: optional(labelled(SEVERITIES, '失信严重程度')).describe('失信严重程度：轻微、一般、严重，决定公示期限'),
  validUntil: maybeLastDay('处罚有效期'),
  publicUntil: maybeLastDay('公示截止期'),
});

const other = z.object({
  kind: z.literal('other').describe('其他依法应当公示的信息'),
  ...common,
  section: labelled(OTHER_SECTIONS, '公示栏目').describe('公示栏目'),
  title: publicText('标题', 512),
  validUntil: maybeLastDay('有效期至'),
  publicUntil: maybeLastDay('公示截止期'),
});

/**
 * What the body of POST /publications and each row of a file must be. Unknown keys are dropped, among them every column
 * that identifies a natural person.
 */
export const recordInputSchema = z
  .discriminatedUnion('kind', [permit, penalty, other], {
    error: '信息类别应为行政许可（permit）、行政处罚（penalty）或其他（other），请更正',
  })
  .superRefine(refuseContradictions)
  .superRefine(refuseWithoutCode)
  .transform(byRegistrationNumber)
  .describe('应当公示的信息');

/** What is sent again after it was returned or sent back: a whole record, or an event of one. */
export const resubmissionSchema = z
  .discriminatedUnion('kind', [permit, penalty, other, recordEventAgainSchema], {
    error: '信息类别应为行政许可（permit）、行政处罚（penalty）、其他（other）或变动（event），请更正',
  })
  .superRefine((input, context) => {
    if (input.kind === 'event') return;
    refuseContradictions(input, context);
    refuseWithoutCode(input, context);
  })
  .transform((input) => (input.kind === 'event' ? input : byRegistrationNumber(input)))
  .describe('更正后的信息或变动');

export type Resubmission = z.output<typeof resubmissionSchema>;

interface Dates {
  generatedOn: string;
  validFrom?: string | undefined;
  validUntil?: string | undefined;
  publicUntil?: string | undefined;
}

/** Nothing ends before it begins, and nothing before it was decided (第六条：真实性、准确性). */
function refuseContradictions({ generatedOn, validFrom, validUntil, publicUntil }: Dates, context: z.RefinementCtx) {
  const refuse = (path: keyof Dates, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message: `${message}，请核对` });
  if (validUntil !== undefined && validUntil < generatedOn) {
    refuse('validUntil', `有效期至（${validUntil}）早于决定日期（${generatedOn}）`);
  } else if (validUntil !== undefined && validFrom !== undefined && validUntil < validFrom) {
    refuse('validUntil', `有效期至（${validUntil}）早于有效期自（${validFrom}）`);
  }
  if (publicUntil !== undefined && publicUntil < generatedOn) {
    refuse('publicUntil', `公示截止期（${publicUntil}）早于决定日期（${generatedOn}）`);
  }
}

interface Counterparty {
  kind: RecordKind;
  uscc: string;
  counterparty?: keyof typeof COUNTERPARTIES | undefined;
  formerRegistrationNo?: string | undefined;
}

/** What stands for the credit code of a subject without one: as files say it, or as it is kept. */
function isWithoutCode(uscc: string): boolean {
  return uscc === NO_USCC || isRegistrationNumber(uscc);
}

const registrationNoOf = ({ formerRegistrationNo = '' }: Counterparty): string => foldedCode(formerRegistrationNo);

/** 双公示 standard: an 个体工商户 without a credit code fills its eighteen places, and then gives its registration number. */
function refuseWithoutCode(input: Counterparty, context: z.RefinementCtx): void {
  if (!isWithoutCode(input.uscc)) return;
  const number = registrationNoOf(input);
  const refuse = (path: keyof Counterparty, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message, params: { code: 'uscc.invalid' } });
  if (input.kind === 'other' || input.counterparty === 'organisation') {
    refuse('uscc', '只有行政许可、行政处罚的相对人为个体工商户时，可以没有统一社会信用代码，请填写代码');
  } else if (!isRegistrationNumber(number)) {
    refuse(
      'formerRegistrationNo',
      '没有统一社会信用代码的个体工商户，须填写营业执照上15位（或13位）的工商注册号，请填写',
    );
  } else if (input.uscc !== NO_USCC && input.uscc !== number) {
    refuse('uscc', `没有统一社会信用代码的个体工商户，此项应填${NO_USCC}，请更正`);
  }
}

/** Known by its registration number, so that two without a code are not one. */
function byRegistrationNumber<I extends Counterparty>(input: I): I {
  if (!isWithoutCode(input.uscc)) return input;
  const number = registrationNoOf(input);
  return { ...input, uscc: number, counterparty: 'individual', formerRegistrationNo: number };
}

export type RecordInput = z.output<typeof recordInputSchema>;

export const sectionOf = (input: { kind: RecordKind; section?: PublicitySection }): PublicitySection =>
  input.kind === 'other' ? (input.section ?? 'others') : input.kind === 'permit' ? 'permits' : 'penalties';

/** The section in which a version is shown; a correction may change it. */
export function sectionOfVersion(kind: RecordKind, { section }: Record<string, unknown>): PublicitySection {
  return sectionOf({ kind, ...(isOtherSection(section) && { section }) });
}

const isOtherSection = (section: unknown): section is keyof typeof OTHER_SECTIONS =>
  typeof section === 'string' && Object.hasOwn(OTHER_SECTIONS, section);

/** The content that is stored and shown: every field except the submitting department. */
export function contentOf({ departmentCode: _, ...content }: RecordInput): Record<string, unknown> {
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined));
}

/** A record's identity: the document, and the department that issued it. */
export interface RecordKey {
  departmentCode: string;
  kind: RecordKind;
  documentNo: string;
}
