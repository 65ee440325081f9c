/** The channels besides the inbox: e-mail, signed webhooks, and the robots of WeCom and DingTalk. */
import { Refusal } from '../domain/errors.ts';
import { withAddresses, type Message } from '../domain/notices/delivery-message.ts';
import { CHANNELS, type Channel } from '../domain/notices/subscription.ts';
import { createMailer, type MailSettings } from './email.ts';
import { post, type Posted } from './http-post.ts';
import { DeliveryFailure } from './outgoing.ts';
import { dingtalkRequest, robotFailure, wecomRequest } from './robots.ts';
import { createTargetCheck, type Resolve, type TargetPolicy } from './webhook-target.ts';
import { webhookRequest } from './webhook.ts';

export type SenderSettings = MailSettings &
  TargetPolicy & {
    /** The console's own address, which messages lead to; empty: they lead nowhere. */
    CONSOLE_URL: string;
  };

interface Target {
  channel: Channel;
  /** Mail address or URL. */
  target: string;
  secret: string | null;
}

export interface Senders {
  /** @throws Refusal if the channel is not set up, or messages may not be sent to the address. */
  check: (target: Pick<Target, 'channel' | 'target'>) => Promise<void>;
  /** @throws DeliveryFailure */
  send: (target: Target, message: Message) => Promise<void>;
}

export function createSenders(settings: SenderSettings, resolve?: Resolve): Senders {
  const mailer = createMailer(settings);
  const checkTarget = createTargetCheck(settings, resolve);

  async function postTo({ channel, target, secret }: Target, message: Message): Promise<void> {
    const checked = await checkTarget(target);
    const make = { webhook: webhookRequest, wecom: wecomRequest, dingtalk: dingtalkRequest }[
      channel as Exclude<Channel, 'email'>
    ];
    const { url, body, headers } = make(checked.url, secret, message, Date.now());
    const posted = await post({ ...checked, url }, body, headers);
    const failure = statusFailure(posted) ?? (channel === 'webhook' ? null : answerFailure(posted));
    if (failure) throw failure;
  }

  return {
    async check({ channel, target }) {
      if (channel !== 'email') await checkTarget(target);
      else if (!mailer)
        throw new Refusal('subscription.channel-unavailable', `${CHANNELS.email}尚未开通：平台没有配置发信服务器`, {
          remedy: '请平台管理员设置 SMTP_URL 和 SMTP_FROM 后重启，或改用其他渠道',
        });
    },
    async send(target, sent) {
      const message = withAddresses(sent, settings.CONSOLE_URL);
      try {
        if (target.channel !== 'email') await postTo(target, message);
        else if (mailer) await mailer(target.target, message);
        else throw new DeliveryFailure('平台没有配置发信服务器（SMTP_URL）');
      } catch (error) {
        throw asFailure(error);
      }
    },
  };
}

function statusFailure({ status }: Posted): DeliveryFailure | null {
  if (status >= 200 && status < 300) return null;
  if (status === 410) return new DeliveryFailure('接收方声明该地址已停用（HTTP 410）', true);
  if (status >= 300 && status < 400) return new DeliveryFailure(`接收方要求跳转（HTTP ${status}），平台不跟随跳转`);
  return new DeliveryFailure(`接收方返回 HTTP ${status}`);
}

/** A robot says in its answer whether it took the message. */
const answerFailure = ({ body, cut }: Posted): DeliveryFailure | null =>
  cut ? new DeliveryFailure('接收方的应答过长') : robotFailure(body);

/** A socket's message is for programmers; an operator needs its code only. */
function asFailure(error: unknown): DeliveryFailure {
  if (error instanceof DeliveryFailure) return error;
  const { message, code, name } = error as NodeJS.ErrnoException;
  if (error instanceof Refusal) return new DeliveryFailure(message);
  if (name === 'TimeoutError' || name === 'AbortError') return new DeliveryFailure('接收方没有在10秒内应答');
  return new DeliveryFailure(`无法送达接收方：${code ?? message}`);
}
