/** 督查督办 (第十七条): a neglected limit, accepted and answered by the department's lead. */
import { openedSupervision } from '../domain/opening.ts';
import { acceptSupervisionSchema, replySchema, type SupervisionInput } from '../domain/supervision.ts';
import { CaseFile } from './lib/case-file.ts';
import { acceptSupervision, replySupervision } from './messages.ts';

export async function supervision(input: SupervisionInput): Promise<string> {
  const file = new CaseFile(openedSupervision(input));

  file.handle(acceptSupervision, 'accept', acceptSupervisionSchema, () => ({ arm: ['supervision.reply'] }));
  file.handle(replySupervision, 'reply', replySchema, (body) => ({
    facts: { reply: body },
    notify: [{ topic: 'supervision.replied', to: 'supervisor' }],
  }));

  return file.live(
    '第十七条',
    [
      { topic: 'supervision.opened', to: 'holder' },
      { topic: 'supervision.opened', to: 'supervisor' },
    ],
    ['supervision.acceptance'],
  );
}
