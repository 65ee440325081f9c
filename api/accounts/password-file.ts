/**
 * One-time passwords as a file that offices open with what they have: a ZIP encrypted with AES-256 (7-Zip, WinRAR, Bandizip),
 * in which each list is a workbook. It is made in memory, and is nowhere stored.
 */
import { buffer } from 'node:stream/consumers';
import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import type { CollectedList } from '../../db/accounts/list-passwords.ts';
import { ROLES } from '../../domain/organs/roles.ts';
import type { Reference } from '../../domain/reference.ts';
import type { TableRow } from '../http/table.ts';
import { xlsxFile } from '../http/xlsx.ts';

// There are no web workers on a server.
configure({ useWebWorkers: false });

/** AE-2 with a key of 256 bits. */
const AES_256 = 3;

export async function passwordFile(
  reference: Reference,
  passphrase: string,
  lists: readonly CollectedList[],
): Promise<Buffer> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { password: passphrase, encryptionStrength: AES_256 });
  for (const collected of lists) {
    const { no, regionCode } = collected.list;
    const region = reference.regions.resolve(regionCode)?.name ?? regionCode;
    const workbook = await buffer(xlsxFile(rowsOf(reference, collected)));
    // The name is readable without the passphrase, so it tells only whose list it is.
    await zip.add(`一次性密码-${region}-${no}.xlsx`, new Uint8ArrayReader(workbook));
  }
  return Buffer.from(await zip.close());
}

function rowsOf({ regions, departments }: Reference, { list, passwords }: CollectedList): TableRow[] {
  const rows = passwords.map(({ username, displayName, role, regionCode, departmentCode, password }): TableRow => {
    const region = regions.resolve(regionCode)?.name ?? regionCode;
    const organ = departmentCode === null ? region : (departments.get(departmentCode)?.name ?? departmentCode);
    return [organ, displayName, username, ROLES[role], password, list.passwordsUntil];
  });
  return [['单位', '姓名', '账号', '角色', '一次性密码（登录后须先修改）', '有效期至'], ...rows];
}
