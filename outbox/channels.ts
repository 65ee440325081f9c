/**
 * The first stops of a notice. A channel delivers a key once, however often it is asked. From the inbox, notices fan out
 * to e-mail, webhooks and robots (see fan-out.ts and deliver.ts).
 */
import type { Logger } from 'pino';
import type { Database } from '../db/postgres/client.ts';
import { notices } from '../db/schema.ts';
import type { Clock } from '../domain/clock/clock.ts';
import type { NoticePayload } from '../domain/notices/notices.ts';
import type { Deliver } from './dispatcher.ts';
import { fanOut } from './fan-out.ts';

interface Notice extends NoticePayload {
  key: string;
}

export interface Channel {
  name: string;
  deliver: (batch: Notice[]) => Promise<void>;
}

/** 站内信, read at /api/v1/inbox. The transaction that stores a new notice also stores its deliveries to subscriptions. */
export function inbox(db: Database, clock: Clock): Channel {
  return {
    name: 'inbox',
    async deliver(batch) {
      await db.transaction(async (tx) => {
        const stored = await tx
          .insert(notices)
          .values(batch.map((notice) => ({ ...notice, at: new Date(notice.at) })))
          .onConflictDoNothing()
          .returning({ key: notices.key });
        const fresh = new Set(stored.map(({ key }) => key));
        const told = batch.filter(({ key }) => fresh.has(key));
        if (told.length > 0) await fanOut(tx, told, clock);
      });
    },
  };
}

/** The operator's log: escalations only, without names of enterprises or people. */
export function logChannel(log: Logger): Channel {
  return {
    name: 'log',
    async deliver(batch) {
      for (const { urgency, topic, caseId, departmentCode, role, article } of batch) {
        if (urgency !== 'info') log.info({ urgency, topic, caseId, departmentCode, role, article }, 'notice');
      }
    },
  };
}

/** Delivers to all channels, in order. If one fails, the rows that it failed on go to all of them again. */
export function deliverNotices(channels: Channel[]): Deliver {
  return async (rows) => {
    const batch = rows.map((row) => ({ ...(row.payload as NoticePayload), key: row.key }));
    for (const channel of channels) await channel.deliver(batch);
    return new Map();
  };
}
