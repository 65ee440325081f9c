/** The accounts of a list, for those who decide on it. */
import { Modal, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AccountListRowsPage } from '../../../../api/routes/account-lists.ts';
import type { AccountListRowView } from '../../../../api/views/account-list.ts';
import { usePages } from '../../api/use-pages.ts';
import { ListTable } from '../../components/list-table.tsx';
import { MoreButton } from '../../components/more-button.tsx';

export function AccountListRows({ no, onClose }: { no: string; onClose: () => void }) {
  const { t } = useTranslation();
  const path = `/admin/account-lists/${no}/rows`;
  const { pages, first, items } = usePages<AccountListRowsPage>('account-lists', path, {});
  return (
    <Modal open width={1000} title={t('名册{{no}}', { no })} footer={null} onCancel={onClose}>
      <ListTable<AccountListRowView>
        query={pages}
        rows={first && items}
        rowKey="line"
        columns={[
          { title: t('行'), dataIndex: 'line', width: 70 },
          { title: t('账号'), dataIndex: 'username' },
          { title: t('姓名或岗位名称'), dataIndex: 'displayName' },
          { title: t('角色'), dataIndex: 'roleTitle', render: (title: string) => t(title) },
          { title: t('单位'), render: (_, { departmentName, regionName }) => departmentName ?? regionName },
          { title: t('联系电话'), dataIndex: 'phone' },
          {
            title: t('状态'),
            render: (_, { changeTitle, outcomeTitle, usernameTaken }) => (
              <>
                <Tag>{t(outcomeTitle ?? changeTitle)}</Tag>
                {usernameTaken && <Tag color="error">{t('账号已被使用')}</Tag>}
              </>
            ),
          },
        ]}
      />
      <MoreButton pages={pages} />
    </Modal>
  );
}
