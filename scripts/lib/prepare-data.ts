import { ensureClock } from '../../db/reference/clock-setting.ts';
import { migrate } from '../../db/postgres/migrate.ts';
import { DEMO_ACCOUNTS, hasAccounts, seedAdministrator, seedDemo, seedReference } from '../../db/seed.ts';
import type { Launch } from './parts.ts';
import type { Account } from './summary.ts';

/** Schema, clock, reference data, sample data; each can run at every start. @returns the accounts to show. */
export async function prepareData({ options, progress }: Launch, databaseUrl: string): Promise<readonly Account[]> {
  await progress.step('数据库结构', () => migrate(databaseUrl));
  await ensureClock(databaseUrl, options.workingDaySeconds);
  const refusal = await progress.step('基础数据（区划、部门、日历、事项目录）', () => seedReference(databaseUrl));
  if (refusal) progress.note(refusal);
  const { adminPassword } = options;
  if (adminPassword !== null) {
    await progress.step('平台管理员账号 admin', () => seedAdministrator(databaseUrl, 'admin', adminPassword));
  }
  if (!options.sample) {
    if (!(await hasAccounts(databaseUrl))) progress.note('还没有任何账号：设置 XIETONG_ADMIN_PASSWORD 后再启动一次');
    return [];
  }
  await progress.step('演示账号与示例登记', () => seedDemo(databaseUrl));
  return DEMO_ACCOUNTS;
}
