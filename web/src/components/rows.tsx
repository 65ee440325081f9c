/** Labels and texts in two columns; an empty text is a dash. */
import { Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';

export function Rows({ rows }: { rows: [string, string][] }) {
  const { t } = useTranslation();
  return (
    <Descriptions
      bordered
      size="small"
      column={1}
      items={rows.map(([label, value]) => ({
        key: label,
        label: t(label),
        children: <span className="prewrap">{value || '—'}</span>,
      }))}
    />
  );
}
