/** Real receivers: an SMTP and an HTTP server that can be down, refuse, and count messages by key. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** Returns the fault to answer with, or null to accept. */
type MailFault = (recipient: string) => { responseCode: number } | null;

export class MailReceiver {
  readonly mails: ParsedMail[] = [];
  fault: MailFault = () => null;
  port = 0;
  private server: SMTPServer | undefined;

  static async start(): Promise<MailReceiver> {
    const receiver = new MailReceiver();
    await receiver.up();
    return receiver;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  async up(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo: ({ address }, _, callback) => {
        const fault = this.fault(address);
        callback(fault ? Object.assign(new Error('refused'), fault) : null);
      },
      onData: (stream, _, callback) => {
        void this.keep(stream, callback);
      },
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.server.address() as AddressInfo).port;
  }

  private async keep(stream: Readable, callback: (error?: Error | null) => void): Promise<void> {
    try {
      this.mails.push(await simpleParser(stream));
      callback();
    } catch (error) {
      callback(error as Error);
    }
  }

  async down(): Promise<void> {
    await new Promise<void>((resolve) => (this.server ? this.server.close(resolve) : resolve()));
    this.server = undefined;
  }

  get ids(): string[] {
    return this.mails.map((mail) => mail.messageId ?? '');
  }
}

export interface Request {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}

export class HttpReceiver {
  readonly requests: Request[] = [];
  /** The answer to a request. The request is kept whatever the answer is. */
  answer: (request: Request) => Answer | Promise<Answer> = () => ({});
  port = 0;
  private server: Server | undefined;

  static async start(): Promise<HttpReceiver> {
    const receiver = new HttpReceiver();
    await receiver.up();
    return receiver;
  }

  url(path = '/hook', host = '127.0.0.1'): string {
    return `http://${host}:${this.port}${path}`;
  }

  async up(): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const seen = {
          path: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        };
        this.requests.push(seen);
        void Promise.resolve(this.answer(seen)).then(({ status = 200, headers = {}, body = '' }) =>
          response.writeHead(status, headers).end(body),
        );
      });
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  async down(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  /** The key of each delivery received, as often as it came. */
  get keys(): string[] {
    return this.requests.map(({ headers }) => String(headers['x-xietong-delivery']));
  }
}
