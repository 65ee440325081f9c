/** 接收地址: addresses that a subscriber must not make this server contact. Nothing here opens a connection. */
import { describe, expect, it } from 'vitest';
import { createTargetCheck, type TargetPolicy } from '../../outbox/webhook-target.ts';

const POLICY: TargetPolicy = {
  WEBHOOK_ALLOW_HTTP: false,
  WEBHOOK_PORTS: [443, 80, 8443, 8080],
  WEBHOOK_ALLOWED_HOSTS: [],
  WEBHOOK_ALLOWED_CIDRS: [],
};

const NAMES: Record<string, string[]> = {
  'public.test': ['93.184.216.34', '2606:2800:220:1::1'],
  'private.test': ['10.1.2.3'],
  'mixed.test': ['93.184.216.34', '127.0.0.1'],
  'mapped.test': ['::ffff:10.0.0.1'],
  'metadata.test': ['169.254.169.254'],
  'scoped.test': ['fe80::1%eth0'],
  'nonsense.test': ['not an address'],
  'empty.test': [],
  localhost: ['127.0.0.1', '::1'],
};
const resolve = async (host: string) => {
  if (!(host in NAMES)) throw new Error(`ENOTFOUND ${host}`);
  return NAMES[host]!;
};
const check = (target: string, policy: Partial<TargetPolicy> = {}) =>
  createTargetCheck({ ...POLICY, ...policy }, resolve)(target);
const refused = { code: 'subscription.target-refused' };

const HOSTILE = [
  // loopback in every notation
  'https://127.0.0.1/',
  'https://127.1/',
  'https://127.255.255.254/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0x7f.1/',
  'https://017700000001/',
  'https://0177.0.0.1/',
  'https://１２７.0.0.1/',
  'https://127。0。0。1/',
  'https://%31%32%37.0.0.1/',
  'https://[::1]/',
  'https://[0:0:0:0:0:0:0:1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::127.0.0.1]/',
  'https://localhost/',
  'https://LOCALHOST./',
  // addresses that only a server inside can reach
  'https://0.0.0.0/',
  'https://[::]/',
  'https://10.0.0.1/',
  'https://172.16.0.1/',
  'https://172.31.255.255/',
  'https://192.168.1.1/',
  'https://100.64.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://[fe80::1]/',
  'https://[fec0::1]/',
  'https://[fc00::1]/',
  'https://[fd00:ec2::254]/',
  // IPv4 within IPv6
  'https://[64:ff9b::7f00:1]/',
  'https://[64:ff9b:1::a00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[2001::1]/',
  // addresses that belong to nobody
  'https://224.0.0.1/',
  'https://[ff02::1]/',
  'https://255.255.255.255/',
  'https://240.0.0.1/',
  'https://198.18.0.1/',
  'https://192.0.2.1/',
  'https://192.0.0.8/',
  'https://[2001:db8::1]/',
  'https://[100::1]/',
  // names
  'https://private.test/',
  'https://mixed.test/',
  'https://mapped.test/',
  'https://metadata.test/',
  'https://scoped.test/',
  'https://nonsense.test/',
  'https://empty.test/',
  'https://unknown.test/',
  // not https, not a web port, or with credentials
  'http://public.test/',
  'ftp://public.test/',
  'file:///etc/passwd',
  'gopher://public.test/',
  'javascript:alert(1)',
  'https://public.test:22/',
  'https://public.test:5432/',
  'https://user:pass@public.test/',
  'https://public.test@127.0.0.1/',
  'https://',
  'public.test',
  '',
];

describe('refuses', () => {
  it.each(HOSTILE)('%s', async (target) => {
    await expect(check(target)).rejects.toMatchObject(refused);
  });

  it('tells what to do, and not what a name resolved to', async () => {
    const refusal = await check('https://private.test/').catch((error: unknown) => error as Error);
    expect(refusal).toMatchObject({ ...refused, remedy: expect.stringContaining('WEBHOOK_ALLOWED_HOSTS') });
    expect(JSON.stringify([refusal, (refusal as Error).message])).not.toContain('10.1.2.3');
  });
});

describe('allows', () => {
  it.each([
    'https://public.test/hook?x=1',
    'https://public.test:8443/',
    'https://93.184.216.34/',
    'https://[2606:4700::1]/',
  ])('%s', async (target) => {
    const { url, addresses } = await check(target);
    expect(url.href).toBe(target);
    expect(addresses.length).toBeGreaterThan(0);
  });

  it('answers with the addresses that were checked, so that no other is connected to', async () => {
    expect((await check('https://public.test/')).addresses).toEqual(NAMES['public.test']);
  });

  it('what an operator listed for the inside, and nothing beside it', async () => {
    const ranges = { WEBHOOK_ALLOWED_CIDRS: ['10.1.0.0/16', 'fd00::/8'] };
    await expect(check('https://private.test/', ranges)).resolves.toMatchObject({ addresses: ['10.1.2.3'] });
    await expect(check('https://[fd00::1]/', ranges)).resolves.toBeDefined();
    await expect(check('https://10.2.0.1/', ranges)).rejects.toMatchObject(refused);
    const hosts = { WEBHOOK_ALLOWED_HOSTS: ['Private.test', 'metadata.test'] };
    await expect(check('https://private.test/', hosts)).resolves.toBeDefined();
    await expect(check('https://10.1.2.3/', hosts)).rejects.toMatchObject(refused);
    // A cloud's metadata address is refused under any name.
    await expect(check('https://metadata.test/', hosts)).rejects.toMatchObject(refused);
  });

  it('http and other ports only where they were set', async () => {
    const open = { WEBHOOK_ALLOW_HTTP: true, WEBHOOK_PORTS: [80, 9000] };
    await expect(check('http://public.test/', open)).resolves.toBeDefined();
    await expect(check('http://public.test:9000/', open)).resolves.toBeDefined();
    await expect(check('http://127.0.0.1/', open)).rejects.toMatchObject(refused);
    await expect(check('https://public.test/', open)).rejects.toMatchObject(refused);
  });
});
