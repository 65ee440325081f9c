import { DEFAULT_PROVINCE, isProvince } from '../../data/provinces.ts';
import path from 'node:path';
import { loadTemporal } from '../../config.ts';
import type { Env } from './cache.ts';
import { readFlags } from '../../runtime/flags.ts';
import { DEFAULT_DATA_DIRS } from './instance.ts';
import { SetupError } from '../../runtime/setup-error.ts';

/** One row per option: the parser, the environment variables and --help are all made from it. */
const OPTIONS = {
  port: { env: 'PORT', value: '端口', fallback: '8080', text: 'API 与控制台的端口' },
  host: { env: 'HOST', value: '地址', fallback: '127.0.0.1', text: '监听地址；0.0.0.0 允许其他机器访问' },
  'temporal-port': { env: 'XIETONG_TEMPORAL_PORT', value: '端口', fallback: '7233', text: 'Temporal 服务器端口' },
  'ui-port': { env: 'XIETONG_UI_PORT', value: '端口', fallback: '8233', text: 'Temporal 界面端口' },
  'pg-port': { env: 'XIETONG_PG_PORT', value: '端口', fallback: '54329', text: '内嵌 PostgreSQL 端口' },
  'data-dir': {
    env: 'XIETONG_DATA_DIR',
    value: '目录',
    fallback: '',
    text: '数据目录，默认 .data/main；加速时钟默认 .data/demo',
  },
  'working-day': {
    env: 'XIETONG_WORKING_DAY_SECONDS',
    value: '秒',
    fallback: '',
    text: '加速时钟：一个工作日等于多少秒（演示用），默认按真实时间',
  },
  province: {
    env: 'XIETONG_PROVINCE',
    value: '代码',
    fallback: '',
    text: `省、自治区、直辖市的行政区划代码，如 330000，默认 ${DEFAULT_PROVINCE}；数据建立后不能更改`,
  },
  'no-sample': { env: 'XIETONG_NO_SAMPLE', value: null, fallback: '', text: '不写入演示账号与示例登记' },
  'setup-only': {
    env: 'XIETONG_SETUP_ONLY',
    value: null,
    fallback: '',
    text: '只做迁移、基础数据与检索属性后退出（须给出 DATABASE_URL 与 TEMPORAL_ADDRESS）',
  },
} as const;

type OptionName = keyof typeof OPTIONS;

export interface StartOptions {
  readonly port: number;
  readonly host: string;
  readonly temporalPort: number;
  readonly uiPort: number;
  readonly pgPort: number;
  readonly dataDir: string;
  /** null: real time. */
  readonly workingDaySeconds: number | null;
  /** GB/T 2260; null: that of the data or, where there are none yet, the default. */
  readonly province: string | null;
  readonly sample: boolean;
  readonly setupOnly: boolean;
  readonly help: boolean;
  /** The password of the first platform administrator, `admin`; null: no account is created. */
  readonly adminPassword: string | null;
  /** null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** null: a dev server of our own. Otherwise an address; TLS and API key come from Temporal's own variables or file. */
  readonly temporalAddress: string | null;
}

const LEAST_PASSWORD = 12;

/** Options win over the environment, the environment over defaults. */
export function parseOptions(argv: readonly string[], env: Env): StartOptions {
  const flags = parseFlags(argv);
  const given = (name: OptionName) => flags[name]?.toString() ?? env[OPTIONS[name].env] ?? '';
  const text = (name: OptionName) => given(name) || OPTIONS[name].fallback;
  const isOn = (name: OptionName) => !['', '0', 'false'].includes(given(name));
  const port = (name: OptionName) => wholeNumber(text(name), name, 1, 65_535);
  const workingDaySeconds = text('working-day') ? wholeNumber(text('working-day'), 'working-day', 1, 86_400) : null;
  const options: StartOptions = {
    port: port('port'),
    host: text('host'),
    temporalPort: port('temporal-port'),
    uiPort: port('ui-port'),
    pgPort: port('pg-port'),
    // A demonstration with an accelerated clock must not touch the data of a real-time system.
    dataDir: path.resolve(
      text('data-dir') || (workingDaySeconds === null ? DEFAULT_DATA_DIRS.real : DEFAULT_DATA_DIRS.accelerated),
    ),
    workingDaySeconds,
    province: text('province') === '' ? null : knownProvince(text('province')),
    sample: !isOn('no-sample'),
    setupOnly: isOn('setup-only'),
    help: flags['help'] === true,
    adminPassword: env['XIETONG_ADMIN_PASSWORD'] || null,
    databaseUrl: env['DATABASE_URL'] || null,
    temporalAddress:
      env['TEMPORAL_ADDRESS'] || (env['TEMPORAL_PROFILE'] ? loadTemporal(env).connectionOptions.address : null),
  };
  refuseContradictions(options);
  return options;
}

