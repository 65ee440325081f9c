import type { ApiContext, App } from '../context.ts';
import { registerCounties } from '../statistics/counties.ts';
import { registerLoad } from '../statistics/load.ts';
import { registerRollbackReasons } from '../statistics/rollback-reasons.ts';
import { registerTimeliness } from '../statistics/timeliness.ts';

/** 统计 (第十四条、第十六条): on-time rate, load, reasons of returns, counties; each figure opens the list behind it. */
export default async function statisticsRoutes(app: App, api: ApiContext) {
  registerTimeliness(app, api);
  registerLoad(app, api);
  registerRollbackReasons(app, api);
  registerCounties(app, api);
}
