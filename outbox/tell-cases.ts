/**
 * Tells cases what happened elsewhere and cannot be refused: their enterprise was cancelled, their listing was lifted. A
 * case that does not run (not yet started, or terminated) is told once it runs (restore-cases.ts); a closed case is not
 * told. A case that is told twice acts once: its table allows the action in open stages only.
 */
import type { Client } from '@temporalio/client';
import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../db/postgres/client.ts';
import { cases } from '../db/schema.ts';
import { SAID_ONCE, type ToldCase } from '../domain/case/effects.ts';
import type { Deliver } from './dispatcher.ts';
import { sideBySide } from './side-by-side.ts';

type Told = ToldCase & { id: number };

/** Cases are told side by side; one case is told one thing after the other, in the order in which it was written. */
export function tellCases(client: Client, db: Database): Deliver {
  return async (rows) => {
    const byCase = new Map<string, Told[]>();
    for (const { id, payload } of rows) {
      const message = { id, ...(payload as ToldCase) };
      byCase.set(message.caseId, [...(byCase.get(message.caseId) ?? []), message]);
    }
    for (const caseId of await closedAmong(db, [...byCase.keys()])) byCase.delete(caseId);
    const failures = new Map<number, Error>();
    await sideBySide(byCase, async ([caseId, messages]) => {
      try {
        for (const { signal, args } of withoutRepetition(messages)) {
          await client.workflow.getHandle(caseId).signal(signal, ...args);
        }
      } catch (error) {
        // What was sent before the failure is sent again, which changes nothing.
        for (const { id } of messages) failures.set(id, error as Error);
      }
    });
    return failures;
  };
}

/** Of several messages that ask the same of a case, the first is enough. */
function withoutRepetition(messages: readonly Told[]): Told[] {
  const said = new Set<string>();
  return messages.filter(({ signal, args }) => {
    const saying = SAID_ONCE.has(signal) ? signal : [signal, ...args].join(':');
    if (said.has(saying)) return false;
    said.add(saying);
    return true;
  });
}

async function closedAmong(db: Database, caseIds: string[]): Promise<Set<string>> {
  const rows = await db
    .select({ caseId: cases.caseId })
    .from(cases)
    .where(and(inArray(cases.caseId, caseIds), eq(cases.status, 'closed')));
  return new Set(rows.map(({ caseId }) => caseId));
}
