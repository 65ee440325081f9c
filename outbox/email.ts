/** E-mail by SMTP. The Message-ID is made from the delivery's key, so a mail sent again after a crash is the same mail. */
import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { subjectOf, textOf, type Message } from '../domain/notices/delivery-message.ts';
import { DeliveryFailure } from './outgoing.ts';

export interface MailSettings {
  /** Empty: no e-mail. */
  SMTP_URL: string;
  SMTP_FROM: string;
}

type Mailer = (to: string, message: Message) => Promise<void>;

const TIMEOUT_MS = 10_000;

/** @returns null if no mail server is configured. */
export function createMailer({ SMTP_URL, SMTP_FROM }: MailSettings): Mailer | null {
  if (!SMTP_URL) return null;
  const transport = createTransport({
    url: SMTP_URL,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    dnsTimeout: TIMEOUT_MS,
    // Keep texts of notices from naming a file or an address that the mailer would fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^>\s]+)/.exec(SMTP_FROM)?.[1] ?? 'xietong.invalid';
  return async (to, message) => {
    try {
      await transport.sendMail({
        from: SMTP_FROM,
        to: { name: '', address: to },
        subject: subjectOf(message),
        text: textOf(message),
        messageId: messageIdOf(message.key, domain),
        headers: { 'X-Xietong-Delivery': message.key, 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      throw mailFailure(error as SmtpError);
    }
  };
}

const messageIdOf = (key: string, domain: string): string =>
  `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domain}>`;

interface SmtpError extends Error {
  code?: string;
  command?: string;
  responseCode?: number;
}

/** Only a refused recipient is permanent: a wrong password or a full server can be put right. */
function mailFailure({ message, code, command, responseCode }: SmtpError): DeliveryFailure {
  const permanent = command === 'RCPT TO' && responseCode !== undefined && responseCode >= 500;
  if (permanent) return new DeliveryFailure(`邮件服务器拒收该收件人（${responseCode}）`, true);
  return new DeliveryFailure(`邮件未能发出：${responseCode ?? code ?? message}`);
}
