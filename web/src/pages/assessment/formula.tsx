/** 考核办法: the published formula for the month, and the command with which anyone recomputes the scores. */
import { Card, Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Assessment } from '../../../../api/routes/assessments.ts';
import { formulaOf } from '../../../../domain/oversight/assessment.ts';
import { useArticle } from '../../components/article.tsx';
import { isOfDepartment } from '../../../../domain/organs/roles.ts';
import { useSession } from '../../session/session.ts';

interface Props {
  assessment: Assessment;
  region: string | undefined;
}

export function Formula({ assessment: { month, formulaVersion, digest }, region }: Props) {
  const { t } = useTranslation();
  const article = useArticle();
  const session = useSession();
  const { components, deductions } = formulaOf(month);
  const parts = [
    ...Object.values(components).map(({ weight, ...part }) => ({ ...part, counts: t('权重{{weight}}', { weight }) })),
    ...Object.values(deductions).map(({ points, most, ...part }) => ({
      ...part,
      counts: t('每次扣{{points}}分，最多{{most}}分', { points, most }),
    })),
  ];
  // The command must use the same scope as the page, or the digests would differ.
  const scope = isOfDepartment(session)
    ? `--department ${session.departmentCode}`
    : `--region ${region ?? session.regionCode}`;
  return (
    <Card size="small" title={<h2 className="section-title">{t('考核办法')}</h2>}>
      <Typography.Paragraph>
        {t('得分为各项比率按权重的加权平均乘以100，再减去扣分。当月没有可考核事项的项目不计入权重；更正只列出，不计分')}
      </Typography.Paragraph>
      <Table
        size="small"
        rowKey="title"
        pagination={false}
        dataSource={parts}
        columns={[
          { title: t('项目'), dataIndex: 'title', render: (title: string) => t(title) },
          { title: t('计分'), dataIndex: 'counts' },
          { title: t('依据'), dataIndex: 'article', render: article },
        ]}
      />
      <Typography.Paragraph type="secondary" className="small" style={{ marginTop: 12 }}>
        {t('办法版本{{version}}；所依据审计日志的 SHA-256：', { version: formulaVersion })}
        <span className="numbers prewrap">{digest}</span>
        <br />
        {t('有数据库的人都可以复算：')}
        <code>
          npm run -s assess -- --month {month} {scope}
        </code>
      </Typography.Paragraph>
    </Card>
  );
}
