/**
 * How far the workflows of a file's cases are. The cases themselves are open since their row was accepted: their limits run,
 * and a command on one whose workflow waits starts it.
 */
import { z } from 'zod';
import { startsOf } from '../../db/cases/opened.ts';
import { legalNow, type ApiContext } from '../context.ts';

export const startingSchema = z.object({
  cases: z.number().int().describe('本次导入立案的事项数'),
  waiting: z.number().int().describe('其中流程还在排队启动的；等候期间期限照常起算，随时可以办理'),
  expectedAt: z.iso.datetime().nullable().describe('照目前的快慢，预计全部启动的时间；还不能估计时为 null'),
});

export type Starting = z.infer<typeof startingSchema>;

/** @param startedAt legal time at which the import began. */
export async function startingOf(api: ApiContext, importId: string, startedAt: Date): Promise<Starting> {
  const { cases, waiting } = await startsOf(api.db, importId);
  const now = legalNow(api).getTime();
  const started = cases - waiting;
  const left = started > 0 ? (waiting * (now - startedAt.getTime())) / started : undefined;
  const expectedAt = waiting > 0 && left !== undefined ? new Date(now + left).toISOString() : null;
  return { cases, waiting, expectedAt };
}
