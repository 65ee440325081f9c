import { createSenders, type Senders, type SenderSettings } from '../../outbox/senders.ts';
import type { Resolve } from '../../outbox/webhook-target.ts';

/** Senders with the default configuration: no mail server, public addresses only. */
export function testSenders(settings: Partial<SenderSettings> = {}, resolve?: Resolve): Senders {
  return createSenders(
    {
      CONSOLE_URL: '',
      SMTP_URL: '',
      SMTP_FROM: '协同监管平台 <xietong@platform.test>',
      WEBHOOK_ALLOW_HTTP: false,
      WEBHOOK_PORTS: [443, 80, 8443, 8080],
      WEBHOOK_ALLOWED_HOSTS: [],
      WEBHOOK_ALLOWED_CIDRS: [],
      ...settings,
    },
    resolve,
  );
}
