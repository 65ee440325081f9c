/** What the inbox holds of a case. */
import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../db/postgres/client.ts';
import { notices } from '../../db/schema.ts';
import type { NoticePayload } from '../../domain/notices/notices.ts';

/** The notices of a case, in the order in which they were stored. */
export async function noticesOfCase(db: Database, caseId: string): Promise<NoticePayload[]> {
  const rows = await db.select().from(notices).where(eq(notices.caseId, caseId)).orderBy(asc(notices.id));
  return rows.map(({ id: _, key: __, recordedAt: ___, at, ...notice }) => ({ ...notice, at: at.toISOString() }));
}
