/** The group robots of WeCom (企业微信) and DingTalk (钉钉). Both answer 200 even if they refuse the message. */
import { createHmac } from 'node:crypto';
import { markdownOf, subjectOf, type Message } from '../domain/notices/delivery-message.ts';
import { DeliveryFailure, type Outgoing } from './outgoing.ts';

/** Bytes of UTF-8 that a robot takes. */
const WECOM_LIMIT = 4096;
const DINGTALK_LIMIT = 20_000;

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

export function wecomRequest(url: URL, _: string | null, message: Message): Outgoing {
  const body = JSON.stringify({ msgtype: 'markdown', markdown: { content: markdownOf(message, WECOM_LIMIT) } });
  return { url, body, headers: JSON_HEADERS };
}

/** 加签: with a secret, the time and its signature are added to the URL. */
export function dingtalkRequest(url: URL, secret: string | null, message: Message, now: number): Outgoing {
  const signed = new URL(url);
  if (secret !== null) {
    const sign = createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64');
    signed.searchParams.set('timestamp', String(now));
    signed.searchParams.set('sign', sign);
  }
  const markdown = { title: subjectOf(message), text: markdownOf(message, DINGTALK_LIMIT) };
  return { url: signed, body: JSON.stringify({ msgtype: 'markdown', markdown }), headers: JSON_HEADERS };
}

/** @returns null if the robot took the message. */
export function robotFailure(body: string): DeliveryFailure | null {
  try {
    const { errcode, errmsg } = JSON.parse(body) as { errcode?: unknown; errmsg?: unknown };
    if (errcode === 0) return null;
    return new DeliveryFailure(`机器人拒收：${String(errcode)} ${String(errmsg).slice(0, 200)}`);
  } catch {
    return new DeliveryFailure('机器人的应答不是 JSON，请核对地址');
  }
}
