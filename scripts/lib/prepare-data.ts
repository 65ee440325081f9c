import { ensureClock } from '../../db/reference/clock-setting.ts';
import { migrate } from '../../db/postgres/migrate.ts';
import { hasAccounts, seedAdministrator, seedDemo, seededProvince, seedReference } from '../../db/seed.ts';
import { DEFAULT_PROVINCE, provinceOf } from '../../data/provinces.ts';
import { SetupError } from '../../runtime/setup-error.ts';
import type { Launch } from './parts.ts';
import type { Account } from './summary.ts';

/** Schema, clock, reference data, sample data; each can run at every start. @returns the accounts to show. */
export async function prepareData({ options, progress }: Launch, databaseUrl: string): Promise<readonly Account[]> {
  await progress.step('数据库结构', () => migrate(databaseUrl));
  await ensureClock(databaseUrl, options.workingDaySeconds);
  const province = await provinceFor(databaseUrl, options.province);
  const refusal = await progress.step(`基础数据（${provinceOf(province).name}区划、部门、日历、事项目录）`, () =>
    seedReference(databaseUrl, province),
  );
  if (refusal) progress.note(refusal);
  const { adminPassword } = options;
  if (adminPassword !== null) {
    await progress.step('平台管理员账号 admin', () => seedAdministrator(databaseUrl, 'admin', adminPassword, province));
  }
  if (!options.sample) {
    if (!(await hasAccounts(databaseUrl))) progress.note('还没有任何账号：设置 XIETONG_ADMIN_PASSWORD 后再启动一次');
    return [];
  }
  return progress.step('演示账号与示例登记', () => seedDemo(databaseUrl, { province }));
}

/** @throws SetupError where the data are of another province: the regions of two would stand side by side. */
async function provinceFor(databaseUrl: string, asked: string | null): Promise<string> {
  const seeded = await seededProvince(databaseUrl);
  const province = asked ?? seeded ?? DEFAULT_PROVINCE;
  if (seeded === undefined || seeded === province) return province;
  throw new SetupError(`数据是${provinceOf(seeded).name}（${seeded}）的，不能用于${provinceOf(province).name}。`, [
    `继续使用这些数据：--province ${seeded}`,
    '另建一套：用 --data-dir 指定另一个目录，或换一个数据库',
  ]);
}
