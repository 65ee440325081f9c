/** What happened to a record, as people read it. */
import { useTranslation } from 'react-i18next';
import type { RecordEventView } from '../../../api/views/record.ts';
import { Rows } from '../components/rows.tsx';

export function RecordEventContent({ event }: { event: RecordEventView }) {
  const { t } = useTranslation();
  return (
    <Rows
      rows={[
        ['变动', t(event.title)],
        ['变动决定的文书号', event.documentNo],
        ['变动决定日期', event.decidedOn],
        ['作出机关', event.authority],
        ['事由', event.reason],
      ]}
    />
  );
}
