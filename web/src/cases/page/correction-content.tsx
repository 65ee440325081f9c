/** What a correction is about: the wrong version beside the proposed one, and their differences. */
import { Table, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseDetail } from '../../../../api/cases/detail.ts';
import { casePath } from '../../../../domain/case-types/case-path.ts';
import { compare, type ComparedField } from './compare.ts';
import { RecordFields } from './record-fields.tsx';

type Content = NonNullable<CaseDetail['correction']>;

export function CorrectionContent({ content }: { content: Content }) {
  const { t } = useTranslation();
  const { kindTitle, documentNo, publicationCaseId, shown, proposed, withdraws } = content;
  return (
    <>
      <p>
        {t(kindTitle)} {documentNo}
      </p>
      <p>
        <Link to={casePath({ caseType: 'publication', caseId: publicationCaseId })}>
          {t('查看该信息的归集公示事项')}
        </Link>
      </p>
      {withdraws && <Typography.Paragraph strong>{t('申请撤下：更正后该信息不再公示')}</Typography.Paragraph>}
      {proposed ? <Comparison shown={shown} proposed={proposed} /> : <Shown version={shown} />}
    </>
  );
}

function Shown({ version: { version, fields } }: { version: Content['shown'] }) {
  const { t } = useTranslation();
  return <RecordFields fields={fields} title={t('现公示的内容（第{{n}}版）', { n: version })} />;
}

function Comparison({ shown, proposed }: { shown: Content['shown']; proposed: Content['shown'] }) {
  const { t } = useTranslation();
  // Changed fields first: a dialog has no room for all.
  const rows = compare(shown.fields, proposed.fields, t).toSorted((a, b) => Number(b.changed) - Number(a.changed));
  const changes = rows.filter(({ changed }) => changed).length;
  return (
    <>
      <Typography.Paragraph strong>
        {changes > 0 ? t('拟更正{{n}}项，已标出', { n: changes }) : t('拟更正的内容与现公示的相同')}
      </Typography.Paragraph>
      <Table<ComparedField>
        size="small"
        rowKey="field"
        pagination={false}
        dataSource={rows}
        className="comparison"
        rowClassName={({ changed }) => (changed ? 'is-changed' : '')}
        columns={[
          {
            title: t('信息项'),
            width: 150,
            render: (_, { label, changed }) => (
              <>
                {t(label)} {changed && <Tag color="warning">{t('有变更')}</Tag>}
              </>
            ),
          },
          {
            title: t('现公示的内容（第{{n}}版）', { n: shown.version }),
            render: (_, { before, changed }) => (changed ? <del>{before ?? '—'}</del> : before),
          },
          {
            title: t('更正后的内容（第{{n}}版）', { n: proposed.version }),
            render: (_, { after, changed }) => (changed ? <ins>{after ?? '—'}</ins> : after),
          },
        ]}
      />
    </>
  );
}
