/** A registration (登记信息) as registering authorities hand it over (第七条第一款). One schema for body, file and document. */
import { z } from 'zod';
import { normaliseUscc, refuseUscc } from './uscc.ts';

export const REGISTRATION_KINDS = { enterprise: '企业', individual: '个体工商户', cooperative: '农民专业合作社' } as const;
export const REGISTRATION_ORIGINS = { 'in-province': '本省', 'out-of-province': '外省' } as const;
export const REGISTRATION_EVENTS = { establish: '设立', change: '变更', cancel: '注销' } as const;

/** Files carry the Chinese label where systems send the code: both are read. */
function labelled<K extends string>(labels: Record<K, string>, field: string) {
  const keys = Object.keys(labels) as [K, ...K[]];
  const byLabel = new Map<unknown, K>(keys.map((key) => [labels[key], key]));
  const allowed = keys.map((key) => `${labels[key]}（${key}）`).join('、');
  return z.preprocess(
    (value) => (typeof value === 'string' ? (byLabel.get(value.trim()) ?? value.trim()) : value),
    z.enum(keys, `${field}应为${allowed}`),
  );
}

const blankAsAbsent = (value: unknown) => (value === '' || value === null ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsAbsent, schema.optional());

// Control characters have no place in names and break exports downstream.
// oxlint-disable-next-line no-control-regex -- matching them is the point
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const printable = (field: string) => z.string(`请填写${field}`).refine((s) => !CONTROL.test(s), `${field}含有控制字符`);

const fields = z.object({
  registrationNo: printable('登记编号')
    .trim()
    .regex(/^[\p{L}\p{N}（）()_.-]{1,64}$/u, '登记编号为1至64个文字、数字或 -_.（）')
    .describe('登记编号：一次登记业务的唯一编号'),
  uscc: z
    .string('请填写统一社会信用代码')
    .transform(normaliseUscc)
    .check((ctx) => {
      const message = refuseUscc(ctx.value);
      if (message) ctx.issues.push({ code: 'custom', input: ctx.value, message, params: { code: 'uscc.invalid' } });
    })
    .describe('统一社会信用代码（GB 32100-2015）'),
  name: printable('名称').trim().min(1, '请填写名称').max(200, '名称不得超过200字').describe('市场主体名称'),
  kind: optional(labelled(REGISTRATION_KINDS, '主体类型')).describe('主体类型；缺省时按统一社会信用代码第2位判断'),
  origin: optional(labelled(REGISTRATION_ORIGINS, '来源地')).describe('本省或外省在湘经营；缺省为本省'),
  regionCode: z
    .string('请填写行政区划代码')
    .trim()
    .regex(/^\d{6}$/, '行政区划代码为6位数字（GB/T 2260）')
    .describe('登记机关所在行政区划代码（GB/T 2260）'),
  scope: printable('经营范围').max(20_000, '经营范围不得超过20000字').describe('经营范围'),
  event: optional(labelled(REGISTRATION_EVENTS, '登记事项')).describe('登记事项；缺省为设立'),
  registeredOn: optional(
    z
      .string()
      .transform((text) => text.trim().replaceAll('/', '-'))
      .pipe(z.iso.date('登记日期应为 YYYY-MM-DD 格式的真实日期')),
  ).describe('登记日期；缺省为受理当日'),
});

/** GB 32100-2015: the second character names the kind of body among market entities (机构类别). */
const KIND_BY_SECOND_CHARACTER: Record<string, keyof typeof REGISTRATION_KINDS> = {
  '1': 'enterprise',
  '2': 'individual',
  '3': 'cooperative',
};

export const registrationInputSchema = fields
  .transform(({ kind, origin, event, ...rest }) => ({
    ...rest,
    kind: kind ?? KIND_BY_SECOND_CHARACTER[rest.uscc[1]!] ?? ('enterprise' as const),
    origin: origin ?? ('in-province' as const),
    event: event ?? ('establish' as const),
  }))
  .describe('登记信息');

export type RegistrationInput = z.output<typeof registrationInputSchema>;

/** The content that tells a repeated registration from a conflicting one: stable, whatever the order of keys. */
export function canonicalRegistration(input: RegistrationInput): string {
  const { registrationNo, uscc, name, kind, origin, regionCode, scope, event, registeredOn } = input;
  return JSON.stringify([registrationNo, uscc, name, kind, origin, regionCode, scope, event, registeredOn ?? null]);
}
