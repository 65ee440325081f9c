/** The conditions of a list that a figure opened; each can be removed. */
import { Space, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Address } from './use-address.ts';

interface Props {
  query: Address;
  /** Titles of conditions by name; a condition without a title is shown by its name. */
  titles: Record<string, string>;
  valueOf: (name: string, value: string) => string;
  onChange: (change: Record<string, undefined>) => void;
}

export function Conditions({ query, titles, valueOf, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Space wrap className="filters">
      {Object.entries(query).map(([name, value]) => (
        <Tag key={name} closable={{ 'aria-label': t('去掉条件') }} onClose={() => onChange({ [name]: undefined })}>
          {t(titles[name] ?? name)}
          {t('：')}
          {valueOf(name, value)}
        </Tag>
      ))}
      {Object.keys(query).length === 0 && <Typography.Text type="secondary">{t('全部')}</Typography.Text>}
    </Space>
  );
}
