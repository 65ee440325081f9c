/** What was shown from when until when, and whose time it took. */
import { useQuery } from '@tanstack/react-query';
import { Descriptions, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ShownField } from '../../../../domain/record-fields.ts';
import { get } from '../../api/client.ts';
import { Loaded } from '../../components/page.tsx';
import { instant } from '../../components/time.tsx';

interface RecordAnswer {
  attribution: { department: number; platform: number; total: number };
  versions: {
    version: number;
    shownFrom: string | null;
    shownUntil: string | null;
    fields: ShownField[];
  }[];
}

export function RecordVersions({ recordId }: { recordId: string }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['enterprise', 'record', recordId],
    queryFn: ({ signal }) => get<RecordAnswer>(`/records/${encodeURIComponent(recordId)}`, {}, signal),
  });
  return (
    <Loaded query={query}>
      {({ versions, attribution }) => (
        <>
          <Typography.Paragraph type="secondary">
            {t('时间归属：部门用去{{department}}个工作日，平台用去{{platform}}个，共{{total}}个', attribution)}
          </Typography.Paragraph>
          {versions.toReversed().map(({ version, shownFrom, shownUntil, fields }) => (
            <Descriptions
              key={version}
              size="small"
              column={1}
              title={t('第{{n}}版：{{from}}至{{until}}', {
                n: version,
                from: shownFrom ? instant(shownFrom) : t('未公示'),
                until: shownUntil ? instant(shownUntil) : t('今'),
              })}
              items={fields.map(({ field, label, value, meaning }) => ({
                key: field,
                label: t(label),
                children: meaning ? t(meaning) : value,
              }))}
            />
          ))}
        </>
      )}
    </Loaded>
  );
}
