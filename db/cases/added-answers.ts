/**
 * 补充反馈 (第七条第三款): what comes later than the answer is added to the closed case. No workflow runs any more, so the step
 * is written to the record at once.
 */
import type { Command, CommandResult } from '../../domain/case/case.ts';
import type { ToldFeedback } from '../../domain/case-types/registration-push/commands.ts';
import { transitionOf } from '../../domain/case-types/case-types.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import type { NoticeFacts, NoticeRequest } from '../../domain/notices/notices.ts';
import { toldOfAnswer } from '../../domain/case-types/registration-push/opening.ts';
import { acceptDraft } from '../intake/record-drafts.ts';
import type { Database } from '../postgres/client.ts';
import { findCommand, type KeptCommand } from '../queries/cases.ts';
import { storeNotices } from '../notices/store-notices.ts';
import { noticeOfStep } from './notice-rows.ts';
import { lockCase, writeStep } from './steps.ts';

const ACTION = 'supplement';

interface AddedAnswer extends Command<ToldFeedback> {
  caseId: string;
  /** What the notice names. */
  named: NoticeFacts;
}

/** Writes the step once: the same key again gets the answer that it got before. */
export async function addAnswer(
  { db, clock }: { db: Database; clock: Clock },
  { caseId, key, requestHash, actor, body, named }: AddedAnswer,
): Promise<KeptCommand> {
  return db.transaction(async (tx) => {
    const row = await lockCase(tx, caseId);
    const done = await findCommand(tx, caseId, key);
    if (done) return done;
    const now = Date.now();
    const at = clock.legal(now);
    const { record, ...said } = body;
    const before = Array.isArray(row.facts['supplements']) ? (row.facts['supplements'] as unknown[]) : [];
    const added = { ...said, ...(record && { documentNo: record.documentNo, recordId: record.recordId }) };
    const supplements = [...before, added];
    if (record?.draftId !== undefined) await acceptDraft(tx, clock, { actor, now }, record.draftId);
    const stage = { stage: row.stage };
    const entry = {
      token: `cmd:${key}`,
      at,
      actor,
      action: ACTION,
      article: transitionOf(row.caseType, ACTION)!.article,
      before: stage,
      after: { ...stage, supplements },
    };
    const answer = { caseId, stage: row.stage, late: false };
    const command = { key, requestHash, result: answer };
    const updated = await writeStep(tx, row, entry, { facts: { ...row.facts, supplements } }, command);
    const result: CommandResult = { ...answer, step: updated.step };
    const notify: NoticeRequest[] = [
      { topic: 'push.supplemented', to: 'registering-authority' },
      ...toldOfAnswer(row.facts, row.departmentCode),
    ];
    await storeNotices(
      tx,
      clock,
      notify.map((request) => noticeOfStep(updated, request, at, named)),
    );
    return { requestHash, result };
  });
}
