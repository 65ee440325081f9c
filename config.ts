/** What worker and API read from the environment: every setting with its meaning and default. */
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { z } from 'zod';
import { ONE_TIME_PASSWORD_DAYS } from './domain/organs/account-lists.ts';
import { SetupError } from './runtime/setup-error.ts';

/** Splits `a, b` at the commas. */
const entries = (text: string): string[] =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const list = z.string().default('').transform(entries);

/** `2026a:` and 32 bytes in base64, as `openssl rand -base64 32` makes them. */
const payloadKey = z
  .string()
  .regex(/^[\w.-]{1,40}:[A-Za-z0-9+/]{43}=$/, '应为 名称:密钥，密钥为32字节的 base64（openssl rand -base64 32）')
  .transform((entry) => {
    const [id = '', key = ''] = entry.split(':');
    return { id, key: Buffer.from(key, 'base64') };
  });

function whole(least: number, most = Number.MAX_SAFE_INTEGER) {
  const meant = most === Number.MAX_SAFE_INTEGER ? `应为不小于 ${least} 的整数` : `应为 ${least} 至 ${most} 的整数`;
  return z.coerce.number<string>(meant).int(meant).min(least, meant).max(most, meant);
}

const flag = z.stringbool('应为 true 或 false').default(false);

const DATABASE_URL = 'PostgreSQL 连接地址，如 postgres://用户名:口令@主机:5432/数据库；用 npm start 启动时会自动设置';

const settings = z.object({
  DATABASE_URL: z
    .string(`缺少 ${DATABASE_URL}`)
    .min(1, `缺少 ${DATABASE_URL}`)
    .regex(/^postgres(ql)?:\/\//, `应为 ${DATABASE_URL}`),
  /** Where people open the Temporal UI; linked from cases. */
  TEMPORAL_UI_URL: z
    .string()
    .regex(/^(https?:\/\/[^\s/]+.*)?$/, '应为 http:// 或 https:// 地址')
    .default('http://127.0.0.1:8233'),
  /** Encrypts what goes to Temporal: the first key encrypts, all decrypt. Without keys nothing is encrypted. */
  PAYLOAD_KEYS: z
    .string()
    .default('')
    .transform(entries)
    .pipe(z.array(payloadKey))
    .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, '密钥名称重复'),
  TASK_QUEUE: z.string().default('cases'),
  /**
   * MB that the worker gives to cases at hand, about 100 kB each (bench/workflows.ts). Others are replayed from their history
   * when something happens to them, which costs time and no memory.
   */
  WORKER_CACHE_MB: whole(1).default(512),
  /** Workflow tasks that the worker does at a time. */
  WORKER_TASKS: whole(2).default(40),
  /** Steps of commands that it writes at a time. They share ten connections to PostgreSQL; more would wait for one. */
  WORKER_STEPS: whole(1).default(20),
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(0, 65_535).default(8080),
  LOG_LEVEL: z.enum(LOG_LEVELS, `应为 ${LOG_LEVELS.join('、')} 之一`).default('info'),
  /** Set behind HTTPS, so that the session cookie never travels in the clear. */
  COOKIE_SECURE: flag,
  /** Addresses and ranges of reverse proxies whose X-Forwarded-For is believed, separated by commas. None by default. */
  TRUST_PROXY: list,
  /** Requests a minute from one client address, all routes together. */
  RATE_LIMIT: whole(1).default(1200),
  /** Sign-ins a minute from one client address, all accounts together. */
  SIGN_IN_LIMIT: whole(1).default(300),
  /** Working days for which a one-time password opens an account, and its sealed file can be collected. */
  ONE_TIME_PASSWORD_DAYS: whole(1, 250).default(ONE_TIME_PASSWORD_DAYS),
  /** Where officials reach the console, e.g. https://xietong.example.gov.cn: messages lead there. Without it they name the case only. */
  CONSOLE_URL: z
    .union([z.literal(''), z.url({ protocol: /^https?$/, error: '应为 http:// 或 https:// 地址' })])
    .default(''),
  /** smtp://user:password@host:587 or smtps://host:465. Without it e-mail subscriptions are refused. */
  SMTP_URL: z
    .string()
    .regex(/^(smtps?:\/\/.+)?$/, '应为 smtp:// 或 smtps:// 地址')
    .default(''),
  SMTP_FROM: z.string().min(3, '应为发件人地址，如 名称 <邮箱>').default('协同监管平台 <no-reply@xietong.invalid>'),
  /** Hosts and CIDR ranges inside a government network that webhooks may reach although they are not public. */
  WEBHOOK_ALLOWED_HOSTS: list,
  WEBHOOK_ALLOWED_CIDRS: list.refine(
    (ranges) => ranges.every((range) => z.union([z.cidrv4(), z.cidrv6()]).safeParse(range).success),
    '应为以逗号分隔的网段，如 10.0.0.0/8',
  ),
  WEBHOOK_PORTS: z
    .string()
    .default('443,80,8443,8080')
    .transform(entries)
    .pipe(z.array(whole(1, 65_535))),
  /** Lets webhooks go to http:// addresses. Only for networks that are trusted themselves. */
  WEBHOOK_ALLOW_HTTP: flag,
  /**
   * Days that the worker keeps outbox rows which are done. They answer whether and when something left, which is asked
   * within weeks; what a notice said stays in the inbox, and what an open case was told stays with it.
   */
  OUTBOX_KEEP_DAYS: whole(1, 36_500).default(30),
  /** Directory of attachments; ignored if a bucket is named. */
  FILES_DIR: z.string().default('.data/files'),
  /** MB of public uploads that no submission has taken up yet. Above it, further uploads have to wait. */
  PUBLIC_UPLOADS_MB: whole(1).default(2048),
  S3_BUCKET: z.string().optional(),
  /** http(s)://host:port of a service other than AWS. */
  S3_ENDPOINT: z.string().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  /** Set by npm start if it loaded the demonstration accounts: the sign-in page then offers them. */
  XIETONG_DEMO: flag,
  /** Set by npm start: the process ends with its parent. */
  XIETONG_SUPERVISED: flag,
});

const schema = settings.refine(
  ({ S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY }) =>
    !S3_BUCKET || (Boolean(S3_ACCESS_KEY_ID) && Boolean(S3_SECRET_ACCESS_KEY)),
  { path: ['S3_BUCKET'], message: '需要同时给出 S3_ACCESS_KEY_ID 和 S3_SECRET_ACCESS_KEY' },
);

export type Config = z.infer<typeof schema>;

/**
 * Where Temporal is, for every part alike and as Temporal's own tools read it: TEMPORAL_* of the environment before the
 * profile of its configuration file, with TLS and API key.
 * @throws SetupError if the named file or profile cannot be read.
 */
export function loadTemporal(env: NodeJS.ProcessEnv = process.env) {
  // Ignore empty variables: docker compose passes on those that nobody has set.
  const named = Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1]));
  try {
    const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars: Object.fromEntries(named) });
    const address = connectionOptions.address ?? '127.0.0.1:7233';
    return { connectionOptions: { ...connectionOptions, address }, namespace: namespace ?? 'default' };
  } catch (error) {
    const remedy = '检查 TEMPORAL_PROFILE、TEMPORAL_CONFIG_FILE 与 TEMPORAL_TLS_*';
    throw new SetupError(`Temporal 的连接配置读不了：${(error as Error).message}`, [remedy], error);
  }
}

/** @throws SetupError naming every setting that is missing or wrong, in Chinese. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}：${message}`);
  throw new SetupError(`配置有误，请更正以下环境变量：\n${problems.join('\n')}`);
}