function parseFlags(argv: readonly string[]): Record<string, string | boolean | undefined> {
  const flag = (name: OptionName) => ({
    type: OPTIONS[name].value === null ? ('boolean' as const) : ('string' as const),
  });
  const names = Object.keys(OPTIONS).filter((name): name is OptionName => name in OPTIONS);
  const known = Object.fromEntries(names.map((name) => [name, flag(name)]));
  const help = { type: 'boolean' as const, short: 'h' };
  return readFlags(argv, { ...known, help }, '查看全部选项：npm start -- --help');
}

function wholeNumber(text: string, name: OptionName, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const remedies = [`--${name} 应为 ${least} 至 ${most} 的整数（环境变量 ${OPTIONS[name].env}）`];
  throw new SetupError(`选项 --${name} 的值不正确：${text}`, remedies);
}

function knownProvince(code: string): string {
  if (isProvince(code)) return code;
  throw new SetupError(`选项 --province 的值不正确：${code}`, [
    '应为省级行政区划代码，如 430000（湖南省）、330000（浙江省）',
  ]);
}

function refuseContradictions(options: StartOptions): void {
  if (options.adminPassword !== null && options.adminPassword.length < LEAST_PASSWORD) {
    throw new SetupError(`XIETONG_ADMIN_PASSWORD 太短。`, [`至少 ${LEAST_PASSWORD} 个字符`]);
  }
  if (options.databaseUrl !== null && !/^postgres(ql)?:\/\//.test(options.databaseUrl)) {
    throw new SetupError('DATABASE_URL 不是 PostgreSQL 连接地址。', ['应为 postgres://用户名:口令@主机:端口/数据库']);
  }
  const ports = new Map<number, string>();
  const used: [number, string][] = [[options.port, '--port']];
  if (options.temporalAddress === null)
    used.push([options.temporalPort, '--temporal-port'], [options.uiPort, '--ui-port']);
  if (options.databaseUrl === null) used.push([options.pgPort, '--pg-port']);
  for (const [port, flag] of used) {
    const other = ports.get(port);
    if (other) throw new SetupError(`${other} 与 ${flag} 都是 ${port}。`, ['给其中一个换一个端口']);
    ports.set(port, flag);
  }
  if (options.setupOnly && (options.databaseUrl === null || options.temporalAddress === null)) {
    throw new SetupError('--setup-only 用于已有的服务器。', ['设置 DATABASE_URL 与 TEMPORAL_ADDRESS']);
  }
}

export function helpText(): string {
  const rows = Object.entries(OPTIONS).map(([name, { env, value, fallback, text }]) => {
    const left = `  --${name}${value === null ? '' : ` <${value}>`}`;
    return `${left}\n      ${text}${fallback ? `，默认 ${fallback}` : ''}（环境变量 ${env}）`;
  });
  return `协同：启动全部服务

用法：npm start -- [选项]

${rows.join('\n')}
  -h, --help
      显示本说明

首个平台管理员（环境变量）：
  XIETONG_ADMIN_PASSWORD  给出后建立账号 admin（至少 ${LEAST_PASSWORD} 个字符）；账号已存在的，口令不变

使用已有的服务器（环境变量）：
  DATABASE_URL       PostgreSQL 连接串；给出后不启动内嵌 PostgreSQL
  TEMPORAL_ADDRESS   Temporal 地址；给出后不启动开发服务器。TLS 与 API key 按 Temporal 的
                     TEMPORAL_TLS_*、TEMPORAL_API_KEY、TEMPORAL_NAMESPACE 配置
  TEMPORAL_PROFILE   或 Temporal 配置文件中的一节，地址等都在其中；上面的变量优先
  TEMPORAL_UI_URL    该 Temporal 的界面地址
  TEMPORAL_CLI       本机 Temporal CLI 的路径；未给出时依次查找 PATH、缓存、官方下载、go install
  XIETONG_CACHE      缓存目录，默认 ~/.cache/xietong

例：
  npm start                                  按真实时间，数据在 .data/main
  npm start -- --working-day 10              十秒一个工作日，两分钟内看到提醒、超期与督办
  npm start -- --port 9000 --data-dir /srv/xietong
`;
}
