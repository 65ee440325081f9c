/**
 * Decides whether a webhook may go to an address. Subscribers can make this server send requests, so addresses that only
 * it can reach (the database, a cloud's metadata, the office network) are refused. The resolved address is judged,
 * because host names and number notations have endless variants; http-post.ts connects to exactly the address that was
 * judged.
 */
import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import { Refusal } from '../domain/errors.ts';

export interface TargetPolicy {
  WEBHOOK_ALLOW_HTTP: boolean;
  WEBHOOK_PORTS: number[];
  WEBHOOK_ALLOWED_HOSTS: string[];
  WEBHOOK_ALLOWED_CIDRS: string[];
}

/** @returns every address of a host name. */
export type Resolve = (host: string) => Promise<string[]>;

export interface CheckedTarget {
  url: URL;
  /** All of these addresses are permitted. */
  addresses: string[];
}

/** @throws Refusal subscription.target-refused */
export type CheckTarget = (target: string) => Promise<CheckedTarget>;

const DNS_TIMEOUT_MS = 5000;

const resolveAll: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

export function createTargetCheck(policy: TargetPolicy, resolve: Resolve = resolveAll): CheckTarget {
  const ranges = policy.WEBHOOK_ALLOWED_CIDRS.map((cidr) => ipaddr.parseCIDR(cidr));
  const trusted = new Set(policy.WEBHOOK_ALLOWED_HOSTS.map((host) => host.toLowerCase()));

  function mayReach(address: string, host: string): boolean {
    if (!ipaddr.isValid(address)) return false;
    // Treats ::ffff:127.0.0.1 as 127.0.0.1.
    const ip = ipaddr.process(address);
    if (ranges.some(([net, bits]) => net.kind() === ip.kind() && ip.match(net, bits))) return true;
    // Clouds keep their metadata at link-local addresses, so these are refused even for trusted names.
    if (trusted.has(host)) return ip.range() !== 'linkLocal';
    return isPublic(ip);
  }

  return async (target) => {
    const url = parse(target, policy);
    // The URL parser has already turned 0x7f.1, 017700000001 and 2130706433 into 127.0.0.1.
    const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
    const addresses = ipaddr.isValid(host) ? [host] : await resolved(host, resolve);
    // One refused address is enough: which one is connected to would be chance.
    if (!addresses.every((address) => mayReach(address, host)))
      throw refusal(
        '该地址指向内部网络或保留地址',
        '请使用公网地址；政务内网地址须由平台管理员列入 WEBHOOK_ALLOWED_HOSTS',
      );
    return { url, addresses };
  };
}

function isPublic(ip: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ip.range() !== 'unicast') return false;
  // Only 2000::/3 is global in IPv6; the library also calls ::127.0.0.1 unicast.
  return ip.kind() === 'ipv4' || ip.match(ipaddr.parseCIDR('2000::/3'));
}

function parse(target: string, { WEBHOOK_ALLOW_HTTP, WEBHOOK_PORTS }: TargetPolicy): URL {
  const url = URL.canParse(target) ? new URL(target) : null;
  const secure = url?.protocol === 'https:';
  if (!url || !(secure || (WEBHOOK_ALLOW_HTTP && url.protocol === 'http:')))
    throw refusal('接收地址不是有效的 https 地址', '请填写以 https:// 开头的完整地址');
  if (url.username || url.password)
    throw refusal('接收地址中不能包含账号密码', '请去掉地址中的账号密码，接收方应以签名核验来源');
  const port = Number(url.port || (secure ? 443 : 80));
  if (!WEBHOOK_PORTS.includes(port))
    throw refusal(`不允许使用端口${port}`, `请使用端口${WEBHOOK_PORTS.join('、')}，或请平台管理员设置 WEBHOOK_PORTS`);
  return url;
}

async function resolved(host: string, resolve: Resolve): Promise<string[]> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('timeout')), DNS_TIMEOUT_MS);
  });
  try {
    const addresses = await Promise.race([resolve(host), timeout]);
    if (addresses.length > 0) return addresses;
  } catch {
    // The message is set below: a DNS error's details do not help the subscriber.
  } finally {
    clearTimeout(timer);
  }
  throw refusal('接收地址的域名无法解析', '请核对域名，稍后再试');
}

const refusal = (message: string, remedy: string) => new Refusal('subscription.target-refused', message, { remedy });
