/** 收件回执: the number, who deals with the report, and a QR code that leads to its progress. Acceptance is decided later. */
import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Typography } from 'antd';
import { QRCodeSVG } from 'qrcode.react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { ReceiptProgress } from '../../../api/views/receipt.ts';
import { get } from '../api/client.ts';
import { useArticle } from '../components/article.tsx';
import { useNature } from '../components/use-nature.ts';
import { Loaded, Page } from '../components/page.tsx';
import { Instant } from '../components/time.tsx';

export function ReceiptPage() {
  const { receiptNo = '' } = useParams();
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['receipt', receiptNo],
    queryFn: ({ signal }) => get<ReceiptProgress>(`/public/receipts/${encodeURIComponent(receiptNo)}`, {}, signal),
  });
  return (
    <Page
      title={t('收件回执')}
      extra={
        <Button type="primary" className="no-print" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('打印')}
        </Button>
      }
    >
      <Loaded query={query}>{(receipt) => <Receipt receipt={receipt} />}</Loaded>
    </Page>
  );
}

function Receipt({ receipt }: { receipt: ReceiptProgress }) {
  const { t } = useTranslation();
  const address = `${window.location.origin}/public/progress?no=${receipt.receiptNo}`;
  const { enterprise, record, departmentName } = receipt;
  return (
    <article className="paper">
      <Descriptions
        bordered
        column={1}
        items={[
          {
            key: 'no',
            label: t('回执号'),
            children: (
              <Typography.Text strong copyable={{ text: receipt.receiptNo }} className="numbers receipt-no">
                {receipt.receiptNo}
              </Typography.Text>
            ),
          },
          { key: 'kind', label: t('事项'), children: t(receipt.kindTitle) },
          {
            key: 'enterprise',
            label: t('企业'),
            children: `${enterprise.name}（${enterprise.uscc ?? t('没有统一社会信用代码')}）`,
          },
          ...(record
            ? [{ key: 'record', label: t('有误的信息'), children: `${t(record.kindTitle)} ${record.documentNo}` }]
            : []),
          ...(departmentName ? [{ key: 'organ', label: t('承办机关'), children: departmentName }] : []),
          { key: 'at', label: t('提交时间'), children: <Instant at={receipt.reportedAt} /> },
          { key: 'stage', label: t('现在的环节'), children: t(receipt.stageTitle) },
        ]}
      />
      <NextSteps limits={receipt.limits} />
      <footer className="paper-foot">
        <div>
          <div>{t('请妥善保存回执号，凭回执号或扫码查询办理进度')}</div>
          <Link className="no-print" to={`/public/progress?no=${receipt.receiptNo}`}>
            {t('查询办理进度')}
          </Link>
        </div>
        <QRCodeSVG value={address} size={128} title={t('查询办理进度的网址')} />
      </footer>
    </article>
  );
}

function NextSteps({ limits }: Pick<ReceiptProgress, 'limits'>) {
  const { t } = useTranslation();
  const article = useArticle();
  const nature = useNature();
  return (
    <>
      <h2 className="subtitle">{t('接下来')}</h2>
      <ol className="next-steps">
        {limits.map(({ title, workingDays, article: basis, ...limit }) => (
          <li key={title}>
            {t('{{title}}：{{n}}个工作日内（{{kind}}，{{article}}）', {
              title: t(title),
              n: workingDays,
              kind: nature(limit),
              article: article(basis),
            })}
          </li>
        ))}
      </ol>
    </>
  );
}
