/** The product's API and database, its dispatcher and deliveries, and receivers of both kinds; no Temporal. */
import { pino } from 'pino';
import type { NoticePayload } from '../../../domain/notices/notices.ts';
import { loadClock } from '../../../db/reference/clock-setting.ts';
import type { Clock } from '../../../domain/clock/clock.ts';
import type { Urgency } from '../../../domain/notices/notices.ts';
import { storeNotices } from '../../../db/notices/store-notices.ts';
import { startDeliveries } from '../../../outbox/deliver.ts';
import type { OutboxLoops } from '../../../outbox/loops.ts';
import type { Senders } from '../../../outbox/senders.ts';
import type { Resolve } from '../../../outbox/webhook-target.ts';
import { NOWHERE } from '../../api/support/requests.ts';
import { Product } from '../../support/product.ts';
import { testSenders } from '../../support/senders.ts';
import { HttpReceiver, MailReceiver } from './receivers.ts';

export const AGRICULTURE = '430103-agriculture';

/** Allows 127.0.0.1, where the test's own receiver stands, as an operator would. */
export function insideSenders(http: HttpReceiver, mail?: MailReceiver, resolve?: Resolve): Senders {
  return testSenders(
    {
      CONSOLE_URL: 'https://console.test',
      SMTP_URL: mail?.url ?? '',
      WEBHOOK_ALLOW_HTTP: true,
      WEBHOOK_PORTS: [http.port],
      WEBHOOK_ALLOWED_CIDRS: ['127.0.0.1/32'],
    },
    resolve,
  );
}

interface Subscribed {
  id: string;
  target: string;
  secret?: string;
}

interface WorldOptions {
  secondsPerWorkingDay?: number | null;
  leaseSeconds?: number;
  resolve?: Resolve;
}

let serial = 0;

export class DeliveryWorld {
  readonly product: Product;
  readonly mail: MailReceiver;
  readonly http: HttpReceiver;
  readonly clock: Clock;
  private readonly senders: Senders;
  private readonly options: WorldOptions;
  private loops: OutboxLoops[] = [];

  private constructor(
    parts: Pick<DeliveryWorld, 'product' | 'mail' | 'http' | 'clock'>,
    senders: Senders,
    options: WorldOptions,
  ) {
    this.product = parts.product;
    this.mail = parts.mail;
    this.http = parts.http;
    this.clock = parts.clock;
    this.senders = senders;
    this.options = options;
  }

  static async start(options: WorldOptions = {}): Promise<DeliveryWorld> {
    const [mail, http] = await Promise.all([MailReceiver.start(), HttpReceiver.start()]);
    const senders = insideSenders(http, mail, options.resolve);
    const product = await Product.start({
      worker: false,
      temporalAddress: NOWHERE,
      secondsPerWorkingDay: options.secondsPerWorkingDay ?? null,
      senders,
    });
    const clock = await loadClock(product.handle.db);
    const world = new DeliveryWorld({ product, mail, http, clock }, senders, options);
    world.deliver();
    return world;
  }

  /** Starts another process that delivers. */
  deliver(): void {
    const { leaseSeconds } = this.options;
    this.loops.push(
      startDeliveries({
        handle: this.product.handle,
        log: pino({ level: 'silent' }),
        clock: this.clock,
        senders: this.senders,
        sweepEvery: 100,
        ...(leaseSeconds === undefined ? {} : { leaseSeconds }),
      }),
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.loops.map((loops) => loops.stop()));
    await this.product.close();
    await Promise.all([this.mail.down(), this.http.down()]);
  }

  async subscribe(as: string, input: Record<string, unknown>): Promise<Subscribed> {
    const { status, body } = await this.product.post<Subscribed>(as, '/api/v1/subscriptions', input);
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body;
  }

  async unsubscribe(as: string, id: string): Promise<void> {
    await this.product.request(as, 'DELETE', `/api/v1/subscriptions/${id}`);
  }

  /** Writes a step's notice, as activities/notices.ts does. @returns its key. */
  async tell(urgency: Urgency = 'info', to: Partial<NoticePayload> = {}, prefix = 'told'): Promise<string> {
    const [key] = await this.tellMany(1, urgency, to, prefix);
    return key!;
  }

  async tellMany(
    count: number,
    urgency: Urgency = 'info',
    to: Partial<NoticePayload> = {},
    prefix = 'told',
  ): Promise<string[]> {
    const rows = Array.from({ length: count }, () => {
      serial += 1;
      const payload: NoticePayload = {
        caseId: `push~TOLD-${serial}~${AGRICULTURE}~1`,
        topic: 'push.received',
        departmentCode: AGRICULTURE,
        role: null,
        regionCode: '430103',
        at: this.clock.legal(Date.now()).toISOString(),
        urgency,
        article: '第七条第二款',
        title: `登记信息推送：试验企业${serial}`,
        body: `试验企业${serial}的登记信息已推送。`,
        ...to,
      };
      return { key: `${prefix}:${serial}`, payload };
    });
    await this.product.handle.db.transaction((tx) => storeNotices(tx, this.clock, rows));
    return rows.map(({ key }) => key);
  }

  /** Makes the next `times` updates of a delivery fail, as a kill would. */
  async failToRecord(times: number): Promise<void> {
    await this.product.handle.pool.query(`
      create sequence if not exists lost_recordings;
      select setval('lost_recordings', 1, false);
      create or replace function lose_recording() returns trigger language plpgsql as $$
      begin
        if nextval('lost_recordings') <= ${times} then raise exception 'the process died'; end if;
        return new;
      end $$;
      create or replace trigger lose_recording before update on deliveries for each row
        when (new.delivered_at is not null and old.delivered_at is null) execute function lose_recording();`);
  }

  async deliveries(): Promise<
    { key: string; attempts: number; delivered: boolean; dead: boolean; error: string | null }[]
  > {
    const { rows } = await this.product.handle.pool.query(
      `select key, attempts, delivered_at is not null as delivered, dead_at is not null as dead, last_error as error
       from deliveries order by id`,
    );
    return rows as never;
  }
}
