/** Answers to a push (第七条第三款): judged by what is on record, their permits and filings kept from the workflow. */
import { addAnswer } from '../../db/cases/added-answers.ts';
import { draftRecord } from '../../db/intake/record-drafts.ts';
import type { Account } from '../../db/queries/accounts.ts';
import type { KeptCommand, ListedCase } from '../../db/queries/cases.ts';
import { findRecordOf } from '../../db/queries/records.ts';
import type { Command } from '../../domain/case/case.ts';
import { carriedBy, FEEDBACK_OUTCOMES, refuseUnfit } from '../../domain/case-types/registration-push/answers.ts';
import type { SentFeedback, ToldFeedback } from '../../domain/case-types/registration-push/commands.ts';
import type { Manner } from '../../domain/case-types/registration-push/opening.ts';
import { kindOfAnswer, recordOfAnswer } from '../../domain/case-types/registration-push/record.ts';
import type { Occasion } from '../../domain/registration/changes.ts';
import type { ApiContext } from '../context.ts';

/**
 * Checks that the answer fits the registration and the item, and stores its record until the step accepts it.
 * @throws Refusal push.outcome-unfit, input.invalid, record.conflict
 */
export async function answerTold(
  api: ApiContext,
  account: Account,
  row: ListedCase,
  answer: SentFeedback,
): Promise<ToldFeedback> {
  const {
    event = 'establish',
    itemIds = [],
    modes: stated = {},
  }: Occasion & Manner & { itemIds?: string[] } = row.case.facts;
  const modes = itemIds.flatMap((id) => stated[id] ?? api.reference.items.get(id)?.mode ?? []);
  refuseUnfit(answer.outcome, { event, modes });
  const { outcome, permitNo, reason, remark } = answer;
  return { outcome, permitNo, reason, remark, record: await recordTold(api, account, row, answer) };
}

async function recordTold(
  api: ApiContext,
  account: Account,
  { case: { caseId, uscc, departmentCode }, enterprise, departmentName }: ListedCase,
  { documentNo, ...stated }: SentFeedback,
): Promise<ToldFeedback['record']> {
  if (carriedBy(stated.outcome) !== 'record' || !documentNo || departmentCode === null || uscc === null)
    return undefined;
  if (!stated.content) {
    const known = await findRecordOf(api.db, { departmentCode, kind: kindOfAnswer(stated.outcome), documentNo });
    if (known?.uscc === uscc) return { recordId: known.recordId, documentNo, generatedOn: known.generatedOn };
  }
  const about = { uscc, name: enterprise.name, departmentCode, departmentName: departmentName ?? departmentCode };
  return draftRecord(api, account, caseId, recordOfAnswer({ ...stated, documentNo }, about));
}

/** 补充反馈 on a closed case. */
export const addToAnswer = (api: ApiContext, about: ListedCase, command: Command<ToldFeedback>): Promise<KeptCommand> =>
  addAnswer(api, {
    ...command,
    caseId: about.case.caseId,
    named: {
      enterpriseName: about.enterprise.name,
      uscc: about.case.uscc,
      departmentName: about.departmentName,
      dueDate: null,
      outcome: FEEDBACK_OUTCOMES[command.body.outcome],
    },
  });
