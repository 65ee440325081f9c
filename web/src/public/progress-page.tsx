/** 进度查询: by receipt number. */
import { useQuery } from '@tanstack/react-query';
import { Card, Descriptions, Timeline, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReceiptProgress } from '../../../api/views/receipt.ts';
import { get } from '../api/client.ts';
import { Loaded, Page } from '../components/page.tsx';
import { SearchInput } from '../components/search-input.tsx';
import { Instant } from '../components/time.tsx';
import { useAddress } from '../components/use-address.ts';

export function ProgressPage() {
  const { t } = useTranslation();
  const [{ no = '' }, change] = useAddress();
  const query = useQuery({
    queryKey: ['receipt', no],
    enabled: no !== '',
    queryFn: ({ signal }) => get<ReceiptProgress>(`/public/receipts/${encodeURIComponent(no)}`, {}, signal),
  });
  return (
    <Page title={t('进度查询')}>
      <Card>
        <SearchInput
          size="large"
          label={t('回执号')}
          enterButton={t('查询')}
          value={no}
          onSearch={(typed) => change({ no: typed })}
        />
      </Card>
      <section aria-live="polite" aria-label={t('查询结果')} className="results">
        {no && <Loaded query={query}>{(progress) => <Progress progress={progress} />}</Loaded>}
      </section>
    </Page>
  );
}

function Progress({ progress }: { progress: ReceiptProgress }) {
  const { t } = useTranslation();
  return (
    <Card>
      <Descriptions
        column={1}
        items={[
          { key: 'no', label: t('回执号'), children: <span className="numbers">{progress.receiptNo}</span> },
          { key: 'kind', label: t('事项'), children: t(progress.kindTitle) },
          { key: 'stage', label: t('环节'), children: <strong>{t(progress.stageTitle)}</strong> },
          ...(progress.outcomeTitle
            ? [{ key: 'outcome', label: t('办理结果'), children: t(progress.outcomeTitle) }]
            : []),
          ...(progress.reply
            ? [{ key: 'reply', label: t('答复'), children: <span className="prewrap">{progress.reply}</span> }]
            : []),
        ]}
      />
      <h2 className="subtitle">{t('办理过程')}</h2>
      <Timeline
        items={progress.steps.map(({ title, at }) => ({
          key: `${title} ${at}`,
          content: (
            <>
              {t(title)}{' '}
              <Typography.Text type="secondary">
                <Instant at={at} />
              </Typography.Text>
            </>
          ),
        }))}
      />
      <Link to={`/public/receipts/${progress.receiptNo}`}>{t('查看和打印回执')}</Link>
    </Card>
  );
}
