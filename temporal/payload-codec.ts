/**
 * Encrypts payloads before they leave for Temporal and decrypts what comes back (第十九条: 确保信息安全). Temporal needs to
 * read neither arguments nor results; search attributes, which it must read, hold no personal data.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

/** A key of 32 bytes. Its name travels with the payloads that it encrypted. */
export interface PayloadKey {
  id: string;
  key: Buffer;
}

const CIPHER = 'aes-256-gcm';
const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const textOf = (value: Uint8Array | null | undefined): string => Buffer.from(value ?? []).toString('utf8');

/** A payload that cannot be decrypted: the key is missing, or the payload was changed on its way. */
export class PayloadUnreadable extends Error {
  override readonly name = 'PayloadUnreadable';
}

export class EncryptingCodec implements PayloadCodec {
  private readonly newest: PayloadKey;
  private readonly byId: ReadonlyMap<string, Buffer>;

  /** @param keys the first encrypts; all decrypt, so that a key can be changed while cases run. */
  constructor(keys: readonly [PayloadKey, ...PayloadKey[]]) {
    [this.newest] = keys;
    this.byId = new Map(keys.map(({ id, key }) => [id, key]));
  }

  async encode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => this.encrypt(payload));
  }

  /**
   * Payloads written before there was a key stay readable: only those marked as encrypted are decrypted.
   * @throws PayloadUnreadable
   */
  async decode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) =>
      textOf(payload.metadata?.['encoding']) === ENCODING ? this.decrypt(payload) : payload,
    );
  }

  private encrypt(payload: Payload): Payload {
    const { id, key } = this.newest;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce);
    cipher.setAAD(bytes(id));
    const sealed = Buffer.concat([cipher.update(PayloadMessage.encode(payload).finish()), cipher.final()]);
    return {
      metadata: { encoding: bytes(ENCODING), [KEY_ID]: bytes(id) },
      data: Buffer.concat([nonce, cipher.getAuthTag(), sealed]),
    };
  }

  private decrypt({ metadata, data }: Payload): Payload {
    const id = textOf(metadata?.[KEY_ID]);
    const key = this.byId.get(id);
    if (!key) {
      throw new PayloadUnreadable(
        `流程数据是用密钥“${id}”加密的，PAYLOAD_KEYS 中没有这个密钥，请把它加回（可排在最后）`,
      );
    }
    const sealed = Buffer.from(data ?? []);
    try {
      const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(bytes(id));
      decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const open = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
      return PayloadMessage.decode(open);
    } catch (cause) {
      throw new PayloadUnreadable(`流程数据无法用密钥“${id}”解密：密钥不符，或数据被改动`, { cause });
    }
  }
}

/** The codecs for a Client or a Worker; without keys nothing is encrypted. */
export const codecsOf = (keys: readonly PayloadKey[]): PayloadCodec[] =>
  isNotEmpty(keys) ? [new EncryptingCodec(keys)] : [];

const isNotEmpty = <T>(list: readonly T[]): list is readonly [T, ...T[]] => list.length > 0;
