/** Restrictions with their days: by whom, because of what, from when, until when (第九条第一款). */
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RestrictionView } from '../../../api/views/restriction.ts';
import { dayOf } from './time.tsx';
import { WideTable } from './wide-table.tsx';

export function RestrictionTable({ rows }: { rows: readonly RestrictionView[] }) {
  const { t } = useTranslation();
  return (
    <WideTable<RestrictionView>
      pagination={false}
      rowKey={({ measureId, documentNo, departmentCode }) => `${measureId} ${documentNo} ${departmentCode}`}
      dataSource={rows}
      columns={[
        { title: t('措施'), dataIndex: 'measure' },
        { title: t('作出部门'), dataIndex: 'departmentName' },
        { title: t('名单'), render: (_, row) => `${t(row.listTitle)} ${row.documentNo}` },
        {
          title: t('限制决定'),
          render: (_, { decidedOn, decisionNo, decidedAt }) => (
            <>
              <div>{[decidedOn, decisionNo].filter(Boolean).join(' ')}</div>
              {dayOf(decidedAt) !== decidedOn && <div>{t('{{day}}录入', { day: dayOf(decidedAt) })}</div>}
            </>
          ),
        },
        {
          title: t('限制期'),
          render: (_, restriction) => (
            <>
              <div>
                {t('{{from}}至{{until}}', {
                  from: restriction.validFrom,
                  until: restriction.validUntil ?? t('解除之日'),
                })}
              </div>
              <Ended restriction={restriction} />
            </>
          ),
        },
        { title: t('依据'), render: (_, { decisionBasis, basis }) => decisionBasis ?? basis },
        { title: t('提请人'), dataIndex: 'personAsking' },
      ]}
    />
  );
}

function Ended({ restriction: { liftedAt, expiredAt, validUntil } }: { restriction: RestrictionView }) {
  const { t } = useTranslation();
  if (liftedAt) return <Tag>{t('{{day}}解除', { day: dayOf(liftedAt) })}</Tag>;
  if (expiredAt) return <Tag>{t('{{day}}期满', { day: validUntil })}</Tag>;
  return null;
}
