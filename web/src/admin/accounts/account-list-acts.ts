/** What is asked for, and sent, with each act on lists of accounts. */
import type { AccountListView } from '../../../../api/views/account-list.ts';
import { ACCOUNT_LIST_ACTS, type AccountListAct } from '../../../../domain/organs/account-lists.ts';
import { keysOf } from '../../../../domain/keys.ts';
import { download, filled, post } from '../../api/client.ts';
import type { Field } from '../../forms/schema-fields.ts';
import type { Values } from '../../forms/schema-form.tsx';

const PASSPHRASE: Field = { name: 'passphrase', label: '文件口令', required: true, control: 'line', most: 100 };

export const HINTS: Partial<Record<AccountListAct, string>> = {
  issue:
    '密码文件以此口令加密，平台不保存口令；不少于12个字符，请妥善保管。忘记的可以重新生成，此前未使用的密码随即作废',
  collect: '只能领取一次，领取后平台即删除；文件用 7-Zip、WinRAR 等打开，口令即生成密码时填写的文件口令',
};

export const fieldsOf = (act: AccountListAct): Field[] =>
  act === 'issue' || act === 'collect'
    ? [PASSPHRASE]
    : [{ name: 'reason', label: '理由', required: act === 'refuse', control: 'paragraph', most: 500 }];

/** The acts that may be done on all of the lists. */
export const actsOn = (lists: readonly AccountListView[]): AccountListAct[] =>
  lists.length === 0 ? [] : keysOf(ACCOUNT_LIST_ACTS).filter((act) => lists.every(({ acts }) => acts.includes(act)));

/** One after the other; passwords in one file. @throws ProblemError of the first that is refused. */
export async function perform(act: AccountListAct, lists: readonly AccountListView[], values: Values): Promise<void> {
  if (act === 'collect') {
    const nos = lists.map(({ no }) => no);
    await download('/admin/account-lists/collect', { ...values, nos }, `一次性密码-${nos[0]}.zip`);
    return;
  }
  for (const { no } of lists) await post(`/admin/account-lists/${no}/${act}`, filled(values));
}
