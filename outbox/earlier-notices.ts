/** Notices that earlier versions put into the outbox. A step stores its notices itself now (db/notices/store-notices.ts). */
import { storeNotices } from '../db/notices/store-notices.ts';
import type { Database } from '../db/postgres/client.ts';
import type { Clock } from '../domain/clock/clock.ts';
import type { NoticePayload } from '../domain/notices/notices.ts';
import type { Deliver } from './dispatcher.ts';

export function storeEarlierNotices(db: Database, clock: Clock): Deliver {
  return async (rows) => {
    const notices = rows.map(({ key, payload }) => ({ key, payload: payload as NoticePayload }));
    await db.transaction((tx) => storeNotices(tx, clock, notices));
    return new Map();
  };
}
