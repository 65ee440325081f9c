import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../config.ts';
import { codecsOf, EncryptingCodec, PayloadUnreadable } from '../../temporal/payload-codec.ts';

const key = (id: string) => ({ id, key: randomBytes(32) });
const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const valueOf = (payload: Payload): unknown => defaultPayloadConverter.fromPayload(payload);
const textOf = (payload: Payload) => Buffer.from(payload.data!).toString('utf8');

describe('payloads', () => {
  it('come back as they were, and nothing of them can be read in between', async () => {
    const codec = new EncryptingCodec([key('a')]);
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const secret = { value, reason: '该企业已停业，联系人张三' };
        const [sealed] = await codec.encode([payloadOf(secret)]);
        expect(textOf(sealed!)).not.toContain('张三');
        const [open] = await codec.decode([sealed!]);
        expect(valueOf(open!)).toEqual(valueOf(payloadOf(secret)));
      }),
    );
  });

  it('are encrypted differently each time, so that equal reasons do not show', async () => {
    const codec = new EncryptingCodec([key('a')]);
    const sealed = await codec.encode([payloadOf('同一理由'), payloadOf('同一理由')]);
    expect(Buffer.from(sealed[0]!.data!)).not.toEqual(Buffer.from(sealed[1]!.data!));
  });

  it('without data, as a result of nothing has, come back too', async () => {
    const codec = new EncryptingCodec([key('a')]);
    const [open] = await codec.decode(await codec.encode([payloadOf(undefined)]));
    expect(valueOf(open!)).toBeUndefined();
  });

  it('of before there was a key stay readable', async () => {
    const plain = payloadOf({ stage: 'pushed' });
    expect(await new EncryptingCodec([key('a')]).decode([plain])).toEqual([plain]);
  });

  it('of the last key stay readable while the next encrypts', async () => {
    const [old, next] = [key('2026'), key('2027')];
    const [before] = await new EncryptingCodec([old]).encode([payloadOf('旧')]);
    const [after] = await new EncryptingCodec([next, old]).encode([payloadOf('新')]);
    expect((await new EncryptingCodec([next, old]).decode([before!, after!])).map(valueOf)).toEqual(['旧', '新']);
    await expect(new EncryptingCodec([next]).decode([before!])).rejects.toThrow(/2026.*加回/);
  });

  it('changed on their way are refused, wherever the change is', async () => {
    const codec = new EncryptingCodec([key('a')]);
    const [sealed] = await codec.encode([payloadOf('理由')]);
    for (let index = 0; index < sealed!.data!.length; index += 1) {
      const data = Buffer.from(sealed!.data!);
      data[index]! ^= 1;
      await expect(codec.decode([{ ...sealed, data }])).rejects.toThrow(PayloadUnreadable);
    }
    await expect(codec.decode([{ ...sealed, data: Buffer.alloc(3) }])).rejects.toThrow(PayloadUnreadable);
  });

  it('are left as they are without keys', () => expect(codecsOf([])).toEqual([]));
});

describe('PAYLOAD_KEYS', () => {
  const load = (PAYLOAD_KEYS: string) => loadConfig({ DATABASE_URL: 'postgres://x', PAYLOAD_KEYS }).PAYLOAD_KEYS;
  const base64 = randomBytes(32).toString('base64');

  it('names keys, the newest first', () => {
    expect(load('')).toEqual([]);
    expect(load(`2027:${base64}, 2026:${base64}`).map(({ id, key: { length } }) => [id, length])).toEqual([
      ['2027', 32],
      ['2026', 32],
    ]);
  });

  it.each(['2027', `2027:${base64.slice(4)}`, `2027:${'x'.repeat(44)}`, `a b:${base64}`])('refuses %s', (text) => {
    expect(() => load(text)).toThrow(/PAYLOAD_KEYS.*32字节/s);
  });

  it('refuses two keys of one name: which of them encrypted could not be told', () => {
    expect(() => load(`a:${base64},a:${base64}`)).toThrow(/PAYLOAD_KEYS.*重复/s);
  });
});
