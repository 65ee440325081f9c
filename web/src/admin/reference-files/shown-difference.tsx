/** What a file would change, and what that would have made of the last registrations. */
import { Alert, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Effect, EffectExample } from '../../../../domain/reference-data/effect.ts';
import { DIFFERENCES } from '../../../../domain/reference-data/difference.ts';
import { NOUNS } from '../../../../domain/reference-data/nouns.ts';
import { WideTable } from '../../components/wide-table.tsx';
import type { Entry, Shown } from './answers.ts';

const PAGE = { pageSize: 10, hideOnSinglePage: true, showSizeChanger: false };

export function ShownDifference({ of: { counts, difference, effect } }: { of: Shown }) {
  const { t } = useTranslation();
  const total = counts.added + counts.changed + counts.retired;
  return (
    <section aria-label={t('与现行数据的差异')} aria-live="polite">
      <Typography.Paragraph strong>
        {total === 0 ? t('与现行数据相同') : t('新增{{added}}项，变更{{changed}}项，撤销{{retired}}项', { ...counts })}
      </Typography.Paragraph>
      {total > 0 && (
        <WideTable<Entry>
          rowKey={({ of, key }) => `${of} ${key}`}
          dataSource={difference.entries}
          pagination={PAGE}
          columns={[
            { title: t('表'), width: 120, render: (_, { of }) => t(NOUNS[of].title) },
            { title: t('变更'), width: 80, render: (_, { kind }) => t(DIFFERENCES[kind]) },
            { title: t('代码'), dataIndex: 'key' },
            { title: t('名称'), dataIndex: 'name' },
            { title: t('内容'), render: (_, entry) => <Fields of={entry} /> },
          ]}
        />
      )}
      {difference.leftOff > 0 && (
        <p className="small">{t('另有{{n}}项没有列出，提案后可导出全部差异', { n: difference.leftOff })}</p>
      )}
      {effect && <ShownEffect of={effect} />}
    </section>
  );
}

function Fields({ of: { kind, fields } }: { of: Entry }) {
  // What is no longer in force needs no description.
  if (kind === 'retired') return null;
  return fields.map(({ field, before, after }) => (
    <div key={field} className="small">
      {field}：{kind === 'changed' && `${before || '—'} → `}
      {after || '—'}
    </div>
  ));
}

function ShownEffect({
  of: { compared, changed, departments, departmentsLeftOff, examples, isComplete, redirected },
}: {
  of: Effect;
}) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('对推送的影响')} className="results">
      <Typography.Paragraph strong>
        {t('最近{{compared}}件登记中，{{changed}}件的推送会不同，其中{{redirected}}件推送给其他部门', {
          compared,
          changed,
          redirected,
        })}
      </Typography.Paragraph>
      {!isComplete && <Alert type="warning" showIcon title={t('时间所限，没有比较完')} />}
      {departments.length > 0 && (
        <WideTable<Effect['departments'][number]>
          rowKey="code"
          dataSource={departments}
          pagination={PAGE}
          columns={[
            { title: t('部门'), dataIndex: 'name' },
            { title: t('增加'), dataIndex: 'more', width: 100 },
            { title: t('减少'), dataIndex: 'fewer', width: 100 },
          ]}
        />
      )}
      {departmentsLeftOff > 0 && <p className="small">{t('另有{{n}}个部门没有列出', { n: departmentsLeftOff })}</p>}
      {examples.length > 0 && (
        <Examples of={examples} names={new Map(departments.map(({ code, name }) => [code, name]))} />
      )}
    </section>
  );
}

function Examples({ of, names }: { of: EffectExample[]; names: ReadonlyMap<string, string> }) {
  const { t } = useTranslation();
  const toldOf = ({ departments, isPooled }: EffectExample['before']) =>
    [
      ...Object.entries(departments).map(([code, items]) => `${names.get(code) ?? code}（${items.join('、')}）`),
      ...(isPooled ? [t('公示认领')] : []),
    ].join('；') || t('发布公示');
  return (
    <WideTable<EffectExample>
      rowKey="registrationNo"
      dataSource={of}
      pagination={{ ...PAGE, pageSize: 5 }}
      columns={[
        { title: t('登记编号'), dataIndex: 'registrationNo' },
        { title: t('名称'), dataIndex: 'name' },
        { title: t('现行'), render: (_, { before }) => toldOf(before) },
        { title: t('变更后'), render: (_, { after }) => toldOf(after) },
      ]}
    />
  );
}
