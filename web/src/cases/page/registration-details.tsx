/** What the register says of the enterprise, and what was changed in it (第七条第一款). */
import { Descriptions, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../../api/cases/detail.ts';
import { keysOf } from '../../../../domain/keys.ts';
import { DETAIL_TITLES } from '../../../../domain/registration/words.ts';

type Registration = NonNullable<CaseDetail['registration']>;

export function RegistrationDetails({ registration }: { registration: Registration }) {
  const { details, contact } = registration;
  const { t } = useTranslation();
  const rows = keysOf(DETAIL_TITLES).flatMap((key) => {
    const value = details?.[key];
    return value === undefined ? [] : [{ key, label: t(DETAIL_TITLES[key]), children: value }];
  });
  const reached = [contact?.name, contact?.phone].filter(Boolean).join('，');
  const items = reached ? [...rows, { key: 'contact', label: t('联系人（不公示）'), children: reached }] : rows;
  const changes = details?.changes ?? [];
  return (
    <>
      {items.length > 0 && <Descriptions size="small" column={{ xs: 1, md: 2 }} items={items} />}
      {changes.length > 0 && (
        <Table
          size="small"
          className="after-table"
          rowKey={({ item, before, after }) => `${item} ${before} ${after}`}
          pagination={false}
          dataSource={changes}
          columns={[
            { title: t('变更事项'), dataIndex: 'item' },
            { title: t('变更前'), dataIndex: 'before', render: (text?: string) => text ?? '—' },
            { title: t('变更后'), dataIndex: 'after', render: (text?: string) => text ?? '—' },
          ]}
        />
      )}
    </>
  );
}

/** Marks what the registering authority handed over after its norm; no statutory limit. */
export function LateTag({ late }: { late: boolean }) {
  const { t } = useTranslation();
  return late ? <Tag color="warning">{t('逾期移交（服务标准）')}</Tag> : null;
}
