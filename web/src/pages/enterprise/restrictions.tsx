/** The restrictions that an enterprise is under, now or at the end of a day (第九条第一款). */
import { useQuery } from '@tanstack/react-query';
import { Alert, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RestrictionView } from '../../../../api/views/restriction.ts';
import { get } from '../../api/client.ts';
import { Loaded } from '../../components/page.tsx';
import { RestrictionTable } from '../../components/restriction-table.tsx';
import { Section } from '../../components/section.tsx';
import { useAddress } from '../../components/use-address.ts';
import { DayInput } from '../../forms/day-input.tsx';

export function Restrictions({ uscc }: { uscc: string }) {
  const { t } = useTranslation();
  const [{ asOf }, change] = useAddress();
  const query = useQuery({
    queryKey: ['enterprise', uscc, 'restrictions', asOf],
    queryFn: ({ signal }) =>
      get<{ items: RestrictionView[] }>(`/enterprises/${encodeURIComponent(uscc)}/restrictions`, { asOf }, signal),
  });
  const none = asOf ? t('{{day}}没有联合惩戒措施', { day: asOf }) : t('没有正在执行的联合惩戒措施');
  return (
    <Section title={asOf ? t('{{day}}所受的限制', { day: asOf }) : t('现受的限制')}>
      <Space className="filters">
        <label htmlFor="restrictions-as-of">{t('查看某日所受的限制')}</label>
        <DayInput id="restrictions-as-of" value={asOf} onChange={(day) => change({ asOf: day })} />
      </Space>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? <Alert type="success" showIcon title={none} /> : <RestrictionTable rows={items} />
        }
      </Loaded>
    </Section>
  );
}
