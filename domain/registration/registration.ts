/** A registration (登记信息) as registering authorities hand it over (第七条第一款). One schema for body, file and document. */
import { z } from 'zod';
import { REGISTRATION_EVENTS, REGISTRATION_KINDS, REGISTRATION_ORIGINS, type RegistrationKind } from './words.ts';
import { detailFields, given } from './details.ts';
import { eventOfWord } from './events.ts';
import { isRegistrationNumber } from './registration-number.ts';
import { day, labelled, nameField, optional, plainText, regionCodeField, text, usccField } from '../fields.ts';

/** Some registers write the legal form (法定组织形式) into the column of the kind: 有限责任公司（自然人独资）, 普通合伙. */
const LEGAL_FORMS: [RegExp, RegistrationKind][] = [
  // 供销合作社 and 农村信用合作社 are enterprises, despite their name.
  [/(供销|信用).*合作社/, 'enterprise'],
  [/个体/, 'individual'],
  [/合作社/, 'cooperative'],
  [/公司|合伙|个人独资|所有制|联营|外商投资|股份合作/, 'enterprise'],
  [/^(内资|外资|国有|集体|私营|民营|股份制)企业|企业法人|分支机构/, 'enterprise'],
];

const kindOfLegalForm = (value: unknown) =>
  typeof value === 'string' ? (LEGAL_FORMS.find(([form]) => form.test(value))?.[1] ?? value) : value;

/** 设立登记, 简易注销, 歇业备案: the words that registers write. */
const namedEvent = (value: unknown) => (typeof value === 'string' ? eventOfWord(value) : value);

const fields = z.object(
  {
    registrationNo: plainText('登记编号')
      .regex(
        /^[\p{L}\p{N}（(〔[][\p{L}\p{N}（）()〔〕[\]_./-]{0,63}$/u,
        '登记编号为1至64个文字、数字、括号或 - _ / .，且不以符号开头，请更正',
      )
      .describe('登记编号：一次登记业务的唯一编号'),
    uscc: usccField(),
    name: nameField(),
    kind: optional(z.preprocess(kindOfLegalForm, labelled(REGISTRATION_KINDS, '主体类型'))).describe(
      '主体类型，也可填企业、个体工商户、农民专业合作社；缺省时按统一社会信用代码判断（91企业、92个体工商户、93农民专业合作社，其他为企业），填写的须与这三类代码相符',
    ),
    origin: optional(labelled(REGISTRATION_ORIGINS, '来源地')).describe('来源地，也可填本省、外省；缺省为本省'),
    regionCode: regionCodeField().describe('登记机关所在行政区划代码（GB/T 2260）；外省企业填在本省经营所在地'),
    // Null is an empty scope, absent is an error: otherwise a file that lost the column would fill the claim pool.
    scope: z
      .preprocess(
        (value) => value ?? (value === null ? '' : undefined),
        text('经营范围').max(20_000, '经营范围不得超过20000字，请更正'),
      )
      .describe('经营范围；为空的登记进入公示认领'),
    event: optional(z.preprocess(namedEvent, labelled(REGISTRATION_EVENTS, '登记事项'))).describe(
      '登记事项，也可填设立、变更、注销、吊销、撤销登记、歇业、恢复营业、迁入、迁出、备案及登记机关的惯用写法；缺省为设立',
    ),
    registeredOn: optional(day('登记日期')).describe(
      '登记日期 YYYY-MM-DD，也接受 YYYY/MM/DD、YYYY.MM.DD、YYYYMMDD；缺省为受理当日，不得晚于受理当日',
    ),
    ...detailFields,
  },
  '登记信息应为对象（一条登记一个对象），请更正',
);

/** GB 32100-2015, table 1: kinds of body (机构类别) under registering department 9, the market regulators. */
const KIND_BY_PREFIX: Record<string, RegistrationKind> = { 91: 'enterprise', 92: 'individual', 93: 'cooperative' };

/** 登记管理机关行政区划码, of a credit code or a registration number. */
export const regionOfCode = (code: string): string =>
  isRegistrationNumber(code) ? code.slice(0, 6) : code.slice(2, 8);

/** By its credit code; an 个体工商户 without one is known by its registration number (domain/publicity/record.ts). */
export const kindOfUscc = (uscc: string): RegistrationKind =>
  isRegistrationNumber(uscc) ? 'individual' : (KIND_BY_PREFIX[uscc.slice(0, 2)] ?? 'enterprise');

/**
 * What the body of POST /registrations and each row of a file must be. Unknown keys are not read, because official files
 * carry columns of their own; the answer names them. An issue whose `params.code` is `uscc.invalid` is about the credit code.
 */
export const registrationInputSchema = fields
  .superRefine(({ uscc, kind }, context) => {
    const stated = KIND_BY_PREFIX[uscc.slice(0, 2)];
    if (kind === undefined || stated === undefined || kind === stated) return;
    const message = `统一社会信用代码以${uscc.slice(0, 2)}开头，是${REGISTRATION_KINDS[stated]}的代码（GB 32100-2015），与主体类型“${REGISTRATION_KINDS[kind]}”不符，请核对两者`;
    context.addIssue({ code: 'custom', path: ['kind'], message });
  })
  .transform(({ kind, origin, event, ...rest }) => ({
    ...rest,
    kind: kind ?? kindOfUscc(rest.uscc),
    origin: origin ?? ('in-province' as const),
    event: event ?? ('establish' as const),
  }))
  .describe('登记信息');

export type RegistrationInput = z.output<typeof registrationInputSchema>;

/** The content as text, by which a repeated registration is told from a conflicting one. Independent of the order of keys. */
export function canonicalRegistration(input: RegistrationInput): string {
  const { registrationNo, uscc, name, kind, origin, regionCode, scope, event, registeredOn } = input;
  const content = [registrationNo, uscc, name, kind, origin, regionCode, scope, event, registeredOn ?? null];
  const more = given(input);
  // Registrations without details have the text of earlier commits, by which their repetitions are known.
  return JSON.stringify(Object.keys(more).length > 0 ? [...content, more] : content);
}
