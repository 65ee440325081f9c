/**
 * 小微企业扶持 entered by a department (第十条): the row, its audit entry and its start in one transaction. Each document of the
 * department has one case for each enterprise; entering it again changes nothing.
 */
import { eq } from 'drizzle-orm';
import { measureOf, type SupportMeasureEntry } from '../../domain/case-types/support-measure/entry.ts';
import { supportMeasureId } from '../../domain/case/id.ts';
import { openedSupportMeasure } from '../../domain/case-types/support-measure/opening.ts';
import { endOfDay, legalDateOf } from '../../domain/clock/calendar.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { isWithin } from '../../domain/organs/region-code.ts';
import { openOnce } from '../cases/opened.ts';
import type { Database } from '../postgres/client.ts';
import { isSameContent } from '../records/content-hash.ts';
import { cases, enterprises } from '../schema.ts';
import { asOnRecord } from './document-numbers.ts';
import { departmentInOffice } from './department-in-office.ts';

const ARTICLE = '第十条';

/** Enters a support measure. @throws Refusal */
export async function enterSupportMeasure(
  { db, clock }: { db: Database; clock: Clock },
  actor: Actor,
  sent: SupportMeasureEntry,
): Promise<{ result: 'entered' | 'duplicate'; caseId: string }> {
  const openedAt = Date.now();
  const { code: departmentCode, regionCode } = await departmentInOffice(db, actor, {
    cannot: '录入扶持信息',
    remedy: '请由给予扶持的部门录入',
    article: ARTICLE,
  });
  const [entry = sent] = await asOnRecord(db, cases.caseId, [sent], ({ documentNo, uscc }) =>
    supportMeasureId({ departmentCode, documentNo, uscc }),
  );
  const { documentNo, uscc } = entry;
  refusePast(entry, legalDateOf(clock.toLegal(openedAt)));
  await refuseUnknown(db, uscc, regionCode);
  const expiresAt = clock.toEngine(endOfDay(entry.validUntil));
  const appliedBy = actor.username;
  const input = { documentNo, uscc, departmentCode, regionCode, appliedBy, expiresAt, openedAt };
  const opened = openedSupportMeasure(input);
  const measure = measureOf(entry);
  const { isFresh, known } = await db.transaction((tx) =>
    openOnce(tx, {
      start: { workflow: 'supportMeasure', opened, input },
      kept: { measure },
      action: 'enter',
      actor,
      article: ARTICLE,
      clock,
    }),
  );
  if (!isFresh && !isSameContent(known?.facts['measure'], measure)) {
    throw new Refusal('support-measure.exists', `${documentNo}对该企业的扶持已录入，内容不同`, {
      remedy: '请在已有的事项中办理；是另一项扶持的，请使用新的扶持文号',
      article: ARTICLE,
    });
  }
  return { result: isFresh ? 'entered' : 'duplicate', caseId: opened.caseId };
}

function refusePast({ validUntil }: SupportMeasureEntry, today: string): void {
  if (validUntil >= today) return;
  throw new Refusal('input.invalid', `扶持期已于${validUntil}届满，不再公示`, {
    remedy: '请核对扶持期',
    article: ARTICLE,
  });
}

async function refuseUnknown(db: Database, uscc: string, regionCode: string): Promise<void> {
  const [enterprise] = await db.select().from(enterprises).where(eq(enterprises.uscc, uscc));
  if (!enterprise || !isWithin(enterprise.regionCode, regionCode)) {
    throw new Refusal('resource.not-found', '本部门的辖区内没有这个统一社会信用代码的市场主体', {
      remedy: '请核对统一社会信用代码；在其他地方登记的，由登记地的部门录入',
      article: ARTICLE,
    });
  }
  if (enterprise.cancelledOn === null) return;
  throw new Refusal('input.invalid', `该市场主体已于${enterprise.cancelledOn}注销`, {
    remedy: '已注销的市场主体不再给予扶持，请核对',
    article: ARTICLE,
  });
}
