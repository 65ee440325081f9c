/** What is counted by a calendar is in the record before a publication looks for what it moves. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertCases } from '../../db/cases/opened.ts';
import { publishCalendar } from '../../db/reference/calendar-publication.ts';
import { deadlines } from '../../db/schema.ts';
import { nextVersion } from '../../domain/clock/calendar-publication.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { openedPush } from '../../domain/case-types/registration-push/opening.ts';
import { NOWHERE } from '../api/support/requests.ts';
import { Product } from '../support/product.ts';
import { pushInput } from '../support/push.ts';

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

it('a publication waits for an intake that has counted, and an intake after it counts by the new calendar', async () => {
  const { db } = product.handle;
  const opening = (registrationNo: string) => {
    const input = pushInput({ registrationNo, pushedAt: Date.now() });
    return { workflow: 'registrationPush' as const, opened: openedPush(input), input };
  };
  let isPublished = false;
  const { sent } = await db.transaction(async (tx) => {
    await insertCases(tx, [opening('BEFORE')], realClock);
    const found = publishCalendar(
      { db, clock: realClock },
      { username: 'pingtai' },
      (inForce) => ({ ...inForce, version: nextVersion(inForce.version) }),
      '测试',
      false,
    ).then((preview) => {
      isPublished = true;
      return preview;
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(isPublished).toBe(false);
    return { sent: found };
  });
  const { version } = await sent;
  await db.transaction((tx) => insertCases(tx, [opening('AFTER')], realClock));
  const versionOf = async (no: string) =>
    (
      await db
        .select()
        .from(deadlines)
        .where(eq(deadlines.caseId, openedPush(pushInput({ registrationNo: no, pushedAt: 0 })).caseId))
    )[0]!.calendarVersion;
  expect(await versionOf('BEFORE')).not.toBe(version);
  expect(await versionOf('AFTER')).toBe(version);
});
