import { eq } from 'drizzle-orm';
import { Refusal } from '../../domain/errors.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import type { Executor } from '../postgres/client.ts';
import { departments } from '../schema.ts';

/**
 * The department of an account. A department that was retired begins nothing new.
 * @param refused what it cannot do then, what helps, and the article.
 * @throws Refusal department.unknown
 */
export async function departmentInOffice(
  db: Executor,
  { departmentCode }: Actor,
  { cannot, ...refused }: { cannot: string; remedy: string; article: string },
) {
  const [department] = await db
    .select()
    .from(departments)
    .where(eq(departments.code, departmentCode ?? ''));
  if (department && !department.retiredAt) return department;
  throw new Refusal('department.unknown', `您的账号不属于在用的部门，不能${cannot}`, refused);
}
