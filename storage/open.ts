/** Opens the store that the configuration names. */
import type { Config } from '../config.ts';
import { diskStore } from './disk.ts';
import type { FileStore } from './files.ts';
import { s3Store } from './s3.ts';

/** @throws Error in Chinese if a bucket is named without its credentials. */
export function openStore(config: Config): FileStore {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = config;
  if (!bucket) return diskStore(config.FILES_DIR);
  if (!accessKeyId || !secretAccessKey) {
    throw new Error('配置有误：S3_BUCKET 需要同时给出 S3_ACCESS_KEY_ID 和 S3_SECRET_ACCESS_KEY');
  }
  const { S3_ENDPOINT: endpoint, S3_REGION: region } = config;
  return s3Store({ bucket, endpoint, region, accessKeyId, secretAccessKey });
}
