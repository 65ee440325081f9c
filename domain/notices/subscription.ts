/** Subscriptions: who wants which notices delivered where, besides the inbox. One schema for HTTP body and stored row. */
import { z } from 'zod';
import type { Urgency } from './notices.ts';
import { isWithin } from '../organs/region-code.ts';
import { isOfOwnLevel, type Role } from '../organs/roles.ts';

export const channelSchema = z
  .enum(['email', 'webhook', 'wecom', 'dingtalk'])
  .describe('email 电子邮件；webhook 签名推送；wecom 企业微信群机器人；dingtalk 钉钉群机器人');

export type Channel = z.infer<typeof channelSchema>;

export const CHANNELS: Record<Channel, string> = {
  email: '电子邮件',
  webhook: 'Webhook（签名推送）',
  wecom: '企业微信群机器人',
  dingtalk: '钉钉群机器人',
};

export const URGENCIES = ['info', 'reminder', 'breach', 'supervision'] as const satisfies Urgency[];

const hour = z.number().int('应为整点').min(0, '应为0至23点').max(23, '应为0至23点');
const secret = z.string().min(16, '密钥至少16个字符').max(200, '密钥不超过200个字符');

const preferences = z.object({
  urgencies: z
    .array(z.enum(URGENCIES))
    .min(1, '请至少选择一类通知')
    .max(URGENCIES.length)
    .describe('接收哪些通知：info 告知；reminder 提醒；breach 逾期；supervision 督办'),
  digestHour: hour.nullable().describe('每日汇总的整点（北京时间）；不填为即时发送。逾期和督办通知始终即时发送'),
  quietFromHour: hour.nullable().describe('免打扰起始整点（北京时间）；逾期和督办通知不受限'),
  quietUntilHour: hour.nullable().describe('免打扰结束整点'),
});

interface QuietHours {
  quietFromHour?: number | null | undefined;
  quietUntilHour?: number | null | undefined;
}

/** Refuses quiet hours with only one end or of no length: some would read them as "always", others as "never". */
export function quietProblem({ quietFromHour: from = null, quietUntilHour: until = null }: QuietHours): string | null {
  if ((from === null) !== (until === null)) return '免打扰时段须同时填写起止整点';
  return from !== null && from === until ? '免打扰时段的起止整点不能相同' : null;
}

export const subscriptionInputSchema = z
  .strictObject({
    owner: z.enum(['me', 'department']).default('me').describe('me 本人；department 本部门（仅部门负责人）'),
    channel: channelSchema,
    target: z
      .string()
      .min(1, '请填写接收地址')
      .max(1000, '接收地址过长')
      .describe('邮箱，或机器人、Webhook 的 https 地址'),
    secret: secret.optional().describe('签名密钥；Webhook 不填时自动生成，仅在此次返回'),
    ...preferences.shape,
    urgencies: preferences.shape.urgencies.default([...URGENCIES]),
    digestHour: preferences.shape.digestHour.default(null),
    quietFromHour: preferences.shape.quietFromHour.default(null),
    quietUntilHour: preferences.shape.quietUntilHour.default(null),
  })
  .superRefine((input, context) => {
    const problem = quietProblem(input);
    if (problem) context.addIssue({ code: 'custom', path: ['quietFromHour'], message: problem });
    if (input.channel === 'email' && !z.email().safeParse(input.target).success)
      context.addIssue({ code: 'custom', path: ['target'], message: '不是有效的邮箱地址' });
    if (input.secret !== undefined && (input.channel === 'email' || input.channel === 'wecom'))
      context.addIssue({ code: 'custom', path: ['secret'], message: `${CHANNELS[input.channel]}不使用签名密钥` });
  });

export type SubscriptionInput = z.infer<typeof subscriptionInputSchema>;

/** Channel and address cannot be changed: another address is another subscription. */
export const subscriptionChangeSchema = preferences
  .partial()
  .extend({ secret: secret.optional().describe('更换签名密钥（Webhook、钉钉）') })
  .strict();

/** Whom a notice is for: a department, or else a role in a region and in the regions above it. */
export interface Addressee {
  departmentCode: string | null;
  role: Role | null;
  regionCode: string;
}

interface Owner {
  /** The department whose subscription it is; null for a person's own. */
  departmentCode: string | null;
  /** The person whose subscription it is; null for a department's. */
  person: Addressee | null;
}

/** Whether this person's inbox shows a notice. db/queries/inbox.ts has the same rule as SQL. */
function isShownTo(person: Addressee, notice: Addressee): boolean {
  if (notice.departmentCode !== null) return person.departmentCode === notice.departmentCode;
  if (person.role !== notice.role) return false;
  return person.role !== null && isOfOwnLevel({ role: person.role })
    ? notice.regionCode === person.regionCode
    : isWithin(notice.regionCode, person.regionCode);
}

export function isFor(owner: Owner, notice: Addressee): boolean {
  if (owner.person) return isShownTo(owner.person, notice);
  return owner.departmentCode !== null && owner.departmentCode === notice.departmentCode;
}

/** The address as it may be shown. The query is masked, because whoever knows a robot's key can write to its group. */
export function maskTarget(channel: Channel, target: string): string {
  if (channel === 'email') return target;
  const [address] = target.split(/[?#]/, 1);
  return address === target ? target : `${address}?***`;
}
