/** The only reader of the environment. Every setting has its meaning and default here. */
import { z } from 'zod';

const schema = z.object({
  DATABASE_URL: z.string().min(1, '缺少 DATABASE_URL（PostgreSQL 连接地址）；用 npm start 启动时会自动设置'),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  /** Where people open the Temporal UI; linked from cases. */
  TEMPORAL_UI_URL: z.string().default('http://127.0.0.1:8233'),
  TASK_QUEUE: z.string().default('cases'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Set behind HTTPS, so that the session cookie never travels in the clear. */
  COOKIE_SECURE: z.stringbool().default(false),
  /** Requests a minute and client address, all routes together. */
  RATE_LIMIT: z.coerce.number().int().positive().default(1200),
  /** Set by npm start: the process ends with its parent. */
  XIETONG_SUPERVISED: z.stringbool().default(false),
});

export type Config = z.infer<typeof schema>;

/** @throws Error naming every setting that is missing or wrong, in Chinese. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}：${issue.message}`);
  throw new Error(`配置有误：\n${problems.join('\n')}`);
}
