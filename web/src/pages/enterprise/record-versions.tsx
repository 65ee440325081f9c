/** What was shown from when until when, and which party took how many days. */
import { Descriptions, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { compare, type ComparedField } from '../../cases/page/compare.ts';
import { useRecord } from '../../cases/use-record.ts';
import { RecordEventContent } from '../../records/event-content.tsx';
import { Loaded } from '../../components/page.tsx';
import { instant } from '../../components/time.tsx';

/** The difference to the previous version. */
function Changed({ before, after }: Pick<ComparedField, 'before' | 'after'>) {
  const { t } = useTranslation();
  return (
    <span className="is-changed">
      <Tag color="warning">{t('有变更')}</Tag>
      {before !== undefined && <del>{before}</del>} {after !== undefined && <ins>{after}</ins>}
    </span>
  );
}

export function RecordVersions({ recordId }: { recordId: string }) {
  const { t } = useTranslation();
  const query = useRecord(recordId);
  return (
    <Loaded query={query}>
      {({ versions, attribution }) => (
        <>
          <Typography.Paragraph type="secondary">
            {t('时间归属：部门用去{{department}}个工作日，平台用去{{platform}}个，共{{total}}个', attribution)}
          </Typography.Paragraph>
          {/* An application for withdrawal has no content to show. */}
          {versions
            .filter(({ withdraws }) => !withdraws)
            .toReversed()
            .map(({ version, shownFrom, shownUntil, fields, event, publicUntil, publicBasis }, fromLast, all) => (
              <div key={version}>
                {event && <RecordEventContent event={event} />}
                {publicUntil && (
                  <Typography.Text type="secondary">
                    {t('公示至{{day}}（{{basis}}）', { day: publicUntil, basis: t(publicBasis ?? '—') })}
                  </Typography.Text>
                )}
                <Descriptions
                  size="small"
                  column={1}
                  title={t('第{{n}}版：{{from}}至{{until}}', {
                    n: version,
                    from: shownFrom ? instant(shownFrom) : t('未公示'),
                    until: shownUntil ? instant(shownUntil) : t('今'),
                  })}
                  items={compare(all[fromLast + 1]?.fields ?? fields, fields, t).map(
                    ({ field, label, before, after, changed }) => ({
                      key: field,
                      label: t(label),
                      children: changed ? <Changed before={before} after={after} /> : after,
                    }),
                  )}
                />
              </div>
            ))}
        </>
      )}
    </Loaded>
  );
}
