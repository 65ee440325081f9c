import { Refusal } from '../../domain/errors.ts';
import type { ApiContext } from '../context.ts';

/** Items named to improve the keywords must be in the catalogue. @throws Refusal */
export function checkItems({ reference }: ApiContext, itemIds: readonly string[] = []): void {
  const unknown = itemIds.filter((id) => !reference.items.has(id));
  if (unknown.length === 0) return;
  throw new Refusal('input.invalid', `目录中没有事项${unknown.join('、')}`, {
    remedy: '请核对事项编号（GET /api/v1/catalogue）',
  });
}
