/**
 * Sealing (RFC 9180, HPKE): what is sealed to a public key can be read only with the passphrase from which the key pair is
 * derived. Neither passphrase nor private key is stored, so that database, backups and administrators hold nothing that
 * opens it. P-256, HKDF-SHA256, AES-256-GCM.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { slowKey } from './passwords.ts';

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** Bytes of an encapsulated key: a point of P-256, uncompressed. */
const ENCAPSULATED = 65;
const SALT = 16;

/** What is stored of a passphrase. */
export interface Seal {
  salt: Buffer;
  publicKey: Buffer;
}

type KeyPair = Awaited<ReturnType<typeof keyPairOf>>;

const keyPairOf = async (passphrase: string, salt: Buffer) =>
  // Typed again on another keyboard, the same characters may come composed in another way.
  suite.kem.deriveKeyPair(bytesOf(await slowKey(passphrase.normalize('NFKC'), salt)));

const publicKeyOf = async ({ publicKey }: KeyPair) => Buffer.from(await suite.kem.serializePublicKey(publicKey));

/** Buffers may share memory with others; Web Crypto wants the bytes alone. */
const bytesOf = (buffer: Buffer): ArrayBuffer => new Uint8Array(buffer).buffer;

/** @throws Refusal rate.limited, as at signing in. */
export async function sealOf(passphrase: string): Promise<Seal> {
  const salt = randomBytes(SALT);
  return { salt, publicKey: await publicKeyOf(await keyPairOf(passphrase, salt)) };
}

/** @param about what the content belongs to: opened as anything else, it does not open. */
export async function sealed(publicKey: Buffer, content: string, about: string): Promise<Buffer> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(bytesOf(publicKey));
  const { enc, ct } = await suite.seal(
    { recipientPublicKey },
    bytesOf(Buffer.from(content)),
    bytesOf(Buffer.from(about)),
  );
  return Buffer.concat([Buffer.from(enc), Buffer.from(ct)]);
}

export type Opener = (content: Buffer, about: string) => Promise<string>;

/** @returns undefined if it is another passphrase. @throws Refusal rate.limited */
export async function openerOf(passphrase: string, { salt, publicKey }: Seal): Promise<Opener | undefined> {
  const recipientKey = await keyPairOf(passphrase, salt);
  const own = await publicKeyOf(recipientKey);
  if (own.length !== publicKey.length || !timingSafeEqual(own, publicKey)) return undefined;
  return async (content, about) => {
    const enc = bytesOf(content.subarray(0, ENCAPSULATED));
    const opened = await suite.open(
      { recipientKey, enc },
      bytesOf(content.subarray(ENCAPSULATED)),
      bytesOf(Buffer.from(about)),
    );
    return Buffer.from(opened).toString('utf8');
  };
}
