/** Translates library errors that the person who starts us can put right: in Chinese, with the remedy. */
import { isConnectionLoss } from '../db/postgres/availability.ts';
import { SetupError } from './setup-error.ts';

/** The fields that system and PostgreSQL errors have. */
interface Failure {
  name: string;
  message: string;
  code?: string | number;
  syscall?: string;
  address?: string;
  port?: number;
  hostname?: string;
  path?: string;
  /** One for each address, if a name has several. */
  errors?: Failure[];
}

interface Known {
  is: (failure: Failure) => boolean;
  says: (failure: Failure) => string;
  remedies: (failure: Failure) => string[];
}

const coded =
  (...codes: string[]) =>
  ({ code }: Failure) =>
    codes.includes(String(code));

const NAMESPACE = /^Namespace (\S+) was not found/;

const PREPARE = '准备数据库与检索属性（首次使用与每次升级后）：npm start -- --setup-only';

/** The first matching row supplies the message. */
const KNOWN: Known[] = [
  {
    is: (failure) => failure.syscall === 'listen',
    says: ({ code, port, address }) =>
      code === 'EADDRINUSE' ? `端口 ${port} 已被其他程序占用。` : `不能在 ${address}:${port} 监听（${code}）。`,
    remedies: ({ port }) => [
      '换一个端口或监听地址：PORT=端口 HOST=地址 npm run api',
      `或停止占用该端口的程序（查看：ss -ltnp | grep ${port}，macOS：lsof -i :${port}）`,
    ],
  },
  {
    is: coded('ENOTFOUND', 'EAI_AGAIN'),
    says: ({ hostname, code }) => `找不到主机 ${hostname}（${code}）。`,
    remedies: () => ['检查 DATABASE_URL 与 HOST 中的主机名，以及本机的域名解析'],
  },
  {
    is: ({ name, message }) => name === 'TransportError' && NAMESPACE.test(message),
    says: ({ message }) => `Temporal 中没有命名空间 ${NAMESPACE.exec(message)?.[1]}。`,
    remedies: () => ['检查 TEMPORAL_NAMESPACE', '或先建立：temporal operator namespace create -n 名称 --retention 90d'],
  },
  {
    is: ({ name }) => name === 'TransportError',
    says: ({ message }) => `连接不上 Temporal（${addressIn(message)}）。`,
    remedies: () => [
      '检查 TEMPORAL_ADDRESS，以及 TEMPORAL_TLS_* 与 TEMPORAL_API_KEY',
      '先启动 Temporal，再启动 worker；由容器或守护程序管理的，稍后会自动重新启动',
    ],
  },
  {
    // 28P01, 28000: PostgreSQL's answers. SASL: the client's message if there is no password to send.
    is: (failure) => coded('28P01', '28000')(failure) || failure.message.startsWith('SASL:'),
    says: () => 'PostgreSQL 不接受该账号或口令。',
    remedies: () => ['检查 DATABASE_URL 中的用户名与口令（或 PGPASSWORD），以及服务器的 pg_hba.conf'],
  },
  {
    is: coded('3D000'),
    says: () => 'PostgreSQL 中没有 DATABASE_URL 所指的数据库。',
    remedies: () => ['检查数据库名，或先建库：createdb 数据库名'],
  },
  {
    is: coded('42P01', '42703', '3F000'),
    says: () => '数据库还没有准备好，或不是本版本的结构。',
    remedies: () => [PREPARE],
  },
  {
    is: coded('42501'),
    says: () => '该数据库账号的权限不足。',
    remedies: () => ['请数据库管理员授予 DATABASE_URL 中账号建表与读写的权限'],
  },
  {
    // The original message holds the address and, with it, the password.
    is: coded('ERR_INVALID_URL'),
    says: () => 'DATABASE_URL（PostgreSQL 连接地址）写法不正确。',
    remedies: () => ['应为 postgres://用户名:口令@主机:端口/数据库；口令中的特殊字符须用百分号编码'],
  },
  {
    is: isConnectionLoss,
    says: (failure) => `连接不上 PostgreSQL（${peerOf(failure)}）。`,
    remedies: () => ['检查 DATABASE_URL 的主机与端口，以及 PostgreSQL 是否已启动、是否允许本机连接'],
  },
  {
    is: (failure) =>
      typeof failure.path === 'string' && coded('EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR')(failure),
    says: ({ path, code }) => `不能读写 ${path}（${code}）。`,
    remedies: () => ['检查目录的权限与磁盘空间，或换一个目录'],
  },
];

/** @returns the message for the person at the keyboard, or undefined for a bug. */
export function knownFailure(error: unknown): SetupError | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    const failure = each as Failure;
    const known = KNOWN.find(({ is }) => is(failure));
    if (known) return new SetupError(known.says(failure), known.remedies(failure), error);
  }
  return undefined;
}

function peerOf({ address, port, code, message, errors }: Failure): string {
  const { address: host, port: number } = address === undefined ? (errors?.[0] ?? {}) : { address, port };
  const reason = String(code ?? message);
  return host === undefined ? reason : `${host}:${number}，${reason}`;
}

/** The address in `…ConnectError("tcp connect error", 127.0.0.1:7233, Os { code: 111…` */
const addressIn = (message: string): string => /[\w.-]+:\d+(?=,)|\[[\da-f:]+\]:\d+/.exec(message)?.[0] ?? message;
