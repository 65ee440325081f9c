/** A record's content field by field, in words for codes. */
import { Descriptions, type DescriptionsProps } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ShownField } from '../../../../domain/publicity/record-fields.ts';
import { valueOf } from './compare.ts';

export function RecordFields({ fields, title }: { fields: readonly ShownField[]; title?: DescriptionsProps['title'] }) {
  const { t } = useTranslation();
  return (
    <Descriptions
      bordered
      size="small"
      column={1}
      title={title}
      items={fields.map((shown) => ({
        key: shown.field,
        label: t(shown.label),
        children: <span className="prewrap">{valueOf(shown, t)}</span>,
      }))}
    />
  );
}
