/**
 * What a department is told of an enterprise besides its scope (第七条第一款): the matters of the register. Contact data are
 * personal: only departments that hold a case of the registration and the organs of its region see them; they are never
 * public, and never in Temporal (docs/adr/0008-personal-data.md).
 */
import { z } from 'zod';
import { FOR_EVER, orForEver } from '../clock/written-day.ts';
import { day, optional, text } from '../fields.ts';
import { keysOf } from '../keys.ts';

const written = (field: string, max: number) =>
  optional(text(field, undefined, '平台不采集').max(max, `${field}不得超过${max}字，请更正`)).describe(field);

/** A code of GB/T 4754, by section (A), or with the digits of division, group and class: 52, F52, F5226. */
const INDUSTRY = /^[A-T]?\d{2,4}$|^[A-T]$/;

const industry = () =>
  optional(
    text('行业代码').toUpperCase().regex(INDUSTRY, '行业代码为 GB/T 4754 的代码（如 F5226、5226、F），请填代码或留空'),
  ).describe('行业代码（GB/T 4754）');

/** The most changes of one registration. */
const MOST_CHANGES = 50;

const change = z.object({
  item: text('变更事项').min(1, '缺少变更事项，请填写').max(100, '变更事项不得超过100字，请更正').describe('变更事项'),
  before: written('变更前内容', 20_000),
  after: written('变更后内容', 20_000),
});

export const detailFields = {
  address: written('住所', 300),
  premises: written('经营场所', 300).describe('经营场所：与住所不同的'),
  representative: written('法定代表人（负责人、经营者）', 100),
  capital: written('注册资本', 60).describe('注册资本（出资额），连同币种，如 500万元人民币'),
  enterpriseType: written('企业类型', 100).describe('企业类型，如有限责任公司（自然人独资）'),
  industry: industry(),
  establishedOn: optional(day('成立日期')).describe('成立日期 YYYY-MM-DD'),
  validFrom: optional(day('营业期限自')).describe('营业期限自 YYYY-MM-DD'),
  validUntil: z
    .preprocess(withoutForEver, optional(day('营业期限至')))
    .describe('营业期限至 YYYY-MM-DD；长期的留空或填“长期”'),
  registeringOrgan: written('登记机关', 100).describe('登记机关名称'),
  changes: optional(
    z
      .array(change, '变更内容应为数组，每项有变更事项（item）、变更前（before）、变更后（after），请更正')
      .max(MOST_CHANGES, `变更内容不得超过${MOST_CHANGES}项`),
  ).describe('变更登记的变更事项及变更前后的内容'),
  contactName: written('联系人', 100).describe('联系人：只告知有关部门，不公示'),
  contactPhone: written('联系电话', 50).describe('联系电话：只告知有关部门，不公示'),
};

function withoutForEver(value: unknown): unknown {
  return orForEver(value) === FOR_EVER ? undefined : value;
}

const fields = z.object(detailFields);
type Fields = z.output<typeof fields>;

export type RegistrationDetails = Omit<Fields, 'contactName' | 'contactPhone'>;

/** Of whom the department asks what it has to know. */
export interface RegistrationContact {
  name?: string | undefined;
  phone?: string | undefined;
}

/** The details that were given, in a fixed order; contact data left out. */
export function detailsOf(input: Fields): RegistrationDetails {
  const { contactName: _, contactPhone: __, ...details } = given(input);
  return details;
}

/** @returns null where no contact was given. */
export function contactOf({ contactName: name, contactPhone: phone }: Fields): RegistrationContact | null {
  return name === undefined && phone === undefined ? null : { ...(name && { name }), ...(phone && { phone }) };
}

/** What was given of the fields of this file; nothing else of the input. */
export function given(input: Fields): Fields {
  const entries = keysOf(detailFields).map((field) => [field, input[field]] as const);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.fromEntries forgets the fields
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Fields;
}
